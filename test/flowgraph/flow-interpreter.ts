/** For tests: runs flow statements as a language would, and follows the run through a graph. */
import type { ControlFlowGraph } from '../../src/flowgraph/flow-graph.ts';
import type { FlowStatement, FlowStep } from '../../src/flowgraph/flow-statement.ts';

type Completion =
  | { readonly kind: 'normal' | 'return' | 'throw' }
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined };
const normal: Completion = { kind: 'normal' };

/** Runs a function as a language would, by chance: the trace of its steps, and which of them raised before they defined anything. */
export class Interpreter {
  readonly trace: { readonly step: FlowStep; readonly raised: boolean }[] = [];
  fuel = 120;
  readonly #choose: () => boolean;
  constructor(choose: () => boolean) {
    this.#choose = choose;
  }

  /** False: it raised. Outside of any `try` nothing is raised by chance: the graph draws no such edges. */
  #run(only: FlowStep, guarded: boolean): boolean {
    if (this.fuel-- < 0) throw new OutOfFuel();
    const raised = only.mayThrow && guarded && this.#choose() && this.#choose();
    this.trace.push({ step: only, raised });
    return !raised;
  }

  all(statements: readonly FlowStatement[], guarded: boolean): Completion {
    for (const statement of statements) {
      const completion = this.one(statement, guarded);
      if (completion.kind !== 'normal') return completion;
    }
    return normal;
  }

  one(statement: FlowStatement, guarded: boolean): Completion {
    const thrown: Completion = { kind: 'throw' };
    switch (statement.kind) {
      case 'step':
        return this.#run(statement.step, guarded) ? normal : thrown;
      case 'return':
        return this.#run(statement.step, guarded) ? { kind: 'return' } : thrown;
      case 'throw':
        this.#run({ ...statement.step, mayThrow: false }, false);
        this.trace[this.trace.length - 1] = { step: statement.step, raised: false };
        return thrown;
      case 'break':
      case 'continue':
        this.#run(statement.step, false);
        return { kind: statement.kind, label: statement.label };
      case 'block':
        return this.all(statement.body, guarded);
      case 'if':
        return this.#run(statement.test, guarded)
          ? this.all(this.#choose() ? statement.then : statement.otherwise, guarded)
          : thrown;
      case 'loop':
        return this.#loop(statement, guarded);
      case 'switch':
        return this.#switch(statement, guarded);
      case 'try':
        return this.#try(statement, guarded);
    }
  }

  #loop(loop: Extract<FlowStatement, { kind: 'loop' }>, guarded: boolean): Completion {
    for (;;) {
      if (loop.testAt === 'start') {
        if (!this.#run(loop.test!, guarded)) return { kind: 'throw' };
        if (!loop.isEndless && this.#choose()) return this.all(loop.otherwise, guarded);
      }
      if (loop.binds && !this.#run(loop.binds, guarded)) return { kind: 'throw' };
      const completion = this.all(loop.body, guarded);
      if (completion.kind === 'break' || completion.kind === 'continue') {
        const mine = completion.label === undefined || completion.label === loop.label;
        if (!mine) return completion;
        if (completion.kind === 'break') return normal;
      } else if (completion.kind !== 'normal') return completion;
      if (loop.update && !this.#run(loop.update, guarded)) return { kind: 'throw' };
      if (loop.testAt === 'end') {
        if (!this.#run(loop.test!, guarded)) return { kind: 'throw' };
        if (this.#choose()) return this.all(loop.otherwise, guarded);
      }
    }
  }

  #switch(statement: Extract<FlowStatement, { kind: 'switch' }>, guarded: boolean): Completion {
    if (!this.#run(statement.subject, guarded)) return { kind: 'throw' };
    let taken = -1;
    for (let i = 0; i < statement.cases.length && taken < 0; i++) {
      const item = statement.cases[i]!;
      if (!item.test) continue;
      if (!this.#run(item.test, guarded)) return { kind: 'throw' };
      if (!item.isIrrefutable && this.#choose()) continue;
      if (item.binds && !this.#run(item.binds, guarded)) return { kind: 'throw' };
      if (item.guard) {
        if (!this.#run(item.guard, guarded)) return { kind: 'throw' };
        if (this.#choose()) continue;
      }
      taken = i;
    }
    if (taken < 0) taken = statement.cases.findIndex(({ test }) => test === undefined);
    for (let i = taken; i >= 0 && i < statement.cases.length; i++) {
      const completion = this.all(statement.cases[i]!.body, guarded);
      if (completion.kind === 'break' && completion.label === undefined && statement.fallsThrough) return normal;
      if (completion.kind !== 'normal') return completion;
      if (!statement.fallsThrough) break;
    }
    return normal;
  }

  #try(statement: Extract<FlowStatement, { kind: 'try' }>, guarded: boolean): Completion {
    const outside = guarded || statement.finally !== undefined;
    let completion = this.all(statement.body, outside || statement.handlers.length > 0);
    if (completion.kind === 'throw') {
      for (const handler of statement.handlers) {
        if (!this.#run(handler.test, outside)) break;
        if (!handler.catchesAll && this.#choose()) continue;
        if (handler.binds) this.#run(handler.binds, false);
        completion = this.all(handler.body, outside);
        break;
      }
    } else if (completion.kind === 'normal') completion = this.all(statement.otherwise, outside);
    if (statement.finally) {
      const last = this.all(statement.finally, guarded);
      if (last.kind !== 'normal') return last;
    }
    return completion;
  }
}
export class OutOfFuel extends Error {}

/** Follows a trace through the graph; returns the step that no block of the graph can run next, if any. */
export function follow(
  graph: ControlFlowGraph,
  trace: readonly { readonly step: FlowStep; readonly raised: boolean }[],
): string | undefined {
  const id = new Map(graph.steps.map((only, at) => [only, at]));
  let places: { readonly block: number; readonly at: number }[] = [{ block: graph.entry, at: 0 }];
  const closure = (list: typeof places): typeof places => {
    const all = [...list];
    const seen = new Set(all.map(({ block, at }) => `${block} ${at}`));
    for (let i = 0; i < all.length; i++) {
      const { block, at } = all[i]!;
      if (at < graph.blocks[block]!.steps.length) continue;
      for (const edge of graph.edges) {
        if (edge.from !== block || edge.label === 'exception' || seen.has(`${edge.to} 0`)) continue;
        seen.add(`${edge.to} 0`);
        all.push({ block: edge.to, at: 0 });
      }
    }
    return all;
  };
  for (const { step: only, raised } of trace) {
    const here = closure(places).filter(({ block, at }) => graph.blocks[block]!.steps[at] === id.get(only));
    if (here.length === 0) return only.text;
    places = raised
      ? here.flatMap(({ block, at }) =>
          at === graph.blocks[block]!.steps.length - 1
            ? graph.edges
                .filter((edge) => edge.from === block && edge.label === 'exception')
                .map(({ to }) => ({ block: to, at: 0 }))
            : [],
        )
      : here.map(({ block, at }) => ({ block, at: at + 1 }));
  }
  return undefined;
}
