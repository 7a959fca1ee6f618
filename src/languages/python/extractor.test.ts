import { beforeAll, describe, expect, it } from 'vitest';
import {
  Binding,
  EXPORT_STRIDE,
  ExportColumn,
  type FileFacts,
  ImportColumn,
  ImportFlag,
  IMPORT_STRIDE,
  METRIC_STRIDE,
  MetricColumn,
  PARAMETER_STRIDE,
  ParameterColumn,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';
import { FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import {
  importKinds,
  parameterKinds,
  referenceRoles,
  SymbolFlag,
  symbolKinds,
  visibilities,
} from '#model/vocabulary.ts';
import { pythonExtractor } from './extractor.ts';

beforeAll(() => pythonExtractor.prepare('python'));

const extract = (text: string, declarations = false): FileFacts =>
  pythonExtractor.extract({ text, language: 'python', declarations });

function symbols(facts: FileFacts) {
  const text = (index: number): string | undefined => facts.strings[index];
  const rows = [];
  for (let at = 0; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    const column = (name: keyof typeof SymbolColumn): number => facts.symbols[at + SymbolColumn[name]]!;
    const parameters = [];
    for (let i = 0; i < column('parameterCount'); i++) {
      const row = (column('parameters') + i) * PARAMETER_STRIDE;
      const part = (each: keyof typeof ParameterColumn): string | undefined =>
        text(facts.parameters[row + ParameterColumn[each]]!);
      parameters.push([
        part('name'),
        part('type'),
        part('default'),
        parameterKinds[facts.parameters[row + ParameterColumn.kind]!],
      ]);
    }
    rows.push({
      kind: symbolKinds[column('kind')]!,
      name: text(column('name'))!,
      parent: column('parent'),
      flags: column('flags'),
      visibility: visibilities[column('visibility')]!,
      signature: text(column('signature')),
      returns: text(column('returnType')),
      documentation: text(column('documentation')),
      decorators: text(column('decorators')),
      type: text(column('declaredType')),
      parameters,
      place: [column('startLine'), column('startColumn'), column('endLine'), column('endColumn')],
      name1: [column('nameLine'), column('nameColumn')],
      bytes: [column('startByte'), column('endByte')],
      hash: column('bodyHash'),
      metrics: column('metrics'),
    });
  }
  return rows;
}

function references(facts: FileFacts): string[] {
  const bindings = Object.keys(Binding);
  const found: string[] = [];
  for (let at = 0; at < facts.references.length; at += REFERENCE_STRIDE) {
    const column = (name: keyof typeof ReferenceColumn): number => facts.references[at + ReferenceColumn[name]]!;
    const binding = bindings[Object.values(Binding).indexOf(column('binding') as 0)]!;
    found.push(
      `${referenceRoles[column('role')]} ${facts.strings[column('name')] ?? '·'} ${column('line')}:${column('column')} in ${column('symbol')} ${binding} ${column('target')}`,
    );
  }
  return found.sort();
}

describe('symbols', () => {
  it('tells kinds, nesting and visibility', () => {
    const found = symbols(
      extract(`
LIMIT = 3
name: str = ''
type Alias = list[int]
class A(Base):
    count: int = 0
    def __init__(self): self._x = 1; self.y: str = ''
    @property
    def p(self): return 1
    @p.setter
    def p(self, v): pass
    @staticmethod
    def s(): pass
    @classmethod
    async def c(cls): yield 1
    def __secret(self):
        def inner(): pass
from enum import Enum
class Color(Enum):
    RED = 1
f = lambda a: a
`),
    );
    expect(found.map(({ kind, name, parent }) => `${kind} ${name} ${parent}`)).toEqual([
      'module  -1',
      'constant LIMIT 0',
      'variable name 0',
      'type Alias 0',
      'class A 0',
      'field count 4',
      'constructor __init__ 4',
      'field _x 4',
      'field y 4',
      'property p 4',
      'property p 4',
      'method s 4',
      'method c 4',
      'method __secret 4',
      'function inner 13',
      'enum Color 0',
      'enum-member RED 15',
      'variable f 0',
      'function λ 0',
    ]);
    const flag = (name: string, bit: number, which = 0): boolean =>
      (found.filter((symbol) => symbol.name === name)[which]!.flags & bit) !== 0;
    expect(flag('p', SymbolFlag.getter)).toBe(true);
    expect(flag('p', SymbolFlag.setter, 1)).toBe(true);
    expect(flag('p', SymbolFlag.rebound)).toBe(false);
    expect(flag('s', SymbolFlag.static)).toBe(true);
    expect([flag('c', SymbolFlag.classmethod), flag('c', SymbolFlag.async), flag('c', SymbolFlag.generator)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(flag('λ', SymbolFlag.anonymous)).toBe(true);
    expect(found.find(({ name }) => name === '_x')!.visibility).toBe('protected');
    expect(found.find(({ name }) => name === '__secret')!.visibility).toBe('private');
    expect(found.find(({ name }) => name === 'y')!.type).toBe('str');
  });

  it('keeps signatures, parameters, decorators and docstrings', () => {
    const found = symbols(
      extract(`@app.route('/x')
@cached
def f(a, /, b: int = 3, *args: str, c,
      d=None, **kw) -> "dict[str, int]":  # why
    """First.

        Second.
    """
`),
    );
    const f = found[1]!;
    expect(f.signature).toBe('def f(a, /, b: int = 3, *args: str, c, d=None, **kw) -> "dict[str, int]"');
    expect(f.returns).toBe('"dict[str, int]"');
    expect(f.decorators).toBe('app.route,cached');
    expect(f.documentation).toBe('First.\n\nSecond.');
    expect(f.parameters).toEqual([
      ['a', undefined, undefined, 'positional-only'],
      ['b', 'int', '3', 'positional'],
      ['args', 'str', undefined, 'variadic'],
      ['c', undefined, undefined, 'keyword-only'],
      ['d', undefined, 'None', 'keyword-only'],
      ['kw', undefined, undefined, 'keyword-variadic'],
    ]);
    expect(f.place.slice(0, 2)).toEqual([1, 1]);
    expect(f.name1).toEqual([3, 5]);
  });

  it('counts columns in UTF-16 units and offsets in bytes', () => {
    const text = 'é = "😀"; x = 1\ndef ü(): pass\n';
    const found = symbols(extract(text));
    const x = found.find(({ name }) => name === 'x')!;
    expect(x.name1).toEqual([1, text.indexOf('x') + 1]);
    const function1 = found.find(({ name }) => name === 'ü')!;
    const start = text.indexOf('def');
    expect(function1.bytes).toEqual([Buffer.byteLength(text.slice(0, start)), Buffer.byteLength(text.trimEnd())]);
  });

  it('marks names that are bound twice and hashes bodies without comments and layout', () => {
    const found = symbols(
      extract('if a:\n    def f(): return 1\nelse:\n    def f():\n        # c\n        return  1\ndef g(): return 2\n'),
    );
    const [first, second, g] = found.filter(({ kind }) => kind === 'function');
    expect((first!.flags & second!.flags & SymbolFlag.rebound) !== 0).toBe(true);
    expect(first!.hash).toBe(second!.hash);
    expect(g!.hash).not.toBe(first!.hash);
  });

  it('keeps what can be known of a broken file, and of Python 2', () => {
    const facts = extract(
      'def ok(): pass\nprint "old"\nclass C:\n    def m(self): pass\ndef broken(:\n    pass\ndef after(): pass\n',
    );
    expect(facts.partial).toBe(true);
    expect(symbols(facts).map(({ name }) => name)).toEqual(expect.arrayContaining(['ok', 'C', 'm', 'after']));
    expect(extract('print "old"\nexec "x"\n').partial).toBe(false);
  });
});

describe('references', () => {
  it('bind by scope', () => {
    const facts = extract(`import os
def f(): pass
def g(p):
    f(); p(); os.getcwd(); len(p); unknown()
class K:
    f = 1
    def m(self): return f()
`);
    const names = symbols(facts).map(({ name }) => name);
    const row = (name: string): number => names.indexOf(name);
    expect(references(facts)).toEqual(
      [
        `call f 4:5 in ${row('g')} local ${row('f')}`,
        `call f 7:25 in ${row('m')} local ${row('f')}`,
        `call getcwd 4:18 in ${row('g')} member -1`,
        `call len 4:28 in ${row('g')} builtin -1`,
        `call p 4:10 in ${row('g')} variable -1`,
        `call unknown 4:36 in ${row('g')} open -1`,
        'import os 1:8 in 0 imported 0',
        `read os 4:15 in ${row('g')} imported 0`,
        `write f 6:5 in ${row('K')} local ${names.lastIndexOf('f')}`,
      ].sort(),
    );
  });

  it('follow global, nonlocal, comprehensions and class scope', () => {
    const facts = extract(`x = 1
def f():
    global x
    x = 2
    def g():
        nonlocal y
        y = 3
    y = 1
    return [x for x in y]
class C:
    x = 5
    z = [x for _ in range(2)]
`);
    const found = references(facts);
    expect(found).toContain('write x 4:5 in 2 local 1');
    // The comprehension's own x is no symbol; that of the class is not seen inside it: the module's is.
    expect(found.filter((each) => each.startsWith('read x'))).toEqual(['read x 12:10 in 4 local 1']);
  });

  it('have one call row for every call', () => {
    const facts = extract('f(g(h()))[0]()(1)\n@d(2)\ndef k(): pass\n');
    expect(references(facts).filter((each) => each.startsWith('call'))).toHaveLength(6);
    const rows = new Set<number>();
    for (let at = 0; at < facts.flow.length; at += FLOW_STRIDE) {
      if ((facts.flow[at]! & 0xff) !== FlowOp.call) continue;
      expect(rows.has(facts.flow[at + 5]!)).toBe(false);
      rows.add(facts.flow[at + 5]!);
    }
    expect(rows.size).toBe(7);
  });
});

describe('imports and exports', () => {
  it('know levels, names, aliases and circumstances', () => {
    const facts = extract(`from __future__ import annotations
import a.b as c, d.e
from ..p.q import (r as s, t)
from . import *
if TYPE_CHECKING:
    import u
try:
    import v
except ImportError:
    v = None
def f():
    import w
    importlib.import_module('.x', __name__)
`);
    const rows = [];
    for (let at = 0; at < facts.imports.length; at += IMPORT_STRIDE) {
      const column = (name: keyof typeof ImportColumn): number => facts.imports[at + ImportColumn[name]]!;
      rows.push([
        importKinds[column('kind')],
        column('level'),
        facts.strings[column('specifier')],
        facts.strings[column('name')],
        facts.strings[column('alias')],
        column('flags'),
      ]);
    }
    expect(rows).toEqual([
      ['member', 0, '__future__', 'annotations', undefined, 0],
      ['module', 0, 'a.b', undefined, 'c', 0],
      ['module', 0, 'd.e', undefined, undefined, 0],
      ['member', 2, 'p.q', 'r', 's', 0],
      ['member', 2, 'p.q', 't', undefined, 0],
      ['star', 1, '', undefined, undefined, 0],
      ['module', 0, 'u', undefined, undefined, ImportFlag.typeOnly],
      ['module', 0, 'v', undefined, undefined, ImportFlag.conditional],
      ['module', 0, 'w', undefined, undefined, ImportFlag.inFunction],
      ['dynamic', 1, 'x', undefined, undefined, ImportFlag.inFunction],
    ]);
  });

  it('read __all__ in its usual forms', () => {
    const stars = (text: string): string[] => {
      const facts = extract(text);
      const names: string[] = [];
      for (let at = 0; at < facts.exports.length; at += EXPORT_STRIDE) {
        if ((facts.exports[at + ExportColumn.flags]! & 1) !== 0)
          names.push(facts.strings[facts.exports[at + ExportColumn.name]!]!);
      }
      return names.sort();
    };
    const body = 'def a(): pass\ndef b(): pass\ndef _c(): pass\n';
    expect(stars(body)).toEqual(['a', 'b']);
    expect(stars(`${body}__all__ = ['a'] + ['_c']\n`)).toEqual(['_c', 'a']);
    expect(stars(`${body}__all__ = ('a',)\n__all__ += ['b']\n__all__.extend(['_c'])\n__all__.remove('a')\n`)).toEqual([
      '_c',
      'b',
    ]);
    expect(stars('__all__ = ["sub"]\n')).toEqual(['sub']);
  });
});

describe('metrics', () => {
  it('count LCOM4 over shared fields and calls', () => {
    const facts = extract(`class One:
    def __init__(self): self.a = self.b = 0
    def x(self): return self.a
    def y(self): return self.a + self.z()
    def z(self): return self.b
class Two:
    def x(self): return self.a
    def y(self): return self.b
class None_: pass
`);
    const lacks = symbols(facts)
      .filter(({ kind }) => kind === 'class')
      .map(({ metrics }) => facts.metrics[metrics * METRIC_STRIDE + MetricColumn.lackOfCohesion]);
    expect(lacks).toEqual([1, 2, 0]);
  });
});

describe('stubs', () => {
  it('are declarations', () => {
    const found = symbols(extract('class A:\n    def m(self) -> int: ...\n', true));
    expect(found.slice(1).every(({ flags }) => (flags & SymbolFlag.declaration) !== 0)).toBe(true);
  });
});
