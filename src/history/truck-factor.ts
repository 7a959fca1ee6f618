import type { FileHistory } from '#model/history.ts';

export interface TruckFactor {
  /** How many authors have to leave until more than half of the files have no author left; 0 without files. */
  readonly factor: number;
  /** Those authors, in the order in which they were taken away, with the number of files they know. */
  readonly keyAuthors: readonly { readonly author: number; readonly files: number }[];
}

/** Normalised degree of authorship above which one counts as an author of a file (Avelino et al., 2016). */
const AUTHORSHIP_THRESHOLD = 0.75;

/** Authors of a file in the sense of the truck factor. */
function knowers(file: FileHistory): readonly number[] {
  return file.authors.filter(({ authorship }) => authorship > AUTHORSHIP_THRESHOLD).map(({ author }) => author);
}

/** "A novel approach for estimating truck factors" (Avelino, Passos, Hora, Valente, ICPC 2016): greedy removal of top authors. */
export function truckFactor(files: Iterable<FileHistory>): TruckFactor {
  const known = Array.from(files, (file) => new Set(knowers(file)));
  if (known.length === 0) return { factor: 0, keyAuthors: [] };
  const keyAuthors: { author: number; files: number }[] = [];
  let orphans = known.filter((authors) => authors.size === 0).length;
  while (orphans <= known.length / 2) {
    const top = mostFrequent(known);
    if (!top) break;
    keyAuthors.push({ author: top.author, files: top.files });
    for (const authors of known) if (authors.delete(top.author) && authors.size === 0) orphans++;
  }
  return { factor: keyAuthors.length, keyAuthors };
}

/** A folder in which one author alone knows nearly everything. */
export interface KnowledgeIsland {
  readonly folder: string;
  readonly author: number;
  readonly files: number;
  /** Share of the folder's files that only this author knows. */
  readonly share: number;
}

/** Largest first. */
export function knowledgeIslands(
  files: Iterable<FileHistory>,
  minimumFiles = 4,
  minimumShare = 0.8,
): KnowledgeIsland[] {
  const folders = Map.groupBy(files, ({ path }) => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'));
  const islands: KnowledgeIsland[] = [];
  for (const [folder, members] of folders) {
    const alone = members.map(knowers).filter((authors) => authors.length === 1);
    const top = mostFrequent(alone);
    if (!top || members.length < minimumFiles || top.files / members.length < minimumShare) continue;
    islands.push({ folder, author: top.author, files: members.length, share: top.files / members.length });
  }
  return islands.sort((a, b) => b.files - a.files || (a.folder < b.folder ? -1 : 1));
}

function mostFrequent(known: Iterable<Iterable<number>>): { author: number; files: number } | undefined {
  const counts = new Map<number, number>();
  for (const authors of known) for (const author of authors) counts.set(author, (counts.get(author) ?? 0) + 1);
  const top = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  return top && { author: top[0], files: top[1] };
}
