/** A revision of the index, read through one read transaction: what a writer commits later is not seen. */
import { TrowelError } from '#base/errors.ts';
import type { Connection } from '#stores/sqlite.ts';
import { readMeta } from '#stores/index-store.ts';
import type { FileFacts } from '#model/facts.ts';
import type { SymbolKey } from '#model/graph.ts';
import type {
  AdjacencyRows,
  EdgeRecord,
  FileRecord,
  Freshness,
  Snapshot,
  StoredSearch,
  SymbolId,
  SymbolRecord,
  SymbolTable,
} from '#model/snapshot.ts';
import type { SkippedFile } from '#model/source-file.ts';
import { nestedName, symbolKeyParts } from '#model/symbol-key.ts';
import { type EdgeKind, type Provenance, provenances } from '#model/vocabulary.ts';
import { incomingFrom, readOutgoing } from './adjacency.ts';
import { countEdges } from './edge-counts.ts';
import { FileTable } from './file-table.ts';
import type { IndexedFile } from './indexed-file.ts';
import { isType, nearestTo } from './owned-members.ts';
import { modulesByName, resolveSymbols } from './resolve-symbols.ts';
import { storedSearch } from './search-rows.ts';
import { ONE_BY_ONE, StoredEdges } from './stored-edges.ts';
import { keysOfRows, StoredSymbol, type SymbolHome, type SymbolRow } from './stored-symbol.ts';
import { readSymbolTable } from './symbol-columns.ts';

export interface SnapshotSource {
  readonly root: string;
  /** Read-only, with a read transaction open; closed with the snapshot. */
  readonly connection: Connection;
  /** When the tree was last compared; undefined: when the index was written. */
  readonly asOf?: number | undefined;
  facts(file: IndexedFile): FileFacts | undefined;
  /** The file's text if its content still has the hash that was indexed. */
  text(file: IndexedFile): string | undefined;
  readonly onClose?: () => void;
}

/** Unpacked facts kept at hand. */
const KEPT_FACTS = 256;
const CANDIDATE = provenances.indexOf('candidate');

type StoredRow = [
  owner: string | null,
  name: string,
  kind: number,
  flags: number,
  visibility: number,
  start: number,
  end: number,
  parent: number | null,
];
const rowColumns = 'owner, name, kind, flags, visibility, start_line, end_line, parent';

export class StoredSnapshot implements Snapshot, SymbolHome {
  readonly root: string;
  readonly freshness: Freshness;
  readonly #source: SnapshotSource;
  readonly #connection: Connection;
  readonly #rows = new Map<SymbolId, SymbolRow>();
  /** By file: how many rows were read one by one; Infinity once all are known. */
  readonly #rowReads = new Map<number, number>();
  readonly #facts = new Map<number, FileFacts>();
  readonly #keys = new Map<number, readonly string[]>();
  #table: FileTable | undefined;
  #records: readonly FileRecord[] | undefined;
  #paths: readonly string[] | undefined;
  #modules: ReadonlyMap<string, readonly number[]> | undefined;
  #outgoing: AdjacencyRows | undefined;
  #incoming: AdjacencyRows | undefined;
  #symbolTable: SymbolTable | undefined;
  #storedEdges: StoredEdges | undefined;

  constructor(source: SnapshotSource) {
    this.#source = source;
    this.#connection = source.connection;
    this.root = source.root;
    const meta = readMeta(source.connection);
    this.freshness = {
      revision: meta.get('revision') ?? '',
      asOf: source.asOf ?? Number(meta.get('asOf') ?? 0),
      level: meta.get('level') === 'full' ? 'full' : 'quick',
      partial: meta.get('partial') !== 'false',
    };
  }

  get #files(): FileTable {
    return (this.#table ??= new FileTable(this.#connection));
  }

