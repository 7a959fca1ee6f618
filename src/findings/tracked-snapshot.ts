/** A snapshot that says what is read of it beyond one file, and what a newer one has in another way. */
import type { KeptUnits } from '#base/kept-units.ts';
import type { EdgeRecord, FileRecord, Snapshot } from '#model/snapshot.ts';

/** Keys of reads. `text`: a file's own rows and words; `edges`: what they lead to; `uses`: what leads to them. */
const key = {
  text: (path: string): string => `text ${path}`,
  edges: (path: string): string => `edges ${path}`,
  uses: (path: string): string => `uses ${path}`,
  paths: 'paths',
  owned: 'owned',
  all: 'all',
} as const;

/** Languages in which a type's members may be declared in other files. */
const spread = /^(?:python|javascript|jsx|typescript|tsx|vue|svelte|astro|html|css|markdown|json|yaml|toml)$/;

/**
 * What `own` says of itself is not noted: a unit of a file is forgotten when the file changes. All else is, by file: that it is
 * the same snapshot's other answers that changed matters only where they were read.
 */
export function trackedSnapshot(snapshot: Snapshot, units: KeptUnits<unknown>, own: () => FileRecord): Snapshot {
  const files = snapshot.files();
  const fileOf = (id: number): FileRecord => fileOfSymbol(files, id);
  const text = (file: FileRecord): void => {
    if (file.id !== own().id) units.read(key.text(file.path));
  };
  const edges = (id: number): void => {
    const file = fileOf(id);
    if (file.id === own().id) return;
    units.read(key.text(file.path));
    units.read(key.edges(file.path));
  };
  const seen = (found: readonly EdgeRecord[]): readonly EdgeRecord[] => {
    for (const { source } of found) edges(source);
    return found;
  };
  const whole = <Member extends keyof Snapshot>(name: Member): Snapshot[Member] => {
    units.read(key.all);
    const member = snapshot[name];
    return (typeof member === 'function' ? member.bind(snapshot) : member) as Snapshot[Member];
  };
  return {
    root: snapshot.root,
    get freshness() {
      return whole('freshness');
    },
    get fileCount() {
      units.read(key.paths);
      return snapshot.fileCount;
    },
    get symbolCount() {
      return whole('symbolCount');
    },
    files() {
      units.read(key.paths);
      return files;
    },
    fileByPath(path) {
      const file = snapshot.fileByPath(path);
      if (file) text(file);
      else units.read(key.paths);
      return file;
    },
    symbol(id) {
      text(fileOf(id));
      return snapshot.symbol(id);
    },
    symbolByKey: (...given) => whole('symbolByKey')(...given),
    resolve: (...given) => whole('resolve')(...given),
    namesLike: (...given) => whole('namesLike')(...given),
    symbolsOf(file) {
      text(files[file]!);
      return snapshot.symbolsOf(file);
    },
    members(id) {
      const file = fileOf(id);
      text(file);
      if (!spread.test(file.language)) units.read(key.owned);
      return snapshot.members(id);
    },
    edgesFrom(id, kinds) {
      edges(id);
      return snapshot.edgesFrom(id, kinds);
    },
    edgesOf(file) {
      edges(files[file]!.firstSymbol);
      return snapshot.edgesOf(file);
    },
    userCount(id) {
      units.read(key.uses(fileOf(id).path));
      seen(snapshot.edgesTo(id));
      return snapshot.userCount(id);
    },
    edgesTo(id, kinds) {
      units.read(key.uses(fileOf(id).path));
      text(fileOf(id));
      return seen(snapshot.edgesTo(id, kinds));
    },
    outgoing: () => whole('outgoing')(),
    incoming: () => whole('incoming')(),
    symbolTable: () => whole('symbolTable')(),
    edgeCounts: () => whole('edgeCounts')(),
    unresolvedCalls: () => whole('unresolvedCalls')(),
    facts(file) {
      text(files[file]!);
      return snapshot.facts(file);
    },
    text(file) {
      text(files[file]!);
      return snapshot.text(file);
    },
    skipped: () => whole('skipped')(),
    search: () => whole('search')(),
    close: () => undefined,
  };
}

function fileOfSymbol(files: readonly FileRecord[], id: number): FileRecord {
  let low = 0;
  let high = files.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (files[middle]!.firstSymbol <= id) low = middle;
    else high = middle;
  }
  return files[low]!;
}

/** What is known of a file without looking into it. */
export interface FileMark {
  readonly content: string;
  readonly edges: number;
}

export type TreeMarks = ReadonlyMap<string, FileMark>;

export function marksOf(snapshot: Snapshot): TreeMarks {
  return new Map(
    snapshot
      .files()
      .map(({ path, hash, language, roles, partial, edgesHash }) => [
        path,
        { content: `${hash} ${language} ${roles.join()} ${partial}`, edges: edgesHash },
      ]),
  );
}

export interface TreeChange {
  /** Files that came, went or have another content. */
  readonly changed: ReadonlySet<string>;
  /** Those, and files whose edges are others. */
  readonly relinked: ReadonlySet<string>;
  /** Keys of reads that may give something else now. */
  readonly keys: ReadonlySet<string>;
}

/** Files came or went. */
export function hasOtherPaths(keys: ReadonlySet<string>): boolean {
  return keys.has(key.paths);
}

export function changeBetween(before: TreeMarks, now: TreeMarks, snapshot: Snapshot): TreeChange {
  const changed = new Set<string>();
  const relinked = new Set<string>();
  const keys = new Set<string>();
  for (const [path, mark] of now) {
    const old = before.get(path);
    if (old?.content === mark.content && old.edges === mark.edges) continue;
    relinked.add(path);
    if (old?.content !== mark.content) changed.add(path);
    if (!old) keys.add(key.paths);
  }
  for (const path of before.keys())
    if (!now.has(path)) {
      changed.add(path);
      relinked.add(path);
      keys.add(key.paths);
    }
  if (relinked.size === 0) return { changed, relinked, keys };
  keys.add(key.all);
  for (const path of changed) {
    keys.add(key.text(path));
    const language = snapshot.fileByPath(path)?.language;
    if (language === undefined || !spread.test(language)) keys.add(key.owned);
  }
  const files = snapshot.files();
  for (const path of relinked) {
    keys.add(key.edges(path));
    const file = snapshot.fileByPath(path);
    // What it leads to now; those that it led to before have read its edges.
    for (const { target } of file ? snapshot.edgesOf(file.id) : [])
      if (target >= 0) keys.add(key.uses(fileOfSymbol(files, target).path));
  }
  return { changed, relinked, keys };
}
