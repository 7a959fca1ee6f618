import { beforeAll, describe, expect, it } from 'vitest';
import type { FileFacts } from '#model/facts.ts';
import { REFERENCE_STRIDE, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { referenceRoles, symbolKinds } from '#model/vocabulary.ts';
import type { Extractor } from '../extractor.ts';
import { loadExtractor } from '../registry.ts';

function symbols(facts: FileFacts): string[] {
  const found: string[] = [];
  for (let at = SYMBOL_STRIDE; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    const owner = facts.strings[facts.symbols[at + SymbolColumn.owner]!];
    found.push(
      `${symbolKinds[facts.symbols[at]!]!} ${owner === undefined ? '' : `${owner}.`}${facts.strings[facts.symbols[at + 1]!]!}`,
    );
  }
  return found;
}

function references(facts: FileFacts): string[] {
  const found: string[] = [];
  for (let at = 0; at < facts.references.length; at += REFERENCE_STRIDE) {
    found.push(
      `${referenceRoles[facts.references[at]!]!} ${facts.strings[facts.references[at + 1]!]!} ${facts.references[at + 2]!}:${facts.references[at + 3]!}`,
    );
  }
  return found;
}

async function prepared(language: string): Promise<Extractor> {
  const extractor = (await loadExtractor(language))!;
  await extractor.prepare(language);
  return extractor;
}

describe('Go', () => {
  let extractor: Extractor;
  beforeAll(async () => void (extractor = await prepared('go')));
  const extract = (text: string): FileFacts => extractor.extract({ text, language: 'go', declarations: false });

  it('declares types, fields, methods with their receivers, constants and variables', () => {
    const facts = extract(
      'package p\n\ntype T[K any] struct {\n\ta, b int\n\t*Base\n}\n\nfunc (t *T[K]) Do() (n int, err error) { return }\n\nconst (\n\tA = iota\n\tB\n)\n\nvar x = New()\n',
    );
    expect(symbols(facts)).toEqual([
      'struct T',
      'field a',
      'field b',
      'field Base',
      'method T.Do',
      'constant A',
      'constant B',
      'variable x',
    ]);
    const method = facts.symbols.subarray(5 * SYMBOL_STRIDE);
    expect(facts.strings[method[SymbolColumn.returnType]!]).toBe('(int, error)');
    expect(facts.strings[facts.symbols[SymbolColumn.declaredType]!]).toBe('p');
  });

  it('refers to what is called, made, read and written, but not to locals', () => {
    const facts = extract('package p\n\nfunc f(a *T) {\n\tb := a\n\tb.count = g(&S{n: 1})\n}\n');
    expect(references(facts)).toEqual([
      'type T 3:11',
      'write count 5:4',
      'call g 5:12',
      'instantiate S 5:15',
      'write n 5:17',
    ]);
  });

  it('keeps what can be known of a broken file', () => {
    const facts = extract('package p\n\nfunc ok() {}\n\nfunc broken( {\n\nfunc after() {}\n');
    expect(facts.partial).toBe(true);
    expect(symbols(facts)).toContain('function ok');
  });

  it('takes the comment above as documentation and the places in bytes and in UTF-16 units', () => {
    const facts = extract('package p\n\n// Größe 😀 tells.\n// More.\nfunc Größe() {}\n');
    const at = SYMBOL_STRIDE;
    expect(facts.strings[facts.symbols[at + SymbolColumn.documentation]!]).toBe('Größe 😀 tells.\nMore.');
    expect(facts.symbols[at + SymbolColumn.startLine]).toBe(5);
    expect(facts.symbols[at + SymbolColumn.startByte]).toBe(
      Buffer.byteLength('package p\n\n// Größe 😀 tells.\n// More.\n'),
    );
  });
});

describe('Java', () => {
  let extractor: Extractor;
  beforeAll(async () => void (extractor = await prepared('java')));
  const extract = (text: string): FileFacts => extractor.extract({ text, language: 'java', declarations: false });

  it('declares nested types, overloads, records, enum constants and anonymous classes', () => {
    const facts = extract(
      'package a.b;\nclass A {\n  static final int X = 1;\n  A(int a) {}\n  void f() {}\n  void f(int x) { new B() { void g() {} }; }\n  enum E { ONE, TWO { void h() {} } }\n  record R(int x) {}\n}\n',
    );
    expect(symbols(facts)).toEqual([
      'class A',
      'constant X',
      'constructor A',
      'method f',
      'method f',
      'class ',
      'method g',
      'enum E',
      'enum-member ONE',
      'enum-member TWO',
      'method h',
      'class R',
      'field x',
    ]);
    expect(facts.strings[facts.symbols[SymbolColumn.declaredType]!]).toBe('a.b');
  });

  it('refers to supertypes, annotations, calls and types', () => {
    const facts = extract(
      'class A extends x.B implements C {\n  @Override void f(List<T> l) { l.get(0).go(); super.f(l); }\n}\n',
    );
    expect(references(facts)).toEqual([
      'inherit B 1:19',
      'implement C 1:32',
      'decorate Override 2:3',
      'type List 2:20',
      'type T 2:25',
      'call go 2:42',
      'call get 2:35',
      'call f 2:54',
    ]);
  });
});
