import { addModuleRow } from '#languages/module-row.ts';
import type { TextIndex } from '#languages/text-index.ts';
import { FactsBuilder } from '#model/facts-builder.ts';
import type { FileFacts } from '#model/facts.ts';

/** Facts of a file of which only lines and chunks are known: its module symbol and nothing else. */
export function textFacts(language: string, index: TextIndex, partial = false): FileFacts {
  const builder = new FactsBuilder(language, 'text');
  addModuleRow(builder, index);
  builder.partial = partial;
  return builder.finish();
}
