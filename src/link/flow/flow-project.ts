import { FLOW_STRIDE } from '#model/flow.ts';
import type { DeepEdges } from '../file-edges.ts';
import type { FileEntry } from '../file-entry.ts';
import type { FindFile } from '../export-lookup.ts';
import type { ModuleResolver } from '../modules/module-resolver.ts';
import type { Dialect } from './dialects/dialect.ts';
import { FlowEdges } from './flow-edges.ts';
import { NameTable, ObjectTable } from './objects.ts';
import { fireOperation } from './operations.ts';
import { Program } from './program.ts';
import { solveWhole } from './solve-whole.ts';
import { FlowSystem } from './system.ts';

/** Rows of all flow programs up to which sets may grow large. */
const SMALL_PROJECT = 60_000;

export interface FlowProjectInput {
  /** All files of the family, in the order of their paths. */
  readonly files: readonly FileEntry[];
  /** Numbers of files whose content, imports or existence changed since the last update. */
  readonly changed: ReadonlySet<number>;
  readonly find: FindFile;
  readonly resolver: ModuleResolver | undefined;
}

/** Data flow over the files of one family of languages, kept between updates. */
export class FlowProject {
  readonly #makeDialect: (system: FlowSystem) => Dialect;
  readonly #names = new NameTable();
  #programs = new Map<number, Program>();
  #edges = new Map<number, DeepEdges>();

  constructor(makeDialect: (system: FlowSystem) => Dialect) {
    this.#makeDialect = makeDialect;
  }

  edges(file: number): DeepEdges | undefined {
    return this.#edges.get(file);
  }

  /** Returns the numbers of the files whose edges are not what they were. */
  update(input: FlowProjectInput): ReadonlySet<number> {
    const altered = new Set<number>();
    if (input.changed.size === 0) return altered;
    const programs = new Map<number, Program>();
    for (const file of input.files) {
      if (file.facts.level !== 'flow') continue;
      const known = this.#programs.get(file.number);
      programs.set(
        file.number,
        known?.facts === file.facts && known.entry === file ? known : new Program(file, this.#names),
      );
    }
    this.#programs = programs;
    const system = new FlowSystem({
      names: this.#names,
      objects: new ObjectTable(),
      operate: fireOperation,
      dialect: this.#makeDialect,
      program: (number) => programs.get(number),
      find: input.find,
      resolver: input.resolver,
    });
    system.solver.largestSet = rowsOf(programs) <= SMALL_PROJECT ? 200 : 40;
    solveWhole(system, [...programs.values()], () => true);
    const found = new FlowEdges(system);
    found.addCalls();
    const edges = new Map<number, DeepEdges>();
    for (const program of programs.values()) {
      const made = found.finish(program);
      edges.set(program.number, made);
      const old = this.#edges.get(program.number);
      if (!old || !sameEdges(old, made)) altered.add(program.number);
    }
    this.#edges = edges;
    return altered;
  }
}

function rowsOf(programs: ReadonlyMap<number, Program>): number {
  let rows = 0;
  for (const program of programs.values()) rows += program.facts.flow.length / FLOW_STRIDE;
  return rows;
}

function sameEdges(a: DeepEdges, b: DeepEdges): boolean {
  return same(a.edges, b.edges) && same(a.answered, b.answered) && same(a.externals, b.externals);
}

function same<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
