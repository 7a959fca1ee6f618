import type { FileFacts } from '#model/facts.ts';
import { classifyLines, countLines } from '../line-classes.ts';
import type { ExtractInput, Extractor } from '../extractor.ts';
import { declareFile } from './declare.ts';
import type { ParsedSource } from './estree.ts';
import { flowFile } from './flow-file.ts';
import { parseWithOxc } from './oxc.ts';
import { makeUnit } from './unit.ts';

export const ecmascriptExtractor: Extractor = {
  async prepare(): Promise<void> {},
  extract,
};

function extract({ text, language, declarations }: ExtractInput): FileFacts {
  const source = parseWithOxc(text, language, declarations);
  return extractParsed(source ?? nothing(text), text, language, declarations);
}

export function extractParsed(source: ParsedSource, text: string, language: string, declarations: boolean): FileFacts {
  const unit = makeUnit(source, text, language, declarations);
  unit.facts.lines = countLines(classifyLines(text, language));
  flowFile(unit, declareFile(unit));
  return unit.facts.finish();
}

function nothing(text: string): ParsedSource {
  return {
    program: { type: 'Program', body: [], sourceType: 'module', hashbang: null, start: 0, end: text.length },
    comments: [],
    partial: true,
  };
}
