import { beforeAll, describe, expect, it } from 'vitest';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ecmascriptExtractor } from './ecmascript-extractor.ts';

beforeAll(async () => {
  await ecmascriptExtractor.prepare('typescript');
  await ecmascriptExtractor.prepare('javascript');
});

function symbolsOf(text: string, language = 'typescript'): { partial: boolean; names: string[] } {
  const facts = ecmascriptExtractor.extract({ text, language, declarations: false });
  const names: string[] = [];
  for (let at = SYMBOL_STRIDE; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    names.push(
      `${facts.strings[facts.symbols[at + SymbolColumn.name]!]}@${facts.symbols[at + SymbolColumn.nameLine]}:${facts.symbols[at + SymbolColumn.nameColumn]}`,
    );
  }
  return { partial: facts.partial, names };
}

describe('broken files', () => {
  it.each([
    ['an unfinished call', 'function a() {}\nfoo(\nfunction b() {}\n'],
    ['an unfinished member', 'function a() {}\nconst x = y.;\nfunction b() {}\n'],
    [
      'a merge conflict',
      'function a() {}\n<<<<<<< HEAD\nconst x = 1;\n=======\nconst x = 2;\n>>>>>>> other\nfunction b() {}\n',
    ],
    ['a stray brace', 'function a() {}\n}\nfunction b() {}\n'],
    ['an unfinished string', 'function a() {}\nconst x = "abc;\nfunction b() {}\n'],
  ])('keeps what stands around %s', (_, text) => {
    const { partial, names } = symbolsOf(text);
    expect(partial).toBe(true);
    expect(names.some((name) => name.startsWith('a@1'))).toBe(true);
    expect(names.some((name) => name.startsWith('b@'))).toBe(true);
  });

  it('keeps the other members of a class', () => {
    const { names } = symbolsOf('class A {\n  a() { return 1; }\n  b() { return this.; }\n  c() {}\n}\n');
    expect(names).toEqual(expect.arrayContaining(['A@1:7', 'a@2:3', 'c@4:3']));
  });

  it('yields the same symbols for the sound part of real files', () => {
    for (const file of [
      'declare.ts',
      'scope.ts',
      'flow-writer.ts',
      'metrics.ts',
      'recovery.ts',
      'jsdoc.ts',
      'flow-types.ts',
    ]) {
      const text = readFileSync(path.join(import.meta.dirname, file), 'utf8');
      const broken = symbolsOf(`${text}\nconst broken = (;\n`);
      expect(broken.partial).toBe(true);
      expect(broken.names.filter((name) => !name.startsWith('broken@'))).toEqual(symbolsOf(text).names);
    }
  });

  it('ends on texts that are no programs', () => {
    for (const text of ['<html><body>{{ x }}</body></html>', '}}}}}', '((((((((', '%%%', '"use strict', 'class {{{']) {
      expect(symbolsOf(text, 'javascript').names.length).toBeLessThan(5);
    }
  });
});
