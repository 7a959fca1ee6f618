/** From a file's text to its facts, whatever the language and whatever the text: extractors may fail, this does not. */
import { withChunks } from '#languages/chunks.ts';
import type { ExtractInput } from '#languages/extractor.ts';
import { countLines, scanLexically } from '#languages/line-classes.ts';
import { ParserDied } from '#languages/parser-died.ts';
import { loadExtractor } from '#languages/registry.ts';
import { TextIndex } from '#languages/text-index.ts';
import type { FileFacts } from '#model/facts.ts';
import { embeddedRegions } from './embedded-regions.ts';
import { extractEmbedded } from './extract-embedded.ts';
import { extractNotebook } from './extract-notebook.ts';
import { isMixed } from './spans-of-file.ts';
import { textFacts } from './text-facts.ts';

export interface ExtractedFile {
  readonly facts: FileFacts;
  /** What a person should know: an extractor that failed, a notebook that is no JSON. */
  readonly warnings: readonly string[];
  /** An extractor failed, on the whole file or a part of it: the facts are not all that the content says. */
  readonly failed: boolean;
  /** Comments and literals of the text (`scanLexically`); undefined where the text is not written in its language alone. */
  readonly spans: Int32Array | undefined;
}

/** Pure but for loading extractors: the same input yields the same facts. Throws `ParserDied` where this thread cannot go on. */
export async function extractFile(input: ExtractInput): Promise<ExtractedFile> {
  const warnings: string[] = [];
  let failed = false;
  const warn = (message: string): void => void warnings.push(message);
  const extract: ExtractPart = async (part) => {
    try {
      const extractor = await loadExtractor(part.language);
      if (!extractor) return undefined;
      await extractor.prepare(part.language);
      return extractor.extract(part);
    } catch (error) {
      if (error instanceof ParserDied) throw error;
      // Deep nesting exhausts a parser's stack, a grammar may trap: one file's trouble is not the run's.
      failed = true;
      warn(`The ${part.language} extractor failed: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  if (input.language === 'jupyter') {
    const facts = await extractNotebook(input.text, extract, warn);
    if (facts) return { facts, warnings, failed, spans: undefined };
  }
  const { text, language } = input;
  const index = new TextIndex(text);
  const { classes, spans } = scanLexically(text, language);
  if (isMixed(language)) {
    const regions = embeddedRegions(text, language);
    if (regions.length > 0) {
      const facts = await extractEmbedded(text, language, regions, index, classes, extract);
      return { facts, warnings, failed, spans: undefined };
    }
  }
  const extracted = await extract({ ...input, index, lineClasses: classes });
  const facts = extracted ?? textFacts(language, index, warnings.length > 0);
  const whole = withChunks({ ...facts, lines: countLines(classes) }, text, index, classes);
  return { facts: whole, warnings, failed, spans: isMixed(language) ? undefined : spans };
}

/** Undefined: no extractor, or it failed (which is warned of). */
export type ExtractPart = (input: ExtractInput) => Promise<FileFacts | undefined>;
