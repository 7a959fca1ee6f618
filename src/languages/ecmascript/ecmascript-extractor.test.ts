import { describe, expect, it } from 'vitest';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { symbolKinds } from '#model/vocabulary.ts';
import { ecmascriptExtractor } from './ecmascript-extractor.ts';

function symbolsOf(text: string, language = 'typescript'): string[] {
  const facts = ecmascriptExtractor.extract({ text, language, declarations: false });
  const name = (row: number): string => {
    const at = row * SYMBOL_STRIDE;
    const parent = facts.symbols[at + SymbolColumn.parent]!;
    const own = facts.strings[facts.symbols[at + SymbolColumn.name]!]!;
    return parent > 0 ? `${name(parent)}.${own}` : own;
  };
  const found: string[] = [];
  for (let row = 1; row * SYMBOL_STRIDE < facts.symbols.length; row++)
    found.push(`${symbolKinds[facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.kind]!]} ${name(row)}`);
  return found;
}

describe('symbols of ECMAScript', () => {
  it('names functions by what they are assigned to', () => {
    expect(
      symbolsOf(
        'const a = () => 1; exports.b = function () {}; let c = { d() {}, e: () => 2 }; use(function () {});',
        'javascript',
      ),
    ).toEqual(['function a', 'function b', 'variable c', 'method c.d', 'method c.e', 'function λ']);
  });

  it('gives members to classes and to functions with prototypes', () => {
    expect(
      symbolsOf(
        'class A { x = 1; #y; constructor(readonly z: number) { this.w = 2 } get v() { return 1 } static s() {} }',
      ),
    ).toEqual([
      'class A',
      'field A.x',
      'field A.#y',
      'constructor A.constructor',
      'field A.z',
      'field A.w',
      'method A.v',
      'method A.s',
    ]);
    expect(symbolsOf('function P() {} P.prototype.go = function () {}; P.make = () => new P();', 'javascript')).toEqual(
      ['function P', 'method P.go', 'method P.make'],
    );
  });

  it('lists types, enums and namespaces with their members', () => {
    expect(
      symbolsOf(
        'interface I { a: string; m(): void } type T = { k: 1 }; enum E { X } namespace N { export const q = 1 }',
      ),
    ).toEqual([
      'interface I',
      'property I.a',
      'method I.m',
      'type T',
      'property T.k',
      'enum E',
      'enum-member E.X',
      'namespace N',
      'constant N.q',
    ]);
  });
});
