import { FLOW_STRIDE, FlowFlag } from '#model/flow.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '#model/graph.ts';
import { PackedTable } from '#model/packed-table.ts';
import type { FileRole } from '#model/source-file.ts';
import type { DeepEdges } from '../file-edges.ts';
import type { FileEntry } from '../file-entry.ts';
import type { FindFile } from '../export-lookup.ts';
import type { ModuleResolver } from '../modules/module-resolver.ts';
import type { Dialect } from './dialects/dialect.ts';
import { Drawing } from './drawing.ts';
import { FlowEdges } from './flow-edges.ts';
import { NameTable, ObjectTable } from './objects.ts';
import { fireOperation } from './operations.ts';
import { Program } from './program.ts';
import { solveFile } from './solve-file.ts';
import { solveWhole } from './solve-whole.ts';
import { Solver } from './solver.ts';
import { FlowSystem, type SystemInput } from './system.ts';

/** Rows of all flow programs up to which a family is solved as one system. Beyond, interfaces first and then file by file. */
const SMALL_PROJECT = 150_000;
const LARGEST_SET = { whole: 80, interfaces: 24, file: 32 } as const;
/** Steps that a system may take, by its rows: ten times what code that is not out to be hard takes. */
const budget = (rows: number): number => 100_000 + rows * 25;

export interface FlowProjectInput {
  /** All files of the family, in the order of their paths. */
  readonly files: readonly FileEntry[];
  /** Numbers of files whose content, imports or existence changed since the last update. */
  readonly changed: ReadonlySet<number>;
  /** Those of them whose outward side changed. */
  readonly altered: ReadonlySet<number>;
  readonly find: FindFile;
  readonly resolver: ModuleResolver | undefined;
}

interface FileSolution {
  /** All that was found. */
  readonly found: DeepEdges;
  /** What the file owns of it: without edges of other files that those files find themselves. */
  edges: DeepEdges;
  /** Files whose operations took part. */
  readonly drawn: ReadonlySet<number>;
}

/** What others or a minifier wrote is linked by scope and imports alone: it costs more to solve than the project itself. */
function isForeignCode(role: FileRole): boolean {
  return role === 'minified' || role === 'vendored';
}

/** Data flow over the files of one family of languages, kept between updates. */
export class FlowProject {
  readonly #makeDialect: (system: FlowSystem) => Dialect;
  readonly #smallProject: number;
  readonly #names = new NameTable();
  readonly #fileSolver = new Solver();
  #programs = new Map<number, Program>();
  #solutions = new Map<number, FileSolution>();
  /** The solved system of all interfaces; undefined while the family is solved as a whole. */
  #interfaces: FlowSystem | undefined;

  /** `smallProject`: rows up to which the family is solved as one system. */
  constructor(makeDialect: (system: FlowSystem) => Dialect, smallProject = SMALL_PROJECT) {
    this.#makeDialect = makeDialect;
    this.#smallProject = smallProject;
  }

  edges(file: number): DeepEdges | undefined {
    return this.#solutions.get(file)?.edges;
  }

