import { beforeAll, describe, expect, it } from 'vitest';
import { loadExtractor } from '#languages/registry.ts';
import type { Extractor } from '#languages/extractor.ts';
import type { ProjectFiles } from '../linker.ts';
import { pythonModules } from './python.ts';

let extractor: Extractor;
beforeAll(async () => {
  extractor = (await loadExtractor('python'))!;
  await extractor.prepare('python');
});

/** What the statement's first import row leads to, in a file of a tree with these paths. */
function resolve(
  statement: string,
  file: string,
  paths: readonly string[],
  manifests: Readonly<Record<string, string>> = {},
): unknown {
  const project: ProjectFiles = {
    read: (path) => manifests[path],
    exists: (path) => path in manifests,
    manifests: () => Object.keys(manifests),
  };
  const facts = extractor.extract({ text: `${statement}\n`, language: 'python', declarations: false });
  return pythonModules([...paths].sort(), project).resolve(file, facts, 0);
}

describe('pythonModules', () => {
  const tree = ['pkg/__init__.py', 'pkg/a.py', 'pkg/sub/__init__.py', 'pkg/sub/b.py', 'main.py'];

  it('finds packages, modules and submodules', () => {
    expect(resolve('import pkg.sub.b', 'main.py', tree)).toEqual({
      kind: 'module',
      path: 'pkg/sub/b.py',
      bound: 'pkg/__init__.py',
    });
    expect(resolve('import pkg.sub.b as x', 'main.py', tree)).toEqual({ kind: 'module', path: 'pkg/sub/b.py' });
    expect(resolve('from pkg import sub', 'main.py', tree)).toEqual({
      kind: 'module',
      path: 'pkg/__init__.py',
      submodule: 'pkg/sub/__init__.py',
    });
    expect(resolve('from pkg import thing', 'main.py', tree)).toEqual({ kind: 'module', path: 'pkg/__init__.py' });
    expect(resolve('import pkg.nothing', 'main.py', tree)).toEqual({ kind: 'missing' });
  });

  it('climbs relative levels', () => {
    expect(resolve('from . import b', 'pkg/sub/__init__.py', tree)).toEqual({
      kind: 'module',
      path: 'pkg/sub/__init__.py',
      submodule: 'pkg/sub/b.py',
    });
    expect(resolve('from ..a import x', 'pkg/sub/b.py', tree)).toEqual({ kind: 'module', path: 'pkg/a.py' });
    expect(resolve('from ....a import x', 'pkg/sub/b.py', tree)).toEqual({ kind: 'missing' });
  });

  it('finds namespace packages where nothing regular is found', () => {
    expect(resolve('import ns.m', 'main.py', ['ns/m.py', 'main.py'])).toEqual({
      kind: 'module',
      path: 'ns/m.py',
      bound: 'ns/',
    });
  });

  it('knows src layouts, declared or not', () => {
    expect(resolve('import pkg', 'tests/test_a.py', ['src/pkg/__init__.py', 'tests/test_a.py'])).toEqual({
      kind: 'module',
      path: 'src/pkg/__init__.py',
    });
    const declared = { 'pyproject.toml': '[tool.setuptools.packages.find]\nwhere = ["code"]\n' };
    expect(resolve('import m', 'tests/test_a.py', ['code/m.py', 'tests/test_a.py'], declared)).toEqual({
      kind: 'module',
      path: 'code/m.py',
    });
    const old = { 'app/setup.py': 'setup(package_dir={"": "lib2"})' };
    expect(resolve('import m', 'main.py', ['app/lib2/m.py', 'main.py'], old)).toEqual({
      kind: 'module',
      path: 'app/lib2/m.py',
    });
  });

  it('prefers code to stubs, and takes stubs where there is no code', () => {
    expect(resolve('import m', 'main.py', ['m.py', 'm.pyi', 'main.py'])).toEqual({ kind: 'module', path: 'm.py' });
    expect(resolve('import lib', 'main.py', ['stubs/lib/__init__.pyi', 'main.py'])).toEqual({
      kind: 'module',
      path: 'stubs/lib/__init__.pyi',
    });
  });

  it('leaves the outside outside', () => {
    expect(resolve('import os.path', 'main.py', tree)).toEqual({
      kind: 'external',
      name: 'py:os.path',
      bound: 'py:os',
    });
    expect(resolve('from requests import get', 'main.py', tree)).toEqual({ kind: 'external', name: 'py:requests' });
    // A module of a package shadows no module of the standard library.
    expect(resolve('import json', 'pkg/a.py', [...tree, 'pkg/json.py'])).toEqual({ kind: 'external', name: 'py:json' });
  });
});
