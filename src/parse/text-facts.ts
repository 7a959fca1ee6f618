import { FactsBuilder } from '#model/facts-builder.ts';
import type { FileFacts } from '#model/facts.ts';
import type { TextIndex } from '#languages/text-index.ts';
import { SymbolFlag, symbolKinds, visibilities } from '#model/vocabulary.ts';

/** Facts of a file of which only lines and chunks are known: its module symbol and nothing else. */
export function textFacts(text: string, language: string, index: TextIndex, partial = false): FileFacts {
  const builder = new FactsBuilder(language, 'text');
  const lastLine = index.lineCount;
  builder.symbols.add(
    symbolKinds.indexOf('module'),
    builder.string(''),
    -1,
    SymbolFlag.exported,
    visibilities.indexOf('public'),
    0,
    index.byte(text.length, lastLine),
    1,
    1,
    lastLine,
    index.column(text.length, lastLine),
    1,
    1,
    -1,
    -1,
    -1,
    0,
    0,
    -1,
    -1,
    -1,
    0,
    -1,
    -1,
  );
  builder.partial = partial;
  return builder.finish();
}
