import type { Extractor } from './extractor.ts';

/** Extractor by language identifier, loaded when the first file of that language is seen. */
const extractors: Readonly<Record<string, () => Promise<Extractor>>> = {};

/** The extractor of a language; undefined where only lines and chunks are known. */
export async function loadExtractor(language: string): Promise<Extractor | undefined> {
  return extractors[language]?.();
}

export function extractorLanguages(): readonly string[] {
  return Object.keys(extractors);
}