  /** Returns the numbers of the files whose edges are not what they were. */
  update(input: FlowProjectInput): ReadonlySet<number> {
    if (input.changed.size === 0) return new Set();
    const before = this.#programs;
    this.#programs = new Map();
    for (const file of input.files) {
      if (file.facts.level !== 'flow' || file.roles.some(isForeignCode)) continue;
      const known = before.get(file.number);
      if (known?.entry === file) this.#programs.set(file.number, known);
      else {
        const program = new Program(file, this.#names);
        program.solved = known?.solved;
        this.#programs.set(file.number, program);
      }
    }
    const old = this.#solutions;
    if (rowsOf(this.#programs) <= this.#smallProject) this.#solveWhole(input);
    else this.#solveLayers(input);
    const moved = new Set<number>();
    for (const [number, { edges }] of this.#solutions) {
      const known = old.get(number);
      if (!known || (known.edges !== edges && !sameEdges(known.edges, edges))) moved.add(number);
    }
    return moved;
  }

  #system(input: FlowProjectInput, objects: ObjectTable): SystemInput {
    return {
      names: this.#names,
      objects,
      operate: fireOperation,
      dialect: this.#makeDialect,
      program: (number) => this.#programs.get(number),
      find: input.find,
      resolver: input.resolver,
    };
  }

  #solveWhole(input: FlowProjectInput): void {
    this.#interfaces = undefined;
    const system = new FlowSystem(this.#system(input, new ObjectTable()));
    system.isWhole = true;
    system.solver.largestSet = LARGEST_SET.whole;
    system.solver.budget = budget(rowsOf(this.#programs));
    solveWhole(system, [...this.#programs.values()], () => true);
    const found = new FlowEdges(system);
    found.addCalls();
    this.#solutions = new Map();
    for (const program of this.#programs.values())
      this.#solutions.set(program.number, { ...once(found.finish(program)), drawn: NONE });
    for (const program of this.#programs.values()) program.solved = undefined;
    close(system);
  }

  #solveLayers(input: FlowProjectInput): void {
    const isFresh = this.#interfaces === undefined || input.altered.size > 0;
    if (isFresh) this.#solveInterfaces(input);
    const solutions = new Map<number, FileSolution>();
    const solved = new Set<number>();
    for (const program of this.#programs.values()) {
      const known = this.#solutions.get(program.number);
      const isKept = !isFresh && known && !input.changed.has(program.number) && !intersects(known.drawn, input.changed);
      if (!isKept) solved.add(program.number);
      solutions.set(program.number, isKept ? known : this.#solveFile(input, program));
    }
    this.#solutions = solutions;
    this.#shareOut(solved);
  }

  /** An edge of another file that this file found by handing something over stays only if the other file does not find it itself. */
  #shareOut(solved: ReadonlySet<number>): void {
    const known = new Map<number, ReadonlySet<string>>();
    for (const [number, solution] of this.#solutions) {
      if (solution.drawn.size === 0 || !(solved.has(number) || intersects(solution.drawn, solved))) continue;
      const { edges } = solution.found;
      const kept = new PackedTable(LINKED_EDGE_STRIDE, 16);
      for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
        const row = edges.subarray(at, at + LINKED_EDGE_STRIDE);
        const owner = row[LinkedEdgeColumn.sourceFile]!;
        if (owner !== number) {
          let keys = known.get(owner);
          if (!keys) known.set(owner, (keys = edgeKeys(this.#solutions.get(owner)?.found)));
          if (keys.has(row.join())) continue;
        }
        kept.add(...row);
      }
      solution.edges = { ...solution.found, edges: kept.finish() };
    }
  }

  #solveInterfaces(input: FlowProjectInput): void {
    const programs = [...this.#programs.values()];
    const system = new FlowSystem(this.#system(input, new ObjectTable()));
    system.solver.largestSet = LARGEST_SET.interfaces;
    system.solver.budget = budget(rowsOf(this.#programs));
    solveWhole(
      system,
      programs,
      (program, row) => ((program.facts.flow[row * FLOW_STRIDE]! >> 8) & FlowFlag.interface) !== 0,
    );
    for (const program of programs) {
      program.interfaceBase = program.base;
      program.solved = program;
    }
    close(system);
    this.#interfaces = system;
  }

  #solveFile(input: FlowProjectInput, program: Program): FileSolution {
    const interfaces = this.#interfaces!;
    this.#fileSolver.reset();
    this.#fileSolver.largestSet = LARGEST_SET.file;
    this.#fileSolver.budget = budget(program.facts.flow.length / FLOW_STRIDE);
    const system = new FlowSystem(this.#system(input, interfaces.objects), interfaces, program, this.#fileSolver);
    system.drawing = new Drawing(system);
    solveFile(system, program);
    const found = new FlowEdges(system);
    found.addCalls();
    const edges = found.finish(program);
    close(system);
    return { ...once(edges), drawn: system.drawing.files() };
  }
}

const NONE: ReadonlySet<number> = new Set();

function once(edges: DeepEdges): { found: DeepEdges; edges: DeepEdges } {
  return { found: edges, edges };
}

function edgeKeys(found: DeepEdges | undefined): ReadonlySet<string> {
  const keys = new Set<string>();
  const edges = found?.edges ?? new Int32Array(0);
  for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE)
    keys.add(edges.subarray(at, at + LINKED_EDGE_STRIDE).join());
  return keys;
}

/** Programs are free for another system. */
function close(system: FlowSystem): void {
  for (const program of system.loaded) program.base = -1;
}

function rowsOf(programs: ReadonlyMap<number, Program>): number {
  let rows = 0;
  for (const program of programs.values()) rows += program.facts.flow.length / FLOW_STRIDE;
  return rows;
}

function intersects(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const item of a) if (b.has(item)) return true;
  return false;
}

function sameEdges(a: DeepEdges, b: DeepEdges): boolean {
  return same(a.edges, b.edges) && same(a.answered, b.answered) && same(a.externals, b.externals);
}

function same<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
