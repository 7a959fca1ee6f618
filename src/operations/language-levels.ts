/** How deep each language is read: not declared, but found by running its extractor on an empty file. */
import { languages } from '#languages/catalogue.ts';
import { loadExtractor } from '#languages/registry.ts';
import type { FactLevel } from '#model/vocabulary.ts';
import { factLevels } from '#model/vocabulary.ts';

export interface LanguageLevel {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly level: FactLevel;
  readonly extensions: readonly string[];
}

/** Deepest first, then by name. */
export async function languageLevels(): Promise<readonly LanguageLevel[]> {
  const levels: LanguageLevel[] = [];
  for (const { id, name, kind, extensions } of languages)
    levels.push({ id, name, kind, level: await levelOf(id), extensions });
  const depth = ({ level }: LanguageLevel): number => factLevels.indexOf(level);
  return levels.toSorted((a, b) => depth(b) - depth(a) || a.name.localeCompare(b.name, 'en'));
}

async function levelOf(language: string): Promise<FactLevel> {
  const extractor = await loadExtractor(language);
  if (!extractor) return 'text';
  await extractor.prepare(language);
  return extractor.extract({ text: '', language, declarations: false }).level;
}
