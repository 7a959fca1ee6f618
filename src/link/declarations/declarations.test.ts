import { describe, expect, it } from 'vitest';
import { table } from '../../../scripts/declarations.ts';
import { readDeclarations, writeDeclarations } from './declaration-text.ts';
import { Declarations } from './declarations.ts';
import { pythonDeclarations } from './python-declarations.ts';
import { pythonStandardLibrary } from './python-standard-library.ts';
import { readPythonStub } from './python-stub.ts';

const stub = `
import re
from typing import Callable, Any
from .other import Base as Base, Hidden
_Hook: TypeAlias = Callable[[int], None] | None

class Thing(Base):
    size: int
    pattern: re.Pattern[str]
    def __init__(self, name: str, *, on_close: _Hook = ...) -> None: ...
    def clone(self) -> Self: ...
    @property
    def parent(self) -> "Thing | None": ...
    @staticmethod
    def make(build: Callable[..., Any], times: int = 1) -> Thing: ...
    if sys.version_info >= (3, 11):
        async def fetch(
            self,  # a comment, with a bracket (
            callback: Callable[[bytes], Any],
        ) -> Thing: ...

def load(path: str) -> Thing: ...
@overload
def either(x: int) -> Thing: ...
@overload
def either(x: str) -> str: ...
def plain() -> None: ...
`;

describe('readPythonStub', () => {
  const modules = new Map([
    ['pkg.mod', readPythonStub(stub, 'pkg.mod', false)],
    [
      'pkg.other',
      readPythonStub('class Base:\n    def close(self) -> Base: ...\nclass Hidden: ...\n', 'pkg.other', false),
    ],
  ]);
  const declarations = new Declarations((name) => modules.get(name));

  it('reads results, attributes and what is inherited', () => {
    expect(declarations.resultOf('pkg.mod#load')).toBe('pkg.mod#Thing');
    expect(declarations.resultOf('pkg.mod#Thing')).toBe('pkg.mod#Thing');
    expect(declarations.resultOf('pkg.mod#Thing().clone')).toBe('pkg.mod#Thing');
    expect(declarations.resultOf('pkg.mod#Thing().fetch')).toBe('pkg.mod#Thing');
    expect(declarations.typeOf('pkg.mod#Thing().parent')).toBe('pkg.mod#Thing');
    expect(declarations.typeOf('pkg.mod#Thing().pattern')).toBe('re#Pattern');
    expect(declarations.find('pkg.mod#Thing().close')?.name).toBe('pkg.other#Base.close');
    expect(declarations.resultOf('pkg.mod#Thing().close')).toBe('pkg.other#Base');
  });

  it('takes no side between overloads, and no name that a stub only imports', () => {
    expect(declarations.resultOf('pkg.mod#either')).toBeUndefined();
    expect(declarations.resultOf('pkg.mod#plain')).toBeUndefined();
    expect(declarations.find('pkg.mod#Hidden')).toBeUndefined();
    expect(declarations.find('pkg.mod#Base')?.name).toBe('pkg.other#Base');
  });

  it('finds the parameters that are called', () => {
    expect(declarations.callee('pkg.mod#Thing')?.callbacks).toEqual([{ position: -1, name: 'on_close' }]);
    expect(declarations.callee('pkg.mod#Thing.make')?.callbacks).toEqual([{ position: 0, name: 'build' }]);
    expect(declarations.callee('pkg.mod#Thing().fetch')?.callbacks).toEqual([{ position: 0, name: 'callback' }]);
  });

  it('comes back from its text as it was', () => {
    expect(readDeclarations(writeDeclarations(modules))).toEqual(modules);
  });
});

describe('the standard library of Python', () => {
  it('is what the stubs say', () => {
    expect(pythonStandardLibrary).toBe(table);
  });

  it('knows public names, results and callbacks', () => {
    const declarations = pythonDeclarations();
    expect(declarations.resultOf('re#compile')).toBe('re#Pattern');
    expect(declarations.resultOf('logging#getLogger')).toBe('logging#Logger');
    expect(declarations.resultOf('concurrent.futures#ThreadPoolExecutor().submit')).toBe('concurrent.futures#Future');
    expect(declarations.resultOf('concurrent#futures.ThreadPoolExecutor')).toBe(
      'concurrent.futures#ThreadPoolExecutor',
    );
    expect(declarations.callee('threading#Timer')?.callbacks).toEqual([{ position: 1, name: 'function' }]);
    expect(declarations.callee('atexit#register')?.callbacks).toEqual([{ position: 0, name: 'func' }]);
  });
});
