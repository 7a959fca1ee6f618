/** Brings one tree's index up to date: what changed → facts → link → rows. Kept alive by resident processes, with its linker. */
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import type { Emit } from '#base/progress.ts';
import { IndexWriter, readRefused, type RefusedFile } from '#index/index-writer.ts';
import type { IndexedFile } from '#index/indexed-file.ts';
import { createLinker } from '#link/create-linker.ts';
import type { LinkableFile, Linker, LinkUpdate } from '#link/linker.ts';
import { decodeFacts } from '#model/facts-codec.ts';
import type { FileFacts } from '#model/facts.ts';
import type { SkippedFile, SourceFile } from '#model/source-file.ts';
import type { FactsStore } from '#stores/facts-store.ts';
import { readMeta } from '#stores/index-store.ts';
import { unpack } from '#stores/pack.ts';
import type { Connection } from '#stores/sqlite.ts';
import { compareTree } from './compare-tree.ts';
import { Intake } from './intake.ts';
import type { ParseRun } from './parse-pool.ts';
import type { ParseOutcome } from './parse-protocol.ts';
import { SearchWriter } from './search-writer.ts';
import { treeMark } from './tree-mark.ts';
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
  /** What names the model and the id of what it names: `default=…`. */
  readonly modelId: string;
  /** Where no table makes the vectors: segments with them, in order, and what `modelId` is then. */
  readonly embed:
    | ((
        files: readonly { readonly source: SourceFile; readonly segment: Uint8Array }[],
        emit: Emit,
        signal: AbortSignal | undefined,
      ) => Promise<{ readonly modelId: string; readonly segments: readonly Uint8Array[] }>)
    | undefined;
  /** Files whose extractor failed are parsed again. */
  readonly retryFailed: boolean;
  readonly parse: (sources: readonly SourceFile[], signal: AbortSignal | undefined) => ParseRun;
  /** One file on this thread, with its segment; `plain`, for what no extractor can read: its lines and nothing else. */
  readonly parseHere: (source: SourceFile, plain: boolean) => Promise<ParsedOutcome | undefined>;
}

type ParsedOutcome = Extract<ParseOutcome, { kind: 'parsed' }>;

/** How long rows of a first dig may wait for their commit, in milliseconds. */
const COMMIT_INTERVAL = 700;

/** Facts gathered for one commit to facts.db, in bytes. */
const STORE_BYTES = 2 * 1024 * 1024;

/** What a refresh looks at and by which rules. */
interface Round {
  readonly intake: Intake;
  readonly suspects: readonly SourceFile[];
  readonly emit: Emit;
  readonly signal: AbortSignal | undefined;
  readonly startedAt: number;
  /** The whole tree, where it was walked. */
  readonly tree?: ScannedTree;
  /** The index holds nothing complete yet: rows are committed as they come. */
  readonly first: boolean;
}

