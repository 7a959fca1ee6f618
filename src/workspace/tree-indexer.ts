/** Brings one tree's index up to date: what changed → facts → link → rows. Kept alive by resident processes, with its linker. */
import type { Emit } from '#base/progress.ts';
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import { IndexWriter, type ParsedFile, readRefused, type RefusedFile } from '#index/index-writer.ts';
import type { IndexedFile } from '#index/indexed-file.ts';
import { createLinker } from '#link/create-linker.ts';
import type { LinkableFile, Linker } from '#link/linker.ts';
import { decodeFacts } from '#model/facts-codec.ts';
import type { FileFacts } from '#model/facts.ts';
import type { FileRole, SkippedFile, SourceFile } from '#model/source-file.ts';
import type { FactsKey, FactsStore } from '#stores/facts-store.ts';
import { readMeta } from '#stores/index-store.ts';
import { unpack } from '#stores/pack.ts';
import type { Connection } from '#stores/sqlite.ts';
import { compareTree, isRacy } from './compare-tree.ts';
import type { ParseOutcome } from './parse-protocol.ts';
import type { TreeProject } from './tree-project.ts';

/** A tree as scan saw it. */
export interface ScannedTree {
  readonly files: readonly SourceFile[];
  readonly skipped: readonly SkippedFile[];
  readonly manifests: readonly string[];
  /** When the walk began, in milliseconds since the epoch. */
  readonly startedAt: number;
}

export interface RefreshReport {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Files whose facts were in the store already. */
  readonly reused: number;
  /** Files whose edges were computed. */
  readonly linked: number;
  readonly milliseconds: Readonly<Record<'parse' | 'link' | 'index', number>>;
  readonly revision: string;
}

export interface IndexerParts {
  readonly connection: Connection;
  readonly facts: FactsStore;
  readonly project: TreeProject;
  /** Parses files, in batches, in any order; each file once. */
  readonly parse: (sources: readonly SourceFile[], signal: AbortSignal | undefined) => AsyncIterable<readonly ParseOutcome[]>;
  /** Facts of a file that no extractor can read: its lines and nothing else. */
  readonly plainFacts: (source: SourceFile) => Promise<Extract<ParseOutcome, { kind: 'parsed' }> | undefined>;
}

/** How long rows of a first dig may wait for their commit, in milliseconds. */
const COMMIT_INTERVAL = 700;

