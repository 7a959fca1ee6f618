import type { FileFacts } from '#model/facts.ts';
import { symbolKinds, SymbolFlag, visibilities } from '#model/vocabulary.ts';
import type { ExtractInput, Extractor } from '../extractor.ts';
import { TextIndex } from '../text-index.ts';
import { loadGrammar, parseSyntaxTree } from '../tree-sitter.ts';
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
      const x = new Extraction(tree, compiled, new TextIndex(input.text));
      addModule(x);
      spec.start?.(x);
      x.walk();
      spec.finish?.(x);
      x.facts.partial = tree.hasError;
      return x.facts.finish();
    },
  };
}

function addModule(x: Extraction): void {
  const lines = x.index.lineCount;
  const length = x.text.length;
  x.facts.symbols.add(
    symbolKinds.indexOf('module'), x.facts.string(''), -1, SymbolFlag.exported, visibilities.indexOf('public'),
    0, x.index.byte(length, lines), 1, 1, lines, x.index.column(length, lines), 1, 1, -1, -1, -1, 0, 0, -1, -1, -1, 0, -1,
  );
}