export class TreeIndexer {
  readonly #parts: IndexerParts;
  readonly #writer: IndexWriter;
  readonly #search: SearchWriter;
  /** Files that are not indexed, by path. */
  #refused: ReadonlyMap<string, RefusedFile>;
  #linker: Linker | undefined;
  #complete: boolean;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#writer = new IndexWriter(parts.connection);
    this.#search = new SearchWriter(parts.connection, parts.modelId);
    this.#refused = byPath(readRefused(parts.connection));
    const meta = readMeta(parts.connection);
    this.#complete =
      meta.get('partial') === 'false' && meta.get('facts') === parts.facts.identity && this.#search.isOfModel;
  }

  get files(): ReadonlyMap<string, IndexedFile> {
    return this.#writer.files;
  }

  /** After a walk. The caller holds the writer lock. */
  async refresh(tree: ScannedTree, emit: Emit, signal?: AbortSignal): Promise<RefreshReport> {
    const { suspects, removed, refused } = compareTree(
      this.#writer.files,
      this.#refused,
      tree.files,
      this.#parts.retryFailed,
    );
    const lost = this.#complete ? [] : this.#withoutFacts(tree.files, new Set(suspects.map(({ path }) => path)));
    this.#parts.project.update(tree);
    const intake = new Intake({
      emit,
      startedAt: tree.startedAt,
      indexed: this.#writer.files,
      removed,
      refused: [...tree.skipped, ...refused],
    });
    return this.#run({
      intake,
      suspects: [...suspects, ...lost],
      emit,
      signal,
      startedAt: tree.startedAt,
      tree,
      first: !this.#complete,
    });
  }

  /** After a change to the content of files that are indexed; the tree is otherwise as it was. The caller holds the writer lock. */
  async refreshFiles(
    sources: readonly SourceFile[],
    startedAt: number,
    emit: Emit,
    signal?: AbortSignal,
  ): Promise<RefreshReport> {
    this.#parts.project.forget();
    const intake = new Intake({
      emit,
      startedAt,
      indexed: this.#writer.files,
      removed: [],
      refused: [...this.#refused.values()],
    });
    return this.#run({ intake, suspects: sources, emit, signal, startedAt, first: false });
  }

  async #run(round: Round): Promise<RefreshReport> {
    const started = performance.now();
    const run = this.#parts.parse(round.suspects, round.signal);
    try {
      return await this.#build(round, run, started);
    } finally {
      await run.close();
    }
  }

  async #build(round: Round, run: ParseRun, started: number): Promise<RefreshReport> {
    const { intake, emit, signal } = round;
    try {
      await this.#parse(round, run);
    } catch (error) {
      this.#parts.connection.rollback();
      throw error;
    }
    const parsed = performance.now();
    emit({ type: 'stage-done', stage: 'parse', milliseconds: parsed - started });
    const update = this.#link(round);
    const linked = performance.now();
    emit({ type: 'stage-done', stage: 'link', milliseconds: linked - parsed });
    throwIfAborted(signal);
    await this.#takeLate(intake, run);
    await this.#embed(round);
    const revision = this.#write(round, update);
    this.#complete = true;
    const written = performance.now();
    emit({ type: 'stage-done', stage: 'index', milliseconds: written - linked });
    return {
      added: intake.added,
      changed: intake.changed.length - intake.added,
      removed: intake.removed.length,
      unchanged: this.#writer.files.size - intake.changed.length,
      reused: intake.reused,
      linked: update.linked.size,
      revision,
      milliseconds: { parse: parsed - started, link: linked - parsed, index: written - linked },
    };
  }

  async #parse(round: Round, run: ParseRun): Promise<void> {
    const { intake, suspects, emit } = round;
    const { connection, facts } = this.#parts;
    let done = 0;
    let committed = performance.now();
    for await (const outcomes of run.outcomes) {
      for (const outcome of outcomes) await this.#sort(suspects[outcome.index]!, outcome, round);
      if (intake.unstoredBytes >= STORE_BYTES) facts.putAll(intake.takeUnstored());
      if (round.first) {
        if (!connection.inTransaction) connection.begin('IMMEDIATE');
        for (const file of intake.unwritten.splice(0)) this.#writer.putFile(file);
        if (performance.now() - committed > COMMIT_INTERVAL) {
          // A reader of the rows may want the facts behind them.
          facts.putAll(intake.takeUnstored());
          this.#commitPartial(round);
          committed = performance.now();
        }
      }
      done += outcomes.length;
      emit({ type: 'progress', stage: 'parse', done, total: suspects.length });
    }
    facts.putAll(intake.takeUnstored());
    if (connection.inTransaction) this.#commitPartial(round);
  }

  async #sort(source: SourceFile, outcome: ParseOutcome, { intake, emit }: Round): Promise<void> {
    if (outcome.kind === 'skipped') intake.refuse(source, outcome);
    else if (outcome.kind === 'parsed') intake.take(source, outcome);
    else {
      emit({ type: 'warning', message: `Only its lines are known: ${outcome.message}.`, path: source.path });
      const plain = await this.#parts.parseHere(source, true);
      if (plain) intake.take(source, plain);
    }
  }

  /** Segments that workers made while the files were linked, and those that a lost worker did not make. */
  async #takeLate(intake: Intake, run: ParseRun): Promise<void> {
    if (intake.late.size === 0) return;
    const made = await run.lateSegments();
    for (const [index, { source, hash }] of intake.late) {
      let segment = made.get(index);
      if (!segment) {
        const again = await this.#parts.parseHere(source, made.has(index));
        if (again?.hash === hash) segment = again.segment;
      }
      if (segment) intake.segments.set(source.path, segment);
      else intake.settled = false;
    }
  }

  /** Vectors of an encoder outside: for the segments that will be written, and for no others. */
  async #embed({ intake, suspects, emit, signal }: Round): Promise<void> {
    const { embed } = this.#parts;
    const changed = new Set(intake.changed.map(({ path }) => path));
    const files = suspects.flatMap((source) => {
      const segment = intake.segments.get(source.path);
      const isKept = !changed.has(source.path) && this.#search.has(this.#writer.files.get(source.path)?.id ?? 0);
      return segment && !isKept ? [{ source, segment }] : [];
    });
    if (!embed || files.length === 0) return;
    const { modelId, segments } = await embed(files, emit, signal);
    this.#search.setModel(modelId);
    files.forEach(({ source }, at) => intake.segments.set(source.path, segments[at]!));
  }

  #commitPartial({ startedAt }: Round): void {
    const { connection, facts } = this.#parts;
    try {
      this.#writer.finish({ asOf: startedAt, level: 'quick', partial: true, factsIdentity: facts.identity });
      connection.commit();
    } catch (error) {
      connection.rollback();
      throw error;
    }
  }

  #link({ intake, emit, signal }: Round): LinkUpdate {
    emit({ type: 'progress', stage: 'link', done: 0, total: undefined });
    if (this.#linker) {
      const paths = [...intake.changed.map(({ path }) => path), ...intake.removed];
      if (paths.some((path) => this.#parts.project.isManifest(path))) this.#linker.invalidateProject();
      return this.#linker.update([...intake.changed, ...this.#rerolled(intake)], intake.removed, signal);
    }
    const known = new Set(intake.changed.map(({ path }) => path));
    const removed = new Set(intake.removed);
    const roles = new Map(intake.touched.map((file) => [file.source.path, file.roles]));
    const files: LinkableFile[] = [...intake.changed];
    for (const file of this.#writer.files.values()) {
      if (known.has(file.path) || removed.has(file.path)) continue;
      const facts = this.#stored(file);
      files.push({ path: file.path, roles: roles.get(file.path) ?? file.roles, facts });
      this.#writer.know(file.path, facts);
    }
    this.#linker = createLinker(this.#parts.project);
    return this.#linker.update(files, [], signal);
  }

  /** Files whose content is as before but whose roles are not. */
  #rerolled(intake: Intake): LinkableFile[] {
    return intake.touched.flatMap(({ source: { path }, roles }) => {
      const old = this.#writer.files.get(path)!;
      return old.roles.join() === roles.join() ? [] : [{ path, roles, facts: this.#stored(old) }];
    });
  }

  #write({ intake, emit, startedAt, tree }: Round, update: LinkUpdate): string {
    const { connection, facts } = this.#parts;
    const walk = tree && intake.settled ? treeMark(tree) : undefined;
    emit({ type: 'progress', stage: 'index', done: 0, total: undefined });
    const gone = intake.removed.flatMap((path) => this.#writer.files.get(path)?.id ?? []);
    const changed = new Set(intake.changed.map(({ path }) => path));
    return connection.transaction(() => {
      for (const path of intake.removed) this.#writer.removeFile(path);
      for (const file of intake.unwritten) this.#writer.putFile(file);
      for (const { source, roles, racy } of intake.touched) this.#writer.touchFile(source, roles, racy);
      this.#writer.writeEdges(update);
      if (!sameRefusals(this.#refused, intake.refused)) {
        this.#refused = byPath(intake.refused);
        this.#writer.writeRefused(intake.refused);
      }
      this.#search.update({
        removed: gone,
        segments: Array.from(intake.segments, ([path, bytes]) => ({
          file: this.#writer.files.get(path)?.id ?? 0,
          bytes,
          isNew: changed.has(path),
        })),
        live: () => this.#writer.ids(),
        inHaste: tree === undefined,
      });
      return this.#writer.finish({
        asOf: startedAt,
        level: 'full',
        partial: false,
        factsIdentity: facts.identity,
        walk,
      });
    });
  }

  #stored(file: IndexedFile): FileFacts {
    const packed = this.#parts.facts.get(file);
    const bytes = packed && unpack(packed);
    const facts = bytes && decodeFacts(bytes);
    if (!facts)
      throw new TrowelError('index-damaged', `The facts of ${file.path} are not in the store.`, {
        hint: 'Run: trowel dig --fresh',
      });
    return facts;
  }

  /** After facts.db was made anew, or a dig that did not end: unchanged files whose facts or words must be made again. */
  #withoutFacts(files: readonly SourceFile[], suspects: ReadonlySet<string>): SourceFile[] {
    return files.filter((source) => {
      const indexed = this.#writer.files.get(source.path);
      return (
        indexed !== undefined &&
        !suspects.has(source.path) &&
        (!this.#parts.facts.has(indexed) || !this.#search.has(indexed.id))
      );
    });
  }
}

function byPath(files: readonly RefusedFile[]): ReadonlyMap<string, RefusedFile> {
  return new Map(files.map((file) => [file.path, file]));
}

function sameRefusals(before: ReadonlyMap<string, RefusedFile>, now: readonly RefusedFile[]): boolean {
  return (
    before.size === now.length &&
    now.every((file) => {
      const old = before.get(file.path);
      return (
        old?.reason === file.reason &&
        old.detail === file.detail &&
        old.stamp?.modified === file.stamp?.modified &&
        old.stamp?.size === file.stamp?.size
      );
    })
  );
}