export class TreeIndexer {
  readonly #parts: IndexerParts;
  readonly #writer: IndexWriter;
  /** Files that were read and refused, by path. */
  #refused: ReadonlyMap<string, RefusedFile>;
  #linker: Linker | undefined;
  #complete: boolean;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#writer = new IndexWriter(parts.connection);
    this.#refused = new Map(readRefused(parts.connection).map((file) => [file.path, file]));
    const meta = readMeta(parts.connection);
    this.#complete = meta.get('partial') === 'false' && meta.get('facts') === parts.facts.identity;
  }

  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#writer.files;
  }

  /** The caller holds the writer lock. */
  async refresh(tree: ScannedTree, emit: Emit, signal?: AbortSignal): Promise<RefreshReport> {
    const difference = compareTree(this.#writer.files, this.#refused, tree.files);
    const lost = this.#complete ? [] : this.#withoutFacts(tree.files, new Set(difference.suspects.map(({ path }) => path)));
    const run: Run = {
      emit, signal, tree, first: !this.#complete, changed: [], touched: [], fresh: [], reused: 0, added: 0,
      skipped: [...tree.skipped, ...difference.refused], removed: [...difference.removed],
    };
    const times = { parse: performance.now(), link: 0, index: 0 };
    try {
      await this.#parse([...difference.suspects, ...lost], run);
    } catch (error) {
      this.#parts.connection.rollback();
      throw error;
    }
    times.link = performance.now();
    emit({ type: 'stage-done', stage: 'parse', milliseconds: times.link - times.parse });
    this.#parts.project.update(tree);
    const update = this.#link(run);
    times.index = performance.now();
    emit({ type: 'stage-done', stage: 'link', milliseconds: times.index - times.link });
    throwIfAborted(signal);
    const revision = this.#write(run, update);
    this.#complete = true;
    this.#refused = new Map(run.skipped.map((file) => [file.path, file]));
    const end = performance.now();
    emit({ type: 'stage-done', stage: 'index', milliseconds: end - times.index });
    return {
      added: run.added, changed: run.changed.length - run.added, removed: run.removed.length,
      unchanged: tree.files.length - run.changed.length, reused: run.reused, linked: update.linked.size, revision,
      milliseconds: { parse: times.link - times.parse, link: times.index - times.link, index: end - times.index },
    };
  }

  async #parse(sources: readonly SourceFile[], run: Run): Promise<void> {
    let done = 0;
    let committed = performance.now();
    for await (const outcomes of this.#parts.parse(sources, run.signal)) {
      const toStore: [FactsKey, Uint8Array][] = [];
      for (const outcome of outcomes) {
        const source = sources[outcome.index]!;
        if (outcome.kind === 'skipped') this.#skip(source, outcome, run);
        else if (outcome.kind === 'parsed') this.#take(source, outcome, run, toStore);
        else {
          run.emit({ type: 'warning', message: `Only its lines are known: ${outcome.message}.`, path: source.path });
          const plain = await this.#parts.plainFacts(source);
          if (plain) this.#take(source, plain, run, []);
        }
      }
      if (toStore.length > 0) this.#parts.facts.putAll(toStore);
      if (run.first) {
        if (!this.#parts.connection.inTransaction) this.#parts.connection.begin('IMMEDIATE');
        for (const file of run.fresh) this.#writer.putFile(file);
        run.fresh.length = 0;
        if (performance.now() - committed > COMMIT_INTERVAL) {
          this.#commitPartial(run);
          committed = performance.now();
        }
      }
      done += outcomes.length;
      run.emit({ type: 'progress', stage: 'parse', done, total: sources.length });
    }
    if (run.first && this.#parts.connection.inTransaction) this.#commitPartial(run);
  }

  #skip(source: SourceFile, { reason, detail }: Extract<ParseOutcome, { kind: 'skipped' }>, run: Run): void {
    // What was racing with the read is looked at again next time.
    const settled = reason !== 'changed-while-read' && !isRacy(source.stamp, run.tree.startedAt);
    run.skipped.push({ path: source.path, reason, ...(detail === undefined ? {} : { detail }), stamp: settled ? source.stamp : undefined });
    if (this.#writer.files.has(source.path)) run.removed.push(source.path);
  }

  #take(source: SourceFile, outcome: Extract<ParseOutcome, { kind: 'parsed' }>, run: Run, toStore: [FactsKey, Uint8Array][]): void {
    const { hash, bytes, declarations, encoded, packed } = outcome;
    const { language, roles, stamp } = outcome.file;
    const racy = isRacy(stamp, run.tree.startedAt);
    const old = this.#writer.files.get(source.path);
    for (const message of outcome.warnings) run.emit({ type: 'warning', message, path: source.path });
    if (packed) toStore.push([{ hash, language, declarations }, packed]);
    else run.reused++;
    if (old && old.hash === hash && old.language === language && old.declarations === declarations) {
      run.touched.push({ source: { ...source, stamp }, roles, racy });
      return;
    }
    const facts = decodeFacts(encoded);
    if (!facts) throw new TrowelError('index-damaged', `The facts of ${source.path} cannot be read.`);
    if (!old) run.added++;
    run.changed.push({ path: source.path, roles, facts });
    run.fresh.push({ source: { ...source, stamp }, language, roles, declarations, hash, bytes, racy, facts });
  }

  #commitPartial(run: Run): void {
    const { connection, facts } = this.#parts;
    try {
      this.#writer.finish({ asOf: run.tree.startedAt, level: 'quick', partial: true, factsIdentity: facts.identity });
      connection.commit();
    } catch (error) {
      connection.rollback();
      throw error;
    }
  }

  #link(run: Run): ReturnType<Linker['update']> {
    run.emit({ type: 'progress', stage: 'link', done: 0, total: undefined });
    if (this.#linker) {
      if ([...run.changed.map(({ path }) => path), ...run.removed].some((path) => this.#parts.project.isManifest(path))) {
        this.#linker.invalidateProject();
      }
      return this.#linker.update([...run.changed, ...this.#rerolled(run)], run.removed, run.signal);
    }
    const known = new Set(run.changed.map(({ path }) => path));
    const removed = new Set(run.removed);
    const roles = new Map(run.touched.map(({ source, roles: now }) => [source.path, now]));
    const files: LinkableFile[] = [...run.changed];
    for (const file of this.#writer.files.values()) {
      if (known.has(file.path) || removed.has(file.path)) continue;
      const facts = this.#stored(file);
      files.push({ path: file.path, roles: roles.get(file.path) ?? file.roles, facts });
      this.#writer.know(file.path, facts);
    }
    this.#linker = createLinker(this.#parts.project);
    return this.#linker.update(files, [], run.signal);
  }

  /** Files whose content is as before but whose roles are not. */
  #rerolled(run: Run): LinkableFile[] {
    return run.touched.flatMap(({ source, roles }) => {
      const old = this.#writer.files.get(source.path)!;
      return old.roles.join() === roles.join() ? [] : [{ path: source.path, roles, facts: this.#stored(old) }];
    });
  }

  #write(run: Run, update: ReturnType<Linker['update']>): string {
    const { connection, facts } = this.#parts;
    run.emit({ type: 'progress', stage: 'index', done: 0, total: undefined });
    return connection.transaction(() => {
      for (const path of run.removed) this.#writer.removeFile(path);
      for (const file of run.fresh) this.#writer.putFile(file);
      for (const { source, roles, racy } of run.touched) this.#writer.touchFile(source, roles, racy);
      this.#writer.writeEdges(update);
      this.#writer.writeSkipped(run.skipped);
      return this.#writer.finish({ asOf: run.tree.startedAt, level: 'full', partial: false, factsIdentity: facts.identity });
    });
  }

  #stored(file: IndexedFile): FileFacts {
    const packed = this.#parts.facts.get(file);
    const bytes = packed && unpack(packed);
    const facts = bytes && decodeFacts(bytes);
    if (!facts) throw new TrowelError('index-damaged', `The facts of ${file.path} are not in the store.`, { hint: 'Run: trowel dig --fresh' });
    return facts;
  }

  /** After facts.db was made anew, or a dig that did not end: unchanged files whose facts must be made again. */
  #withoutFacts(files: readonly SourceFile[], suspects: ReadonlySet<string>): SourceFile[] {
    return files.filter((source) => {
      const indexed = this.#writer.files.get(source.path);
      return indexed !== undefined && !suspects.has(source.path) && !this.#parts.facts.has(indexed);
    });
  }
}

interface Run {
  readonly emit: Emit;
  readonly signal: AbortSignal | undefined;
  readonly tree: ScannedTree;
  /** The index holds nothing complete yet: rows are committed as they come. */
  readonly first: boolean;
  readonly changed: LinkableFile[];
  readonly touched: { readonly source: SourceFile; readonly roles: readonly FileRole[]; readonly racy: boolean }[];
  readonly fresh: ParsedFile[];
  readonly skipped: RefusedFile[];
  readonly removed: string[];
  reused: number;
  added: number;
}
