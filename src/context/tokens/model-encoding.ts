import type { Encoding } from './token-counter.ts';

/** By the start of a model's name; the first that fits holds. Names that say nothing of a public vocabulary are estimated. */
const byName: readonly (readonly [RegExp, Encoding])[] = [
  [/^(gpt-3\.5|gpt-4(-|$)|text-embedding-(ada|3))/, 'cl100k'],
  [/^(gpt-4o|gpt-4\.[1-9]|gpt-[5-9]|gpt-oss|chatgpt-4o|o[1-9](-|$)|codex)/, 'o200k'],
];

/** The encoding of a model, or of an encoding's own name. */
export function encodingOfModel(name: string): Encoding {
  const plain = name.trim().toLowerCase().replace(/^.*\//, '');
  if (/^o200k(_base)?$/.test(plain)) return 'o200k';
  if (/^cl100k(_base)?$/.test(plain)) return 'cl100k';
  return byName.find(([pattern]) => pattern.test(plain))?.[1] ?? 'estimate';
}
