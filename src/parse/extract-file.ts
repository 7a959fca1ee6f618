/** From a file's text to its facts, whatever the language and whatever the text: extractors may fail, this does not. */
import { withChunks } from '#languages/chunks.ts';
import type { ExtractInput } from '#languages/extractor.ts';
import { classifyLines, countLines } from '#languages/line-classes.ts';
import { loadExtractor } from '#languages/registry.ts';
import { TextIndex } from '#languages/text-index.ts';
import type { FileFacts } from '#model/facts.ts';
import { embeddedRegions, hostLanguages } from './embedded-regions.ts';
import { extractEmbedded } from './extract-embedded.ts';
import { extractNotebook } from './extract-notebook.ts';
import { textFacts } from './text-facts.ts';

export interface ExtractedFile {
  readonly facts: FileFacts;
  /** What a person should know: an extractor that failed, a notebook that is no JSON. */
  readonly warnings: readonly string[];
}

/** Pure but for loading extractors: the same input yields the same facts. */
export async function extractFile(input: ExtractInput): Promise<ExtractedFile> {
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  if (input.language === 'jupyter') {
    const facts = await extractNotebook(input.text, (part) => extractOrUndefined(part, warn), warn);
    if (facts) return { facts, warnings };
  }
  const { text, language } = input;
  const index = new TextIndex(text);
  const classes = classifyLines(text, language);
  if (hostLanguages.has(language)) {
    const regions = embeddedRegions(text, language);
    if (regions.length > 0)
      return {
        facts: await extractEmbedded(text, language, regions, index, classes, (part) => extractOrUndefined(part, warn)),
        warnings,
      };
  }
  const extracted = await extractOrUndefined({ ...input, index, lineClasses: classes }, warn);
  const facts = extracted ?? textFacts(text, language, index, warnings.length > 0);
  return { facts: withChunks({ ...facts, lines: countLines(classes) }, text, index, classes), warnings };
}

/** Undefined: no extractor, or it failed (which is warned of). */
export type ExtractPart = (input: ExtractInput) => Promise<FileFacts | undefined>;

async function extractOrUndefined(
  input: ExtractInput,
  warn: (message: string) => void,
): Promise<FileFacts | undefined> {
  try {
    const extractor = await loadExtractor(input.language);
    if (!extractor) return undefined;
    await extractor.prepare(input.language);
    return extractor.extract(input);
  } catch (error) {
    // Deep nesting exhausts a parser's stack, a grammar may trap: one file's trouble is not the run's.
    warn(`The ${input.language} extractor failed: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
