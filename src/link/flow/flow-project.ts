import { FLOW_STRIDE } from '#model/flow.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '#model/graph.ts';
import type { FileRole } from '#model/source-file.ts';
import type { DeepEdges } from '../file-edges.ts';
import type { FileEntry } from '../file-entry.ts';
import type { FindFile } from '../export-lookup.ts';
import type { ModuleResolver } from '../modules/module-resolver.ts';
import type { Dialect } from './dialects/dialect.ts';
import { Exchange, FactKind, type Told } from './exchange.ts';
import { FlowEdges } from './flow-edges.ts';
import { Linearizations } from './linearizations.ts';
import { NameTable, ObjectKind, ObjectTable } from './objects.ts';
import { fireOperation } from './operations.ts';
import type { PairMap } from './pair-map.ts';
import { lookUp } from './path-questions.ts';
import { ALL_NAMES, BY_NAME } from './port.ts';
import { Program } from './program.ts';
import { movedSymbols, shapesOf } from './shapes.ts';
import { FileRun, phases, ROUNDS } from './solve-file.ts';
import { FlowSystem, SHAPE } from './system.ts';
import type { SystemInput } from './system-input.ts';

/**
 * By the rows of all files: objects that a channel tells, objects that a set of a file's own system holds, steps that a file
 * may take for each of its rows, and copies of a factory. The more code meets in one place, the less a wide set says of any of it: on Django, a call with
 * four or more callees has a third of them right.
 */
const limits = [
  { rows: 150_000, told: 24, held: 48, steps: 50, copies: 64 },
  { rows: 1_000_000, told: 12, held: 24, steps: 25, copies: 32 },
  { rows: Infinity, told: 6, held: 12, steps: 8, copies: 0 },
] as const;
const MOST_OUTSIDE = 4;
const MOST_CONSTANTS = 8;
/** Steps that every file may take. */
const LEAST_STEPS = 50_000;
/** An update that has solved this share of all files solves everything anew. */
const LARGEST_SHARE = 0.5;

export interface FlowProjectInput {
  /** All files of the family, in the order of their paths. */
  readonly files: readonly FileEntry[];
  /** Numbers of files whose content, imports or existence changed since the last update. */
  readonly changed: ReadonlySet<number>;
  readonly find: FindFile;
  readonly resolver: ModuleResolver | undefined;
}

/** What one file told, what it had open, and the edges that were found. */
interface FileSolution {
  readonly told: Int32Array;
  readonly channels: Int32Array;
  readonly aspects: Int32Array;
  /** Names that were asked of relations (Port). */
  readonly questions: PairMap;
  readonly looked: ReadonlyMap<string, string | undefined>;
  readonly edges: DeepEdges;
}

/** What others or a minifier wrote is linked by scope and imports alone: it costs more to solve than the project itself. */
function isForeignCode(role: FileRole): boolean {
  return role === 'minified' || role === 'vendored';
}

/** Data flow over the files of one family of languages, kept between updates. */
export class FlowProject {
  readonly #makeDialect: (system: FlowSystem) => Dialect;
  readonly #names = new NameTable();
  readonly #paths: string[] = [];
  #objects: ObjectTable;
  #exchange: Exchange;
  #linearizations = new Linearizations();
  #limits: (typeof limits)[number] = limits[0];
  readonly #programs = new Map<number, Program>();
  readonly #solutions = new Map<number, FileSolution>();

  constructor(makeDialect: (system: FlowSystem) => Dialect) {
    this.#makeDialect = makeDialect;
    // A module of data (`require('./package.json')`) has no program and no path here.
    this.#objects = new ObjectTable(this.#names, (file) => this.#paths[file] ?? '');
    this.#exchange = this.#makeExchange();
  }

  #makeExchange(): Exchange {
    return new Exchange((object) => this.#kindOf(object), [this.#limits.told, MOST_OUTSIDE, MOST_CONSTANTS]);
  }

  edges(file: number): DeepEdges | undefined {
    return this.#solutions.get(file)?.edges;
  }

