import { beforeAll, describe, expect, it } from 'vitest';
import { METRIC_STRIDE, MetricColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { ecmascriptExtractor } from './ecmascript-extractor.ts';

beforeAll(() => ecmascriptExtractor.prepare('javascript'));

function metricsOf(text: string, name: string): (column: keyof typeof MetricColumn) => number {
  const facts = ecmascriptExtractor.extract({ text, language: 'javascript', declarations: false });
  for (let at = 0; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    const row = facts.symbols[at + SymbolColumn.metrics]!;
    if (facts.strings[facts.symbols[at + SymbolColumn.name]!] === name && row >= 0)
      return (column) => facts.metrics[row * METRIC_STRIDE + MetricColumn[column]]!;
  }
  throw new Error(`no metrics for ${name}`);
}

describe('metrics of ECMAScript', () => {
  it('counts paths', () => {
    const text =
      'function f(a, b) {\n  if (a && b) return 1;\n  for (const x of a) { switch (x) { case 1: break; case 2: break; default: } }\n  return a ? 1 : 2;\n}';
    const of = metricsOf(text, 'f');
    expect(of('cyclomatic')).toBe(1 + 1 + 1 + 1 + 2 + 1);
    expect(of('codeLines')).toBe(5);
    expect(of('nesting')).toBe(2);
  });

  it('prices nesting, else and runs of operators', () => {
    // if +1, && +1, nested for +2, nested if +3, else +1, change of operators +2
    const text = 'function g(a) { if (a && a) { for (;;) { if (a) h(); else k(); } } return a && a || a; }';
    expect(metricsOf(text, 'g')('cognitive')).toBe(1 + 1 + 2 + 3 + 1 + 2);
    expect(
      metricsOf('function r(n) { if (n) return 1; else if (n > 1) return 2; return r(n - 1); }', 'r')('cognitive'),
    ).toBe(1 + 1 + 1);
  });

  it('counts components of a class', () => {
    expect(
      metricsOf(
        'class A { a() { this.x = 1; } b() { return this.x; } c() { return this.y; } d() { this.c(); } }',
        'A',
      )('lackOfCohesion'),
    ).toBe(2);
  });
});
