/** Measures of the functions of a text, by the same extractors that the index is made with. */
import { loadExtractor } from '#languages/registry.ts';
import { METRIC_STRIDE, MetricColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';

export interface MeasuredFunction {
  readonly name: string;
  readonly startLine: number;
  readonly codeLines: number;
  readonly cyclomatic: number;
  readonly cognitive: number;
  readonly nesting: number;
}

/** Undefined where the text does not parse as a whole. */
export async function measureText(text: string, language: string): Promise<readonly MeasuredFunction[] | undefined> {
  const extractor = await loadExtractor(language);
  if (!extractor) return undefined;
  await extractor.prepare(language);
  const facts = extractor.extract({ text, language, declarations: false });
  if (facts.partial) return undefined;
  const found: MeasuredFunction[] = [];
  for (let row = 0; row < facts.metrics.length; row += METRIC_STRIDE) {
    const symbol = facts.metrics[row + MetricColumn.symbol]! * SYMBOL_STRIDE;
    if ((facts.symbols[symbol + SymbolColumn.flags]! & SymbolFlag.declaration) !== 0) continue;
    found.push({
      name: facts.strings[facts.symbols[symbol + SymbolColumn.name]!] ?? '',
      startLine: facts.symbols[symbol + SymbolColumn.startLine]!,
      codeLines: facts.metrics[row + MetricColumn.codeLines]!,
      cyclomatic: facts.metrics[row + MetricColumn.cyclomatic]!,
      cognitive: facts.metrics[row + MetricColumn.cognitive]!,
      nesting: facts.metrics[row + MetricColumn.nesting]!,
    });
  }
  return found;
}
