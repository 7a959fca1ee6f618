import type { FileFacts } from '#model/facts.ts';
import type { ExtractInput, Extractor } from '../extractor.ts';
import { declareFile } from './declare.ts';
import type { ParsedSource } from './estree.ts';
import { parseWithOxc } from './oxc.ts';
import { makeUnit } from './unit.ts';

export const ecmascriptExtractor: Extractor = {
  async prepare(): Promise<void> {},
  extract,
};

function extract({ text, language, declarations }: ExtractInput): FileFacts {
  const source = parseWithOxc(text, language, declarations);
  if (!source) throw new Error('not yet');
  return extractParsed(source, text, language, declarations);
}

export function extractParsed(source: ParsedSource, text: string, language: string, declarations: boolean): FileFacts {
  const unit = makeUnit(source, text, language, declarations);
  declareFile(unit);
  return unit.facts.finish();
}
