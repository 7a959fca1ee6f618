/** From a file's text to its facts. */
import type { ExtractInput } from '#languages/extractor.ts';
import { loadExtractor } from '#languages/registry.ts';
import { TextIndex } from '#languages/text-index.ts';
import { FactsBuilder } from '#model/facts-builder.ts';
import type { FileFacts } from '#model/facts.ts';

export interface ExtractedFile {
  readonly facts: FileFacts;
  /** What a person should know. */
  readonly warnings: readonly string[];
}

export async function extractFile(input: ExtractInput): Promise<ExtractedFile> {
  const extractor = await loadExtractor(input.language);
  if (!extractor) return { facts: lineFacts(input), warnings: [] };
  await extractor.prepare(input.language);
  return { facts: extractor.extract(input), warnings: [] };
}

function lineFacts({ text, language }: ExtractInput): FileFacts {
  const facts = new FactsBuilder(language, 'text');
  const lines = new TextIndex(text).lineCount;
  facts.symbols.add(0, -1, -1, 0, 0, 0, Buffer.byteLength(text), 1, 1, lines, 1, 1, 1, -1, -1, -1, 0, 0, -1, -1, -1, 0);
  facts.lines = { total: lines, code: lines, comment: 0, blank: 0 };
  return facts.finish();
}
