import { expect, it } from 'vitest';
import { ecmascriptModules, pythonModules } from './choose-modules.ts';
import type { ReadProject } from './read-project.ts';

function project(files: Readonly<Record<string, string>>): ReadProject {
  return {
    paths: Object.keys(files),
    packages: [],
    readText: (path: string) => files[path],
  } as Partial<ReadProject> as ReadProject;
}

const paths = (files: readonly { readonly path: string }[]): string[] => files.map(({ path }) => path);

it('a Python file that a package of the same name hides is no module', () => {
  const chosen = pythonModules(project({ 'a.py': 'x = 1\n', 'a/__init__.py': 'y = 2\n', 'b.py': 'z = 3\n' }), '');
  expect(paths(chosen)).toEqual(['a/__init__.py', 'b.py']);
});

it('tests, settings and empty files are no modules, unless one asks for them', () => {
  const tree = project({
    'setup.py': 'x = 1\n',
    'tests/test_a.py': 'y = 2\n',
    'a/__init__.py': '\n',
    'a/b.py': 'z = 3\n',
  });
  expect(paths(pythonModules(tree, ''))).toEqual(['a/b.py']);
  expect(paths(pythonModules(tree, 'setup.py'))).toEqual(['setup.py']);
});

it('of one module in two formats one is chosen', () => {
  const body = Array.from({ length: 8 }, (_, at) => `  const value${at} = compute(${at}, argument);`).join('\n');
  const tree = project({
    'dist/index.mjs': `export function f(argument) {\n${body}\n}\n`,
    'dist/index.cjs': `exports.f = function f(argument) {\n${body}\n};\n`,
  });
  expect(paths(ecmascriptModules(tree, ''))).toEqual(['dist/index.mjs']);
});
