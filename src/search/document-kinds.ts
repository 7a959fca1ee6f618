import { CHUNK_KIND } from '#model/search-segment.ts';
import type { SearchFilters } from '#model/search.ts';
import { chunkKinds, symbolKinds } from '#model/vocabulary.ts';
import type { SearchIndex } from './search-index.ts';

export function kindName(index: SearchIndex, document: number): string {
  const kind = index.kind(document);
  return kind >= CHUNK_KIND ? chunkKinds[kind - CHUNK_KIND]! : symbolKinds[kind]!;
}

export function acceptor(index: SearchIndex, filters: SearchFilters): (document: number) => boolean {
  const { accepts, kinds } = filters;
  if (filters.acceptsAll === true && kinds.size === 0) return (document) => index.file[document]! >= 0;
  return (document) => {
    const file = index.file[document]!;
    return file >= 0 && accepts(file) && (kinds.size === 0 || kinds.has(answerKind(index, document)));
  };
}

/** The kind under which a document is shown and filtered. */
export function answerKind(index: SearchIndex, document: number): string {
  const kind = kindName(index, document);
  if (kind === 'module') return 'file';
  if (kind === 'prose') return 'section';
  return kind === 'code' || kind === 'comment' || kind === 'docstring' ? 'text' : kind;
}
