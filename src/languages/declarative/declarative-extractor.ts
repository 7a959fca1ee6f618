import { type FileFacts, METRIC_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { ExtractInput, Extractor } from '../extractor.ts';
import { classifyLines } from '../line-classes.ts';
import { addModuleRow } from '../module-row.ts';
import { computeMetrics, type MetricTable } from '../syntax/metrics.ts';
import { TextIndex } from '../text-index.ts';
import { loadGrammar, parseSyntaxTree } from '../tree-sitter.ts';
import { addCohesion } from './cohesion.ts';
import { type CompiledSpec, compileSpec } from './compiled-spec.ts';
import { Extraction } from './extraction.ts';
import type { LanguageSpec } from './language-spec.ts';

/** Makes a language's extractor from its spec. */
export function declarativeExtractor(spec: LanguageSpec): Extractor {
  let compiled: CompiledSpec | undefined;
  return {
    prepare: () => loadGrammar(spec.grammar),
    extract(input: ExtractInput): FileFacts {
      const tree = parseSyntaxTree(input.text, spec.grammar);
      compiled ??= compileSpec(spec, tree.typeNames, tree.fieldNames);
      const x = new Extraction(tree, compiled, input.index ?? new TextIndex(input.text));
      addModuleRow(x.facts, x.index);
      spec.start?.(x);
      x.walk();
      spec.finish?.(x);
      x.facts.partial = tree.hasError;
      if (compiled.metrics) addMetrics(x, compiled.metrics);
      // Only where uses of fields are known.
      if (x.facts.level === 'typed') addCohesion(x.facts);
      return x.facts.finish();
    },
  };
}

function addMetrics(x: Extraction, table: MetricTable): void {
  const { symbols, metrics } = x.facts;
  const measured = [{ symbol: 0, node: 0, kind: 'module' as const }, ...x.measured.filter(({ node }) => node > 0)];
  const scopes = measured.map(({ symbol, node, kind }) => ({
    node,
    kind,
    startLine: symbols.get(symbol, SymbolColumn.startLine),
    endLine: symbols.get(symbol, SymbolColumn.endLine),
  }));
  const computed = computeMetrics(x.tree, table, scopes, classifyLines(x.text, x.spec.source.language));
  measured.forEach(({ symbol }, index) => {
    const row = metrics.add(symbol, ...computed.subarray(index * METRIC_STRIDE + 1, (index + 1) * METRIC_STRIDE));
    symbols.set(symbol, SymbolColumn.metrics, row);
  });
}
