import { expect, test } from 'vitest';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { loadExtractor } from '../registry.ts';

/** Name, signature and last line with its column of each symbol. */
async function heads(language: string, text: string): Promise<string[]> {
  const extractor = (await loadExtractor(language))!;
  await extractor.prepare(language);
  const { symbols, strings } = extractor.extract({ text, language, declarations: false });
  const found: string[] = [];
  for (let at = SYMBOL_STRIDE; at < symbols.length; at += SYMBOL_STRIDE) {
    const cell = (column: number): number => symbols[at + column]!;
    found.push(
      `${strings[cell(SymbolColumn.name)]} | ${strings[cell(SymbolColumn.signature)]} | ${cell(SymbolColumn.endLine)}:${cell(SymbolColumn.endColumn)}`,
    );
  }
  return found;
}

test('the signature of a type is its head, whatever stands in its body', async () => {
  expect((await heads('go', 'package p\n\ntype S struct {\n\t// of it\n\tA int\n}\n'))[0]).toBe('S | S struct | 6:2');
  expect((await heads('go', 'package p\n\ntype I interface {\n\tDo() error\n}\n'))[0]).toBe('I | I interface | 5:2');
});

test('annotations are left out of a signature, modifiers behind them are not', async () => {
  const found = await heads(
    'java',
    'class C {\n  @Nullable\n  @Deprecated private static String fix(@Nullable String x) { return x; }\n}\n',
  );
  expect(found[1]).toBe('fix | private static String fix(@Nullable String x) | 3:74');
});

test('a definition ends where its text ends, not before the next word', async () => {
  const found = await heads(
    'scala',
    'object O {\n  def a(x: Int): Int =\n    f(\n      x\n    )\n\n  def b: Int = 2\n}\n',
  );
  expect(found.map((line) => line.split(' | ')[2])).toEqual(['8:2', '5:6', '7:17']);
});