  /** Returns the numbers of the files whose edges are not what they were. */
  update(input: FlowProjectInput): ReadonlySet<number> {
    if (input.changed.size === 0) return new Set();
    const old = new Map<number, DeepEdges>();
    const dirty = this.#takePrograms(input, old);
    const rows = sum([...this.#programs.values()].map((program) => program.facts.flow.length / FLOW_STRIDE));
    const present = limits.find((limit) => rows <= limit.rows)!;
    const isFresh = present !== this.#limits || dirty.size > this.#programs.size * LARGEST_SHARE;
    this.#limits = present;
    if (isFresh || !this.#solveAgain(input, dirty, old)) this.#solveAll(input, old);
    const moved = new Set<number>();
    for (const [file, edges] of old) {
      const now = this.#solutions.get(file)?.edges;
      if (!now || !sameEdges(edges, now)) moved.add(file);
    }
    return moved;
  }

  /** Programs of changed files; returns the files that have to be solved again: those, and who looked at what is other now. */
  #takePrograms(input: FlowProjectInput, old: Map<number, DeepEdges>): Set<number> {
    const dirty = new Set<number>();
    const present = new Map(
      input.files
        .filter((file) => file.facts.level === 'flow' && !file.roles.some(isForeignCode))
        .map((file) => [file.number, file] as const),
    );
    let samePaths = true;
    for (const file of input.files) this.#paths[file.number] = file.path;
    for (const number of input.changed) {
      const before = this.#programs.get(number);
      const entry = present.get(number);
      const shapes = before && shapesOf(before, this.#objects);
      before?.retire(this.#objects);
      const now = entry && new Program(entry, this.#names, this.#objects);
      if (!now || !before) samePaths = false;
      if (now) {
        this.#programs.set(number, now);
        dirty.add(number);
      } else this.#programs.delete(number);
      const nowShapes = now && shapesOf(now, this.#objects);
      for (const object of new Set([...(shapes?.keys() ?? []), ...(nowShapes?.keys() ?? [])])) {
        if (shapes?.get(object) === nowShapes?.get(object)) continue;
        for (const file of this.#exchange.askers(object, SHAPE)) dirty.add(file);
      }
      if (before && now) this.#moveTargets(before, now, old);
      if (before && !now) this.#remove(number, dirty, old);
    }
    if (!samePaths) this.#lookForParts(input, dirty);
    for (const number of dirty) if (!this.#programs.has(number)) dirty.delete(number);
    return dirty;
  }

  /** Parts of packages are found by their paths. */
  #lookForParts({ resolver }: FlowProjectInput, dirty: Set<number>): void {
    for (const [number, { looked }] of this.#solutions)
      for (const [question, answer] of looked) if (lookUp(resolver, question) !== answer) dirty.add(number);
  }

  #remove(file: number, dirty: Set<number>, old: Map<number, DeepEdges>): void {
    const solution = this.#solutions.get(file);
    if (!solution) return;
    old.set(file, solution.edges);
    this.#exchange.forget(solution.aspects, solution.channels, file);
    this.#touchReaders(this.#exchange.retract(file, solution.told), file, dirty);
    this.#solutions.delete(file);
  }

  /** Edges of other files lead to symbols by their rows, and those moved. */
  #moveTargets(before: Program, now: Program, old: Map<number, DeepEdges>): void {
    const rows = movedSymbols(before, now);
    if (!rows) return;
    for (const [file, solution] of this.#solutions) {
      const { edges } = solution.edges;
      let copy: Int32Array | undefined;
      for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
        if (edges[at + LinkedEdgeColumn.targetFile] !== now.number) continue;
        const row = rows[edges[at + LinkedEdgeColumn.targetSymbol]!]!;
        // What is gone is found anew when the file is solved again.
        if (row < 0 || row === edges[at + LinkedEdgeColumn.targetSymbol]) continue;
        copy ??= edges.slice();
        copy[at + LinkedEdgeColumn.targetSymbol] = row;
      }
      if (!copy) continue;
      if (!old.has(file)) old.set(file, solution.edges);
      this.#solutions.set(file, { ...solution, edges: { ...solution.edges, edges: copy } });
    }
  }

  /** Solves files until none is told anything new; false when that were most of them. */
  #solveAgain(input: FlowProjectInput, dirty: Set<number>, old: Map<number, DeepEdges>): boolean {
    let left = 16 + this.#programs.size * LARGEST_SHARE;
    const system = this.#systemInput(input);
    for (const file of dirty) {
      dirty.delete(file);
      if (--left < 0) return false;
      const known = this.#solutions.get(file);
      if (known) {
        if (!old.has(file)) old.set(file, known.edges);
        this.#exchange.forget(known.aspects, known.channels, file);
      } else old.set(file, NO_EDGES);
      const before = this.#exchange.retract(file, known?.told ?? []);
      const program = this.#programs.get(file)!;
      const run = new FileRun(this.#open(system, program), program);
      const { told } = run.system.port;
      let said = 0;
      run.replay(() => {
        this.#exchange.say(file, told, said, before);
        said = told.length;
      });
      const solution = this.#finish(run, program);
      this.#solutions.set(file, solution);
      this.#touchReaders(before, file, dirty);
    }
    return true;
  }

  /** Adds the files that look at what is told otherwise than before. */
  #touchReaders(before: ReadonlyMap<number, Told>, file: number, dirty: Set<number>): void {
    for (const [channel, values] of this.#exchange.changed(before))
      this.#exchange.eachReader(channel, (reader) => {
        if (reader !== file && !dirty.has(reader) && this.#matters(channel, values, reader)) dirty.add(reader);
      });
  }

  /** Whether a file that has a channel open looks at any of the values. */
  #matters(channel: number, values: readonly number[], reader: number): boolean {
    const questions = this.#solutions.get(reader)?.questions;
    if (!questions || questions.get(channel, BY_NAME) < 0 || questions.get(channel, ALL_NAMES) >= 0) return true;
    return values.some((value) => questions.get(channel, value) >= 0);
  }

  #solveAll(input: FlowProjectInput, old: Map<number, DeepEdges>): void {
    for (const [file, { edges }] of this.#solutions) if (!old.has(file)) old.set(file, edges);
    this.#solutions.clear();
    this.#linearizations = new Linearizations();
    this.#exchange = this.#makeExchange();
    const system = this.#systemInput(input);
    const runs = new Map<number, FileRun>();
    for (const [file, program] of this.#programs) {
      runs.set(file, new FileRun(this.#open(system, program), program));
      if (!old.has(file)) old.set(file, NO_EDGES);
    }
    const told = new Map<number, number>();
    for (let phase = 0; phase < phases.length; phase++) {
      let active: Set<number> = new Set(runs.keys());
      for (let rank = phase * ROUNDS; rank < (phase + 1) * ROUNDS && active.size > 0; rank++) {
        for (const file of active) {
          const run = runs.get(file)!;
          if (rank === phase * ROUNDS) run.begin(phase);
          else run.round(rank);
        }
        active = this.#pass(runs, active, told, rank);
      }
    }
    for (const [file, run] of runs) {
      this.#solutions.set(file, this.#finish(run, this.#programs.get(file)!));
      runs.delete(file);
    }
  }

  /** Hands on what was told in a round; returns who has something to read in the next. */
  #pass(
    runs: ReadonlyMap<number, FileRun>,
    active: ReadonlySet<number>,
    passed: Map<number, number>,
    rank: number,
  ): Set<number> {
    for (const file of active) {
      const { told } = runs.get(file)!.system.port;
      for (let at = passed.get(file) ?? 0; at < told.length; at += 3)
        this.#exchange.write(told[at]!, told[at + 1]!, rank, file);
      passed.set(file, told.length);
    }
    const next = new Set<number>();
    this.#exchange.commit(rank, (reader, place, value) => {
      runs.get(reader)!.system.port.deliver(place, value, rank + 1);
      next.add(reader);
    });
    return next;
  }

  #systemInput(input: FlowProjectInput): SystemInput {
    return {
      names: this.#names,
      objects: this.#objects,
      operate: fireOperation,
      dialect: this.#makeDialect,
      exchange: this.#exchange,
      mostCopies: this.#limits.copies,
      linearizations: this.#linearizations,
      program: (number) => this.#programs.get(number),
      find: input.find,
      resolver: input.resolver,
    };
  }

  #open(input: SystemInput, program: Program): FlowSystem {
    const system = new FlowSystem(input, program);
    system.solver.largestSet = this.#limits.held;
    system.solver.budget = LEAST_STEPS + (this.#limits.steps * program.facts.flow.length) / FLOW_STRIDE;
    return system;
  }

  #finish({ system }: FileRun, program: Program): FileSolution {
    program.base = 1;
    system.port.rank = phases.length * ROUNDS;
    const found = new FlowEdges(system);
    found.addCalls();
    const edges = found.finish(program);
    program.base = -1;
    program.dropCopies();
    const { told, aspects } = system.port;
    return {
      told: Int32Array.from(told),
      channels: system.port.channels(),
      aspects: Int32Array.from(aspects),
      questions: system.port.questions,
      looked: system.looked,
      edges,
    };
  }

  #kindOf(object: number): number {
    const kind = this.#objects.kind[object];
    return kind === ObjectKind.external
      ? FactKind.outside
      : kind === ObjectKind.constant
        ? FactKind.constant
        : FactKind.object;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

const NO_EDGES: DeepEdges = { answered: new Uint8Array(0), edges: new Int32Array(0), externals: [] };

function sameEdges(a: DeepEdges, b: DeepEdges): boolean {
  return a === b || (same(a.edges, b.edges) && same(a.answered, b.answered) && same(a.externals, b.externals));
}

function same<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
