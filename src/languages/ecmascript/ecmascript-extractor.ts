import type { FileFacts } from '#model/facts.ts';
import type { ExtractInput, Extractor } from '../extractor.ts';
import { classifyLines, countLines } from '../line-classes.ts';
import { loadGrammar } from '../tree-sitter.ts';
import { declareFile } from './declare.ts';
import type { ParsedSource } from './estree.ts';
import { flowFile } from './flow-file.ts';
import { measureFile } from './metrics.ts';
import { nestsTooDeeply } from './nesting.ts';
import { parseWithOxc } from './oxc.ts';
import { grammarOf, parseBroken } from './recovery.ts';
import { makeUnit } from './unit.ts';

/** JavaScript and TypeScript, with or without JSX. */
export const ecmascriptExtractor: Extractor = {
  // Only broken files need the grammar, but then at once.
  prepare: (language) => loadGrammar(grammarOf(language)),
  extract,
};

function extract(input: ExtractInput): FileFacts {
  const { text, language, declarations } = input;
  try {
    if (!nestsTooDeeply(text)) {
      const source = parseWithOxc(text, language, declarations) ?? parseBroken(text, language, declarations);
      if (source) return extractParsed(source, input);
    }
  } catch (error) {
    // Code nested too deeply for the stack: the file is known, what is in it is not.
    if (!(error instanceof RangeError)) throw error;
  }
  return extractParsed(nothing(text), input);
}

function extractParsed(source: ParsedSource, input: ExtractInput): FileFacts {
  const unit = makeUnit(source, input);
  const lines = input.lineClasses ?? classifyLines(input.text, input.language);
  unit.facts.lines = countLines(lines);
  flowFile(unit, declareFile(unit));
  measureFile(unit, lines);
  return unit.facts.finish();
}

function nothing(text: string): ParsedSource {
  return {
    program: { type: 'Program', body: [], sourceType: 'module', hashbang: null, start: 0, end: text.length },
    comments: [],
    partial: true,
  };
}
