/** Solves one file, in rounds: in each it takes in what others found in the rounds before, and tells what it found itself. */
import { FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import { decideRest } from './narrowing.ts';
import { addRows, openFunction, openProgram } from './operations.ts';
import type { Program } from './program.ts';
import { applyAnnotations, applyUnknownDecorators, applyUnknownKeys } from './settle.ts';
import type { FlowSystem } from './system.ts';

/** Rounds that a phase has at most: files through which a value travels while nothing is taken for granted. */
export const ROUNDS = 24;
/** Times that unknown keys, declared types and uncalled methods are looked at again: each opens what the one before made known. */
const SETTLINGS = 4;

/** In the same round all files begin the same phase. */
type Phase = (run: FileRun) => void;
const declarations: Phase = (run) => run.declare();
const operations: Phase = (run) => run.operate();
const uncalled: Phase = (run) => run.system.dialect.seed(run.system);
const unknowns: Phase = (run) => run.settle();
const settlings: readonly Phase[] = Array.from({ length: SETTLINGS }, () => [unknowns, uncalled]).flat();
export const phases: readonly Phase[] = [declarations, operations, uncalled, ...settlings];

export class FileRun {
  readonly system: FlowSystem;
  readonly #program: Program;
  readonly #passed = { loads: 0, stores: 0 };

  constructor(system: FlowSystem, program: Program) {
    this.system = system;
    this.#program = program;
  }

  begin(phase: number): void {
    this.round(phase * ROUNDS, phases[phase]);
  }

  round(rank: number, phase?: Phase): void {
    const { system } = this;
    system.port.rank = rank;
    this.#program.base = 1;
    system.port.receive();
    phase?.(this);
    system.solver.run();
    system.report();
  }

  /** What names hold. Look-ups along hierarchies wait until the bases are known. */
  declare(): void {
    const { system } = this;
    const program = this.#program;
    const rows = program.facts.flow.length / FLOW_STRIDE;
    program.dropCopies();
    system.solver.expect(program.facts.flowSlots + rows, rows);
    system.solver.reserve(program.facts.flowSlots);
    system.callSites.expect(countCalls(program));
    system.returnBindings.expect(countCalls(program));
    openProgram(system, program);
    for (const fn of program.declaredFunctions) openFunction(system, program, fn);
    system.copies.follow();
    system.deferred = [];
    const module = program.functions[0];
    if (module) addRows(system, program, module, true);
  }

  operate(): void {
    const { system } = this;
    const program = this.#program;
    system.dialect.hierarchyKnown?.(system);
    const waiting = system.deferred ?? [];
    system.deferred = undefined;
    for (const load of waiting) load();
    system.solver.run();
    for (const fn of program.declaredFunctions) addRows(system, program, fn, fn.row === 0 ? false : undefined);
  }

  settle(): void {
    applyUnknownKeys(this.system, this.#passed);
    decideRest(this.system);
    applyAnnotations(this.system);
    applyUnknownDecorators(this.system);
  }

  /** All rounds, with what others told in them. `ended` is called after each. */
  replay(ended: () => void): void {
    for (let phase = 0; phase < phases.length; phase++) {
      this.begin(phase);
      ended();
      for (let rank = phase * ROUNDS + 1; rank < (phase + 1) * ROUNDS; rank++) {
        if (!this.system.port.hasMail(rank)) continue;
        this.round(rank);
        ended();
      }
    }
  }
}

function countCalls({ facts: { flow } }: Program): number {
  let count = 0;
  for (let at = 0; at < flow.length; at += FLOW_STRIDE) if ((flow[at]! & 0xff) === FlowOp.call) count++;
  return count;
}
