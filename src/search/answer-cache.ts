/** Answers by what they were asked of: another revision is another key, so nothing has to be thrown away but what is old. */
import type { SearchAnswer } from '#model/search.ts';

const kept = new Map<string, SearchAnswer>();
const KEPT = 128;

/** `key` must name the tree, its revision and everything that was asked. */
export function rememberedAnswer(key: string, answer: () => SearchAnswer): SearchAnswer {
  let known = kept.get(key);
  if (known) kept.delete(key);
  else known = answer();
  kept.set(key, known);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
  return known;
}
