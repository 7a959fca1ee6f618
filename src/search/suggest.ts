/** What a person who has typed this much may mean: names of symbols, one of each. */
import type { SearchFilters, Suggestion } from '#model/search.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { matchWorth, namesLike } from './name-matches.ts';
import { acceptor, answerKind } from './document-kinds.ts';
import { searchIndexOf } from './find.ts';

/** Names that match are ranked by how, by what they name, and by who uses it. */
const LOOKED_AT = 200;

export function suggest(
  snapshot: Snapshot,
  typed: string,
  filters: SearchFilters,
  limit: number,
): readonly Suggestion[] {
  const wanted =
    typed
      .trim()
      .split(/::|[.#]/)
      .pop() ?? '';
  if (wanted === '') return [];
  const index = searchIndexOf(snapshot);
  const scored = namesLike(index, wanted, acceptor(index, filters), LOOKED_AT).map(({ document, match }) => {
    const file = snapshot.files()[index.file[document]!]!;
    const users = snapshot.userCount(file.firstSymbol + index.symbolRow(document));
    const aside = file.roles.some((role) => role === 'test' || role === 'generated' || role === 'vendored') ? 0.3 : 0;
    return { document, file, score: matchWorth[match] + Math.min(0.3, Math.log2(1 + users) / 30) - aside };
  });
  scored.sort((a, b) => b.score - a.score || a.file.id - b.file.id || a.document - b.document);
  const byName = new Map<string, Suggestion>();
  for (const { document, file } of scored) {
    const name = index.name(document);
    const known = byName.get(name);
    if (known) byName.set(name, { ...known, more: known.more + 1 });
    else
      byName.set(name, {
        name,
        kind: answerKind(index, document),
        path: file.path,
        line: index.startLine(document),
        more: 0,
      });
  }
  return [...byName.values()].slice(0, limit);
}
