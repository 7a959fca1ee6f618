/** Look-ups in the list of languages: by identifier, extension, file name and interpreter. */
import { languageList, type LanguageEntry, type LanguageKind } from './language-list.ts';
import { type LexicalSyntax, lexicalSyntaxes } from './lexical-syntax.ts';
import type { GrammarName } from './grammars.ts';

export interface Language {
  readonly id: string;
  readonly name: string;
  readonly kind: LanguageKind;
  readonly extensions: readonly string[];
  readonly fileNames: readonly string[];
  readonly interpreters: readonly string[];
  /** Undefined: neither comments nor strings that matter (prose, data). */
  readonly syntax: LexicalSyntax | undefined;
  /** tree-sitter grammar, by its name in grammars.ts. */
  readonly grammar: GrammarName | undefined;
}

const words = (text: string | undefined): readonly string[] => (text ? text.split(' ') : []);

function language(entry: LanguageEntry): Language {
  return {
    id: entry.id,
    name: entry.name,
    kind: entry.kind,
    extensions: words(entry.extensions),
    fileNames: words(entry.names),
    interpreters: words(entry.interpreters),
    syntax: lexicalSyntaxes[entry.id],
    grammar: entry.grammar,
  };
}

export const languages: readonly Language[] = languageList.map(language);

const byId = new Map(languages.map((one) => [one.id, one]));

function firstWins(pick: (one: Language) => readonly string[]): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const one of languages) for (const key of pick(one)) if (!map.has(key)) map.set(key, one.id);
  return map;
}

/** Language by extension (no dot, lower case), file name (lower case) and interpreter. */
export const languageOfExtension = firstWins((one) => one.extensions);
export const languageOfFileName = firstWins((one) => one.fileNames);
export const languageOfInterpreter = firstWins((one) => one.interpreters);

export function findLanguage(id: string): Language | undefined {
  return byId.get(id);
}

/** The name that people read; the identifier itself where the catalogue does not know it. */
export function languageName(id: string): string {
  return byId.get(id)?.name ?? id;
}

export function languageKind(id: string): LanguageKind {
  return byId.get(id)?.kind ?? 'data';
}

/** Messages of a program and their translations: they repeat what the code says, and a project may hold a thousand such files. */
export function isCatalogue(id: string): boolean {
  return id === 'gettext';
}

/** Whether lines of the language count as code when the size of a repository is told: not data, prose or configuration. */
export function isCodeLanguage(id: string): boolean {
  const kind = languageKind(id);
  return kind === 'programming' || kind === 'markup';
}
