/**
 * A file's own system follows its values into the functions of other files: a call that hands over something worth following
 * draws the callee's operations in. What is worth it depends on how far from the file the call is made.
 */
import { parameterKinds } from '#model/vocabulary.ts';
import { parameterObject, variadicSite } from './calls.ts';
import type { CallSite } from './call-site.ts';
import { ObjectKind, RECEIVER } from './objects.ts';
import { addRows, openFunction } from './operations.ts';
import type { FlowFunction, Program } from './program.ts';
import type { FlowSystem } from './system.ts';

/** Calls from the file up to which a kind of value is followed. */
const CALLABLE_DEPTH = 4;
const VALUE_DEPTH = 1;
const OWN_RECEIVER_DEPTH = 2;
/** Rows of other files that one file may draw in. */
const MOST_ROWS = 3000;

const variadicKind = parameterKinds.indexOf('variadic');

export class Drawing {
  readonly #system: FlowSystem;
  /** Depth by function object. */
  readonly #watched = new Map<number, number>();
  readonly #drawn = new Map<number, number>();
  #rows = 0;

  constructor(system: FlowSystem) {
    this.#system = system;
  }

  /** Numbers of the files whose operations were drawn in. */
  files(): ReadonlySet<number> {
    return new Set([...this.#drawn.keys()].map((object) => this.#system.objects.a[object]!));
  }

  /** A foreign function is called: it is drawn in as soon as it receives something worth following. */
  watch(program: Program, fn: FlowFunction, object: number, site: CallSite): void {
    const system = this.#system;
    const depth = this.#depthOf(site) + 1;
    const known = this.#watched.get(object);
    if (depth > CALLABLE_DEPTH || (known !== undefined && known <= depth)) return;
    this.#watched.set(object, depth);
    const below = system.below!;
    const look = (slot: number, baseSlot: number, isSelf: boolean): void => {
      system.each(slot, (value) => {
        if (this.#drawn.has(object) || !this.#isWorth(value, depth, isSelf)) return;
        if (baseSlot >= 0 && below.solver.points(baseSlot).includes(value)) return;
        this.#draw(program, fn, depth);
      });
    };
    fn.parameters.forEach((parameter, index) => {
      if (parameter.kind === variadicKind) return look(system.elements(variadicSite(system, program, fn)), -1, false);
      const symbolic = parameterObject(system, object, index);
      look(system.passed(symbolic), below.passedSlot(symbolic), index === 0 && fn.class >= 0);
    });
    if (fn.receiver >= 0) {
      const symbolic = parameterObject(system, object, RECEIVER);
      look(system.passed(symbolic), below.passedSlot(symbolic), true);
    }
  }

  #depthOf(site: CallSite): number {
    if (!this.#system.isForeign(site.program)) return 0;
    return this.#drawn.get(this.#system.functionObject(site.program, site.caller)) ?? CALLABLE_DEPTH;
  }

  #isWorth(value: number, depth: number, isSelf: boolean): boolean {
    const { objects, own } = this.#system;
    switch (objects.kind[value]) {
      case ObjectKind.function:
      case ObjectKind.bound:
      case ObjectKind.wrapper:
      case ObjectKind.class:
        return true;
      case ObjectKind.instance: {
        if (!isSelf) return depth <= VALUE_DEPTH;
        const type = objects.a[value]!;
        return depth <= OWN_RECEIVER_DEPTH && objects.a[type] === own!.number;
      }
      case ObjectKind.site:
        return depth <= VALUE_DEPTH && !isSelf;
      default:
        return false;
    }
  }

  #draw(program: Program, fn: FlowFunction, depth: number): void {
    const system = this.#system;
    const object = system.functionObject(program, fn.row);
    if (this.#drawn.has(object) || this.#rows + fn.operationCount > MOST_ROWS) return;
    this.#rows += fn.operationCount;
    this.#drawn.set(object, depth);
    openFunction(system, program, fn);
    addRows(system, program, fn, undefined, () => true);
    // Closures see what was handed over.
    for (const inner of program.functions)
      if (inner.owner === fn.row && inner.row !== fn.row) this.#draw(program, inner, depth);
  }
}
