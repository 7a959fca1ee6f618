import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { callableKinds, type FileEntry } from './file-entry.ts';
import type { LanguageFamily } from './language-family.ts';

/** More definitions of one name than this, and the name alone says nothing. */
const MOST_RIVALS = 8;

interface Place {
  readonly file: FileEntry;
  readonly symbol: number;
}

/** Callables of the project by family and name: where a call could lead when only its name is known. */
export class NameIndex {
  readonly #names = new Map<LanguageFamily, Map<string, Place[]>>();

  add(file: FileEntry, changed: Set<string>): void {
    const names = this.#family(file.family);
    for (const [name, symbol] of definitions(file)) {
      changed.add(name);
      const places = names.get(name);
      if (places) places.push({ file, symbol });
      else names.set(name, [{ file, symbol }]);
    }
  }

  remove(file: FileEntry, changed: Set<string>): void {
    const names = this.#family(file.family);
    for (const [name] of definitions(file)) {
      changed.add(name);
      const places = names.get(name)?.filter((place) => place.file.number !== file.number);
      if (places && places.length > 0) names.set(name, places);
      else names.delete(name);
    }
  }

  /** Where the name is defined, in the order of paths; empty when there are too many. */
  rivals(family: LanguageFamily, name: string): readonly Place[] {
    const places = this.#names.get(family)?.get(name);
    if (!places || places.length > MOST_RIVALS) return [];
    return places.toSorted((a, b) =>
      a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : a.symbol - b.symbol,
    );
  }

  #family(family: LanguageFamily): Map<string, Place[]> {
    let names = this.#names.get(family);
    if (!names) this.#names.set(family, (names = new Map()));
    return names;
  }
}

function* definitions(file: FileEntry): Generator<readonly [string, number]> {
  const { symbols, strings } = file.facts;
  for (let row = 1; row * SYMBOL_STRIDE < symbols.length; row++) {
    const at = row * SYMBOL_STRIDE;
    if (!callableKinds[symbols[at + SymbolColumn.kind]!] || symbols[at + SymbolColumn.flags]! & SymbolFlag.anonymous)
      continue;
    const name = symbols[at + SymbolColumn.name]!;
    if (name >= 0) yield [strings[name]!, row];
  }
}
