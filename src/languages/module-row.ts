import type { FactsBuilder } from '#model/facts-builder.ts';
import { SymbolFlag, symbolKinds, visibilities } from '#model/vocabulary.ts';
import type { TextIndex } from './text-index.ts';

/** Row 0 of every file's symbols: the module that is the file itself, without a name of its own. */
export function addModuleRow(facts: FactsBuilder, index: TextIndex): void {
  const { length } = index.text;
  const lastLine = index.lineCount;
  facts.symbols.add(
    symbolKinds.indexOf('module'),
    facts.string(''),
    -1,
    SymbolFlag.exported,
    visibilities.indexOf('public'),
    0,
    index.byte(length, lastLine),
    1,
    1,
    lastLine,
    index.column(length, lastLine),
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
  );
}
