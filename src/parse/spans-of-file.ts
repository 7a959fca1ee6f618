import { scanLexically } from '#languages/line-classes.ts';
import { hostLanguages } from './embedded-regions.ts';

/** Files that hold other languages: one language's comments and literals say nothing about the whole. */
export function isMixed(language: string): boolean {
  return language === 'jupyter' || hostLanguages.has(language);
}

/** Comments and literals, as `scanLexically` finds them; undefined where a file is not written in its language alone. */
export function spansOfFile(text: string, language: string): Int32Array | undefined {
  return isMixed(language) ? undefined : scanLexically(text, language).spans;
}
