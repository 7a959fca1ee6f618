import { describe, expect, it } from 'vitest';
import type { ProjectFiles } from '../linker.ts';
import { ecmascriptModules } from './ecmascript.ts';

function resolver(files: Readonly<Record<string, string>>): (file: string, specifier: string) => string {
  const paths = Object.keys(files).sort();
  const project: ProjectFiles = {
    read: (path) => files[path],
    exists: (path) => path in files,
    manifests: () => paths.filter((path) => path.endsWith('.json')),
  };
  const made = ecmascriptModules(
    paths.filter((path) => !path.endsWith('.json')),
    project,
  );
  return (file, specifier) => {
    const target = made.resolveSpecifier!(file, specifier);
    return target.kind === 'module' ? target.path : target.kind === 'external' ? target.name : 'missing';
  };
}

describe('modules of ECMAScript', () => {
  it('finds relative files with and without extensions', () => {
    const find = resolver({ 'a.ts': '', 'b.tsx': '', 'c/index.js': '', 'd.d.ts': '', 'e.js': '', 'e.d.ts': '' });
    expect(
      ['./b', './b.js', './c', './d', './e.js', './nothing', 'node:fs', 'fs', 'react', '@a/b/c'].map((each) =>
        find('a.ts', each),
      ),
    ).toEqual([
      'b.tsx',
      'b.tsx',
      'c/index.js',
      'd.d.ts',
      'e.js',
      'missing',
      'node:fs',
      'node:fs',
      'npm:react',
      'npm:@a/b/c',
    ]);
  });

  it('follows paths, baseUrl and extended settings', () => {
    const find = resolver({
      'tsconfig.base.json':
        '{ "compilerOptions": { "paths": { "@lib/*": ["./libs/*/src"], "one": ["src/one.ts"], }, /* c */ } }',
      'app/tsconfig.json': '{ // nearest\n "extends": "../tsconfig.base.json" }',
      'web/tsconfig.json': '{ "compilerOptions": { "baseUrl": "./src" } }',
      'libs/x/src/index.ts': '',
      'src/one.ts': '',
      'app/main.ts': '',
      'web/src/deep/y.ts': '',
      'web/src/z.ts': '',
    });
    expect([find('app/main.ts', '@lib/x'), find('app/main.ts', 'one'), find('web/src/z.ts', 'deep/y')]).toEqual([
      'libs/x/src/index.ts',
      'src/one.ts',
      'web/src/deep/y.ts',
    ]);
  });

  it('maps workspaces, exports and imports to sources', () => {
    const find = resolver({
      'package.json': '{ "name": "root", "workspaces": ["packages/*"] }',
      'packages/a/package.json':
        '{ "name": "@w/a", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.js" }, "./sub/*": "./dist/sub/*.js" }, "imports": { "#in/*": "./src/in/*.ts" } }',
      'packages/a/src/index.ts': '',
      'packages/a/src/sub/k.ts': '',
      'packages/a/src/in/q.ts': '',
      'packages/b/package.json': '{ "name": "b", "main": "lib/main.js" }',
      'packages/b/lib/main.js': '',
      'packages/b/lib/other.js': '',
    });
    const from = 'packages/a/src/index.ts';
    expect([
      find(from, '@w/a'),
      find(from, '@w/a/sub/k'),
      find(from, '#in/q'),
      find(from, 'b'),
      find(from, 'b/lib/other'),
    ]).toEqual([
      'packages/a/src/index.ts',
      'packages/a/src/sub/k.ts',
      'packages/a/src/in/q.ts',
      'packages/b/lib/main.js',
      'packages/b/lib/other.js',
    ]);
  });

  it('joins rootDirs', () => {
    const find = resolver({
      'tsconfig.json': '{ "compilerOptions": { "rootDirs": ["src", "generated"] } }',
      'src/a.ts': '',
      'generated/b.ts': '',
    });
    expect(find('src/a.ts', './b')).toBe('generated/b.ts');
  });
});