  get #edges(): StoredEdges {
    return (this.#storedEdges ??= new StoredEdges(this.#connection, this.#files, {
      startLine: (id) => this.#row(id).startLine,
      loadRows: (file) => this.#loadRows(file),
    }));
  }

  get fileCount(): number {
    return this.#files.files.length;
  }
  get symbolCount(): number {
    return this.#files.symbolCount;
  }

  files(): readonly FileRecord[] {
    return (this.#records ??= this.#files.files.map((_, file) => this.#files.record(file)));
  }

  fileByPath(path: string): FileRecord | undefined {
    const file = this.#files.fileByPath(path);
    return file === undefined ? undefined : this.#files.record(file);
  }

  symbol(id: SymbolId): SymbolRecord {
    const { file, row } = this.#files.place(id);
    return new StoredSymbol(id, file, this.#files.files[file]!.path, row, this.#row(id), this);
  }

  symbolByKey(key: SymbolKey): SymbolRecord | undefined {
    for (const { path, local } of symbolKeyParts(key)) {
      const file = this.#files.fileByPath(path);
      const row = file === undefined ? -1 : this.#keysOf(file).indexOf(local);
      if (file !== undefined && row >= 0) return this.symbol(this.#files.firstSymbol(file) + row);
    }
    return undefined;
  }

  resolve(query: string): readonly SymbolRecord[] {
    return resolveSymbols(query, {
      paths: (this.#paths ??= this.#files.files.map((file) => file.path)),
      modules: () => (this.#modules ??= modulesByName(this.#paths!)),
      snapshot: this,
      named: (name) => this.#named(name),
    });
  }

  /** Symbols of that name, whatever its case. */
  #named(name: string): readonly SymbolRecord[] {
    return this.#identified('SELECT id FROM symbols WHERE name = ? COLLATE NOCASE', name);
  }

  #identified(sql: string, ...values: readonly string[]): readonly SymbolRecord[] {
    return this.#connection
      .rows<[number]>(sql, ...values)
      .map(([stored]) => this.#files.dense(stored))
      .filter((id) => id >= 0)
      .map((id) => this.symbol(id));
  }

  namesLike(text: string): readonly string[] {
    const letter = [...text][0];
    if (letter === undefined) return [];
    const from = letter.toLowerCase();
    const until = String.fromCodePoint(from.codePointAt(0)! + 1);
    return this.#connection
      .rows<[string]>(
        'SELECT DISTINCT name FROM symbols WHERE name >= ? COLLATE NOCASE AND name < ? COLLATE NOCASE LIMIT 5000',
        from,
        until,
      )
      .map(([name]) => name);
  }

  members(id: SymbolId): readonly SymbolRecord[] {
    const type = this.symbol(id);
    const inside = this.symbolsOf(type.file).filter(({ parent }) => parent === id);
    const owned = this.#identified('SELECT id FROM symbols WHERE owner IN (?, ?)', type.name, type.qualifiedName);
    if (owned.length === 0 || !isType(type)) return inside;
    const language = (symbol: SymbolRecord): string => this.#files.files[symbol.file]!.language;
    const namesakes = this.#named(type.name).filter((other) => isType(other) && language(other) === language(type));
    const own = owned.filter(
      (member) => language(member) === language(type) && nearestTo(member, namesakes)?.id === id,
    );
    return [...inside, ...own];
  }

  symbolsOf(file: number): readonly SymbolRecord[] {
    const first = this.#files.firstSymbol(file);
    this.#loadRows(file);
    return Array.from({ length: this.#files.count(file) }, (_, row) => this.symbol(first + row));
  }

  edgesFrom(id: SymbolId, kinds?: readonly EdgeKind[]): readonly EdgeRecord[] {
    const { file } = this.#files.place(id);
    const edges = [...this.#edges.from(file, id)];
    if (!kinds || kinds.includes('contains')) {
      const first = this.#files.firstSymbol(file);
      this.#loadRows(file);
      for (let child = first; child < first + this.#files.count(file); child++) {
        if (this.#row(child).parent === id) edges.push(this.#contains(id, child));
      }
    }
    return kinds ? edges.filter((edge) => kinds.includes(edge.kind)) : edges;
  }

  edgesOf(file: number): readonly EdgeRecord[] {
    return this.#edges.of(file);
  }

  edgesTo(id: SymbolId, kinds?: readonly EdgeKind[]): readonly EdgeRecord[] {
    const edges = this.#edges.to(id, kinds);
    const { parent } = this.#row(id);
    if (parent !== undefined && (!kinds || kinds.includes('contains'))) edges.push(this.#contains(parent, id));
    return edges;
  }

  userCount(id: SymbolId): number {
    return this.#connection.rows<[number]>(
      'SELECT count(*) FROM edges WHERE target = ? AND label >> 4 <> ?',
      this.#files.stored(id),
      CANDIDATE,
    )[0]![0];
  }

  outgoing(): AdjacencyRows {
    return (this.#outgoing ??= readOutgoing(this.#connection, this.#files, this.symbolTable().startLine));
  }

  incoming(): AdjacencyRows {
    return (this.#incoming ??= incomingFrom(this.outgoing()));
  }

  symbolTable(): SymbolTable {
    return (this.#symbolTable ??= readSymbolTable(this.#connection, this.#files));
  }

  edgeCounts(): Readonly<Record<EdgeKind, Readonly<Record<Provenance, number>>>> {
    return countEdges(this.#connection, this.symbolCount - this.fileCount);
  }

  unresolvedCalls(): number {
    return this.#files.files.reduce((sum, file) => sum + file.unresolved, 0);
  }

  facts(file: number): FileFacts {
    let facts = this.#facts.get(file);
    if (facts) return facts;
    const stored = this.#files.files[file];
    if (!stored) throw new RangeError(`no file ${file} in this snapshot`);
    facts = this.#source.facts(stored);
    if (!facts) {
      throw new TrowelError('index-damaged', `The facts of ${stored.path} are not in the store any more.`, {
        hint: 'Run the command again: the index is made anew.',
      });
    }
    if (this.#facts.size >= KEPT_FACTS) this.#facts.delete(this.#facts.keys().next().value!);
    this.#facts.set(file, facts);
    return facts;
  }

  text(file: number): string | undefined {
    return this.#source.text(this.#files.files[file]!);
  }

  skipped(): readonly SkippedFile[] {
    return this.#connection
      .rows<[string, SkippedFile['reason'], string | null]>('SELECT path, reason, detail FROM skipped ORDER BY path')
      .map(([path, reason, detail]) => ({ path, reason, ...(detail === null ? {} : { detail }) }));
  }

  search(): StoredSearch {
    return storedSearch(this.#connection, this.#files);
  }

  close(): void {
    this.#connection.rollback();
    this.#connection.close();
    this.#source.onClose?.();
  }

  localKey(file: number, row: number): string {
    return this.#keysOf(file)[row]!;
  }

  nesting(id: number): string {
    const { name, owner, parent } = this.#row(id);
    return parent === undefined ? '' : nestedName(this.nesting(parent), owner, name);
  }

  #keysOf(file: number): readonly string[] {
    let keys = this.#keys.get(file);
    if (!keys) {
      this.#loadRows(file);
      const first = this.#files.firstSymbol(file);
      const rows = Array.from({ length: this.#files.count(file) }, (_, row) => this.#row(first + row));
      keys = keysOfRows(rows, first);
      if (this.#keys.size >= KEPT_FACTS) this.#keys.delete(this.#keys.keys().next().value!);
      this.#keys.set(file, keys);
    }
    return keys;
  }

  #row(id: SymbolId): SymbolRow {
    let row = this.#rows.get(id);
    if (!row) {
      const { file } = this.#files.place(id);
      const reads = (this.#rowReads.get(file) ?? 0) + 1;
      this.#rowReads.set(file, reads);
      if (reads === ONE_BY_ONE) {
        this.#loadRows(file);
        row = this.#rows.get(id);
        if (row) return row;
      }
      const found = this.#connection.rows<StoredRow>(
        `SELECT ${rowColumns} FROM symbols WHERE id = ?`,
        this.#files.stored(id),
      )[0];
      if (!found)
        throw new TrowelError('index-damaged', `The index has no symbol ${id}.`, { hint: 'Run: trowel dig --fresh' });
      row = this.#keep(id, found);
    }
    return row;
  }

  /** Reads all rows of a file at once. */
  #loadRows(file: number): void {
    if (this.#rowReads.get(file) === Infinity) return;
    this.#rowReads.set(file, Infinity);
    let id = this.#files.firstSymbol(file);
    const { ids } = this.#files.files[file]!;
    for (let at = 0; at < ids.length; at += 2) {
      const last = ids[at]! + ids[at + 1]! - 1;
      for (const row of this.#connection.rows<StoredRow>(
        `SELECT ${rowColumns} FROM symbols WHERE id BETWEEN ? AND ? ORDER BY id`,
        ids[at]!,
        last,
      )) {
        if (!this.#rows.has(id)) this.#keep(id, row);
        id++;
      }
    }
  }

  #keep(id: SymbolId, [owner, name, kind, flags, visibility, startLine, endLine, parent]: StoredRow): SymbolRow {
    const row = {
      owner: owner ?? undefined,
      name,
      kind,
      flags,
      visibility,
      startLine,
      endLine,
      parent: parent === null ? undefined : this.#files.dense(parent),
    };
    this.#rows.set(id, row);
    return row;
  }

  #contains(parent: SymbolId, child: SymbolId): EdgeRecord {
    return {
      source: parent,
      target: child,
      external: undefined,
      kind: 'contains',
      provenance: 'exact',
      line: this.#row(child).startLine,
      column: 1,
      rivals: 1,
    };
  }
}
