import { expect, test } from 'vitest';
import { detectLanguage } from '#languages/detect-language.ts';
import { isTestFolder, rolesOfPath } from './file-roles.ts';

const roles = (path: string, inTests = false): string => {
  const { language, declarations } = detectLanguage(path);
  return rolesOfPath(path, language, declarations, inTests).join(' ');
};

// prettier-ignore
test.each([
  ['a/test_x.py', 'test'], ['a/x_test.py', 'test'], ['conftest.py', 'test'], ['x_test.go', 'test'], ['a.spec.tsx', 'test'], ['a.test.mjs', 'test'], ['FooTest.java', 'test'], ['FooTests.cs', 'test'], ['FooSpec.scala', 'test'], ['foo_spec.rb', 'test'],
  ['FooTest.php', 'test'], ['x_SUITE.erl', 'test'], ['x_unittest.cc', 'test'], ['test_helper.rb', 'test'], ['ParserSpec.hs', 'test'], ['x_test.dart', 'test'], ['a.bats', 'test'], ['TestFoo.java', 'test'],
  ['src/parse/tests.rs', 'test'], ['latest.py', 'source'], ['latest.rs', 'source'], ['contest.java', 'source'], ['attest.go', 'source'], ['Greatest.java', 'source'], ['spectest.ts', 'source'],
  ['a.pb.go', 'source generated'], ['a_pb2.py', 'source generated'], ['a.g.dart', 'source generated'], ['Form.Designer.cs', 'source generated'], ['package-lock.json', 'data generated'], ['yarn.lock', 'data generated'], ['Cargo.lock', 'configuration generated'], ['go.sum', 'configuration generated'],
  ['src/generated/x.ts', 'source generated'], ['lock.py', 'source'], ['block.ts', 'source'],
  ['vendor/a/b.go', 'source vendored'], ['static/jquery.js', 'source vendored'], ['js/vue-3.2.1.js', 'source vendored'], ['src/adapters/vue.js', 'source'], ['src/moment.js', 'source'], ['a.min.js', 'source minified'],
  ['a.pyi', 'source types'], ['README.rst', 'documentation'], ['notes.txt', 'documentation'], ['weird.zzz', 'data'], ['LICENSE', 'documentation'], ['docs/index.html', 'documentation'], ['docs/conf.py', 'source'], ['index.html', 'source'], ['Dockerfile', 'configuration'], ['.github/workflows/a.yml', 'configuration'],
  ['requirements-dev.txt', 'configuration'], ['tsconfig.json', 'configuration'], ['fixture.json', 'data'], ['icon.svg', 'data'], ['po/de.po', 'data'],
] as const)('%s: %s', (path, expected) => {
  expect(roles(path)).toBe(expected);
});

test('what lies in a folder of tests is a test, its words are data', () => {
  expect(roles('tests/helper.c', true)).toBe('test');
  expect(roles('tests/expected.txt', true)).toBe('data');
  expect(roles('tests/README.md', true)).toBe('documentation');
});

test('folders of tests by name; `test` alone only where its files look so', () => {
  for (const path of ['tests', 'a/__tests__', 'spec', 'pkg/testdata', 'src/androidTest', 'MyApp.Tests', 'core-tests'])
    expect(isTestFolder(path, []), path).toBe(true);
  for (const path of ['src', 'contests', 'latest', 'src/protest'])
    expect(isTestFolder(path, ['a.py']), path).toBe(false);
  expect(isTestFolder('web/test', ['__init__.py', 'client.py'])).toBe(false);
  expect(isTestFolder('web/test', ['__init__.py', 'test_client.py', 'support.py'])).toBe(true);
  expect(isTestFolder('test', ['main.c'])).toBe(true);
});
