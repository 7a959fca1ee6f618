import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildControlFlow } from './build-control-flow.ts';
import type { ControlFlowGraph } from './flow-graph.ts';
import type { FlowFunction, FlowStatement, FlowStep } from './flow-statement.ts';
import { dataFlowOf } from './reaching-definitions.ts';

let line = 1;
const step = (
  text: string,
  defines: readonly string[] = [],
  uses: readonly string[] = [],
  mayThrow = false,
): FlowStep => {
  const at = line++;
  return {
    text,
    startLine: at,
    endLine: at,
    mayThrow,
    definitions: defines.map((variable) => ({ variable, kind: 'assignment', line: at })),
    uses: uses.map((variable) => ({ variable, line: at, captured: false })),
  };
};
const fn = (body: readonly FlowStatement[]): FlowFunction => ({
  name: 'f',
  startLine: 0,
  endLine: 999,
  parameters: step('()', ['a', 'b']),
  body,
  isAsync: false,
  isGenerator: false,
});

const variables = fc.constantFrom('a', 'b', 'c');
const steps = fc
  .tuple(fc.array(variables, { maxLength: 1 }), fc.array(variables, { maxLength: 2 }), fc.boolean())
  .map(([defines, uses, mayThrow]) => ({ defines, uses, mayThrow }));
type Plan = FlowStatement;
const made = steps.map(({ defines, uses, mayThrow }) => step('s', defines, uses, mayThrow));
const labels = fc.constantFrom(undefined, undefined, 'outer');

/** Random statements; jumps are only made where a loop stands around them. */
const { body } = fc.letrec<{ statement: Plan; body: readonly Plan[] }>((tie) => ({
  body: fc.array(tie('statement'), { minLength: 0, maxLength: 4, depthIdentifier: 'flow' }),
  statement: fc.oneof(
    { depthSize: 'medium', depthIdentifier: 'flow', maxDepth: 4 },
    { weight: 5, arbitrary: made.map((only): Plan => ({ kind: 'step', step: only })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom('return' as const, 'throw' as const), made)
        .map(([kind, only]): Plan => ({ kind, step: only })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('break' as const, 'continue' as const), made, labels)
        .map(([kind, only, label]): Plan => ({
          kind,
          step: { ...only, mayThrow: false },
          ...(label === undefined ? {} : { label }),
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(made, tie('body'), tie('body'))
        .map(([test, then, otherwise]): Plan => ({ kind: 'if', test, then, otherwise })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({
          test: made,
          binds: fc.option(made, { nil: undefined }),
          update: fc.option(made, { nil: undefined }),
          testAt: fc.constantFrom('start' as const, 'end' as const),
          isEndless: fc.boolean(),
          inside: tie('body'),
          otherwise: tie('body'),
          label: labels,
        })
        .map((loop): Plan => ({
          kind: 'loop',
          test: loop.test,
          testAt: loop.testAt,
          isEndless: loop.isEndless && loop.testAt === 'start',
          body: loop.inside,
          otherwise: loop.otherwise,
          ...(loop.binds && loop.testAt === 'start' ? { binds: loop.binds } : {}),
          ...(loop.update && loop.testAt === 'start' ? { update: loop.update } : {}),
          ...(loop.label === undefined ? {} : { label: loop.label }),
        })),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({
          body: tie('body'),
          handlers: fc.array(
            fc.record({
              test: made,
              binds: fc.option(made, { nil: undefined }),
              catchesAll: fc.boolean(),
              body: tie('body'),
            }),
            { maxLength: 2 },
          ),
          otherwise: tie('body'),
          finally: fc.option(tie('body'), { nil: undefined }),
        })
        .map((parts): Plan => ({
          kind: 'try',
          body: parts.body,
          otherwise: parts.handlers.length > 0 ? parts.otherwise : [],
          finally: parts.finally,
          handlers: parts.handlers.map(({ test, binds, catchesAll, body: inside }) => ({
            test,
            catchesAll,
            body: inside,
            ...(binds ? { binds: { ...binds, mayThrow: false } } : {}),
          })),
        })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          subject: made,
          cases: fc.array(
            fc.record({
              test: fc.option(made, { nil: undefined }),
              binds: fc.option(made, { nil: undefined }),
              guard: fc.option(made, { nil: undefined }),
              isIrrefutable: fc.boolean(),
              body: tie('body'),
            }),
            { maxLength: 3 },
          ),
          fallsThrough: fc.boolean(),
        })
        .map(({ subject, cases, fallsThrough }): Plan => ({
          kind: 'switch',
          subject,
          fallsThrough,
          // One default at most.
          cases: cases
            .filter(({ test }, i) => test !== undefined || cases.findIndex((other) => other.test === undefined) === i)
            .map(({ test, binds, guard, isIrrefutable, body: inside }) => ({
              test,
              isIrrefutable: isIrrefutable && test !== undefined,
              body: inside,
              ...(binds && test ? { binds } : {}),
              ...(guard && test ? { guard } : {}),
            })),
        })),
    },
  ),
}));

/** Leaves out jumps that have no target: adapters never make them. */
function valid(
  statements: readonly FlowStatement[],
  inLoop: boolean,
  takesBreak: boolean,
  known: readonly string[],
): readonly FlowStatement[] {
  return statements.flatMap((statement): FlowStatement[] => {
    const inner = (
      list: readonly FlowStatement[],
      loop = inLoop,
      breaks = takesBreak,
      names = known,
    ): readonly FlowStatement[] => valid(list, loop, breaks, names);
    switch (statement.kind) {
      case 'break':
        return (statement.label === undefined ? takesBreak : known.includes(statement.label)) ? [statement] : [];
      case 'continue':
        return (statement.label === undefined ? inLoop : known.includes(statement.label)) ? [statement] : [];
      case 'block':
        return [{ ...statement, body: inner(statement.body) }];
      case 'if':
        return [{ ...statement, then: inner(statement.then), otherwise: inner(statement.otherwise) }];
      case 'loop':
        return [
          {
            ...statement,
            body: inner(
              statement.body,
              true,
              true,
              statement.label === undefined ? known : [...known, statement.label],
            ),
            otherwise: inner(statement.otherwise),
          },
        ];
      case 'switch':
        return [
          {
            ...statement,
            cases: statement.cases.map((item) => ({
              ...item,
              body: inner(item.body, inLoop, takesBreak || statement.fallsThrough),
            })),
          },
        ];
      case 'try':
        return [
          {
            ...statement,
            body: inner(statement.body),
            otherwise: inner(statement.otherwise),
            handlers: statement.handlers.map((handler) => ({ ...handler, body: inner(handler.body) })),
            ...(statement.finally ? { finally: inner(statement.finally) } : { finally: undefined }),
          },
        ];
      default:
        return [statement];
    }
  });
}

const functions = body.map((statements) => fn(valid(statements, false, false, [])));

type Completion =
  | { readonly kind: 'normal' | 'return' | 'throw' }
  | { readonly kind: 'break' | 'continue'; readonly label: string | undefined };
const normal: Completion = { kind: 'normal' };

/** Runs a function as a language would, by chance: the trace of its steps, and which of them raised before they defined anything. */
class Interpreter {
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
class OutOfFuel extends Error {}

/** Follows a trace through the graph; returns the step that no block of the graph can run next, if any. */
function follow(
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

/** Which steps can run, told from the statements alone: a statement runs if the one before it can end normally. */
function reachable(source: FlowFunction): ReadonlySet<FlowStep> {
  const reached = new Set<FlowStep>([source.parameters]);
  const key = (completion: string, label?: string): string =>
    label === undefined ? completion : `${completion} ${label}`;
  const touch = (only: FlowStep, outcome: Set<string>): void => {
    reached.add(only);
    if (only.mayThrow) outcome.add('raise');
  };
  const all = (list: readonly FlowStatement[]): Set<string> => {
    const outcome = new Set<string>();
    for (const statement of list) {
      const each = one(statement);
      for (const way of each) if (way !== 'normal') outcome.add(way);
      if (!each.has('normal')) return outcome;
    }
    return outcome.add('normal');
  };
  const one = (statement: FlowStatement): Set<string> => {
    const outcome = new Set<string>();
    const join = (ways: Iterable<string>): void => {
      for (const way of ways) outcome.add(way);
    };
    switch (statement.kind) {
      case 'step':
        touch(statement.step, outcome);
        return outcome.add('normal');
      case 'return':
        touch(statement.step, outcome);
        return outcome.add('return');
      case 'throw':
        reached.add(statement.step);
        return outcome.add('raise');
      case 'break':
      case 'continue':
        reached.add(statement.step);
        return outcome.add(key(statement.kind, statement.label));
      case 'block':
        return all(statement.body);
      case 'if':
        touch(statement.test, outcome);
        join(all(statement.then));
        join(all(statement.otherwise));
        return outcome;
      case 'switch': {
        touch(statement.subject, outcome);
        const entered = new Set<number>();
        let open = true;
        statement.cases.forEach((item, i) => {
          if (!item.test || !open) return;
          touch(item.test, outcome);
          if (item.binds) touch(item.binds, outcome);
          if (item.guard) touch(item.guard, outcome);
          entered.add(i);
          if (item.isIrrefutable && !item.guard) open = false;
        });
        const fallback = statement.cases.findIndex(({ test }) => !test);
        if (open && fallback >= 0) entered.add(fallback);
        else if (open) outcome.add('normal');
        statement.cases.forEach((item, i) => {
          if (!entered.has(i)) return;
          for (const way of all(item.body)) {
            if (way === 'normal' && statement.fallsThrough && i + 1 < statement.cases.length) entered.add(i + 1);
            else outcome.add(way === 'break' && statement.fallsThrough ? 'normal' : way);
          }
        });
        return outcome;
      }
      case 'loop': {
        const end = statement.testAt === 'end';
        if (!end) touch(statement.test!, outcome);
        if (statement.binds) touch(statement.binds, outcome);
        const ways = all(statement.body);
        const again = ['normal', 'continue', key('continue', statement.label)].some((way) => ways.has(way));
        for (const way of ways) {
          if (way === 'break' || way === key('break', statement.label)) outcome.add('normal');
          else if (way !== 'normal' && way !== 'continue' && way !== key('continue', statement.label)) outcome.add(way);
        }
        if (again && statement.update) touch(statement.update, outcome);
        if (again && end) touch(statement.test!, outcome);
        if (!statement.isEndless && (!end || again)) join(all(statement.otherwise));
        return outcome;
      }
      case 'try': {
        const ways = all(statement.body);
        if (ways.delete('normal')) join(all(statement.otherwise));
        if (statement.handlers.length > 0 && ways.delete('raise')) {
          let open = true;
          for (const handler of statement.handlers) {
            if (!open) break;
            touch(handler.test, outcome);
            if (handler.binds) reached.add(handler.binds);
            join(all(handler.body));
            if (handler.catchesAll) open = false;
          }
          if (open) outcome.add('raise');
        }
        join(ways);
        if (!statement.finally || outcome.size === 0) return outcome;
        const last = all(statement.finally);
        return new Set([...(last.has('normal') ? outcome : []), ...[...last].filter((way) => way !== 'normal')]);
      }
    }
  };
  all(source.body);
  return reached;
}

/** All definitions that reach a block, by walking back along every path that does not repeat a block. */
function naiveReaching(graph: ControlFlowGraph, target: number): ReadonlySet<string> {
  const found = new Set<string>();
  const live = new Set([0]);
  for (const at of live) for (const edge of graph.edges) if (edge.from === at) live.add(edge.to);
  const walk = (block: number, killed: ReadonlySet<string>, seen: ReadonlySet<number>): void => {
    for (const edge of graph.edges) {
      if (edge.to !== block || !live.has(edge.from)) continue;
      const taken = new Set(killed);
      const { steps } = graph.blocks[edge.from]!;
      for (let i = steps.length - 1 - (edge.label === 'exception' ? 1 : 0); i >= 0; i--) {
        const { definitions } = graph.steps[steps[i]!]!;
        for (const { variable } of definitions) if (!taken.has(variable)) found.add(`${variable} ${steps[i]!}`);
        for (const { variable } of definitions) taken.add(variable);
      }
      if (!seen.has(edge.from)) walk(edge.from, taken, new Set([...seen, edge.from]));
    }
  };
  walk(target, new Set(), new Set([target]));
  return found;
}

describe('control flow of random programs', () => {
  it('reaches a step exactly if what stands before it can end normally', () => {
    fc.assert(
      fc.property(functions, (source) => {
        const graph = buildControlFlow(source);
        const expected = reachable(source);
        const dead = new Set(graph.unreachable);
        graph.steps.forEach((only, id) => expect(`${id} ${!dead.has(id)}`).toBe(`${id} ${expected.has(only)}`));
        for (const only of expected) expect(graph.steps).toContain(only);
      }),
      { numRuns: 400 },
    );
  });

  it('lets every run through, and chains every definition to the uses that a run shows', () => {
    fc.assert(
      fc.property(functions, fc.array(fc.boolean(), { minLength: 64, maxLength: 64 }), (source, choices) => {
        let at = 0;
        const interpreter = new Interpreter(() => choices[at++ % choices.length]!);
        interpreter.trace.push({ step: source.parameters, raised: false });
        try {
          interpreter.all(source.body, false);
        } catch (error) {
          if (!(error instanceof OutOfFuel)) throw error;
        }
        const graph = buildControlFlow(source);
        expect(follow(graph, interpreter.trace)).toBeUndefined();
        const flow = dataFlowOf(graph);
        const chains = new Set(
          flow.chains.map(
            ({ definition, step: use }) =>
              `${flow.definitions[definition]!.step} ${flow.definitions[definition]!.variable} ${use}`,
          ),
        );
        const id = new Map(graph.steps.map((only, index) => [only, index]));
        const current = new Map<string, number>();
        for (const { step: only, raised } of interpreter.trace) {
          for (const { variable } of only.uses) {
            const definition = current.get(variable);
            if (definition !== undefined) expect(chains).toContain(`${definition} ${variable} ${id.get(only)!}`);
          }
          if (!raised) for (const { variable } of only.definitions) current.set(variable, id.get(only)!);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('finds the definitions that a walk over all paths finds', () => {
    fc.assert(
      fc.property(functions, (source) => {
        const graph = buildControlFlow(source);
        if (graph.blocks.length > 14) return;
        const flow = dataFlowOf(graph);
        const live = new Set([0]);
        for (const at of live) for (const edge of graph.edges) if (edge.from === at) live.add(edge.to);
        for (const { id } of graph.blocks) {
          if (!live.has(id)) continue;
          const expected = [...naiveReaching(graph, id)].sort();
          expect(
            flow.reaching[id]!.map((row) => `${flow.definitions[row]!.variable} ${flow.definitions[row]!.step}`).sort(),
          ).toEqual(expected);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('finds the dominators that removing blocks one by one finds', () => {
    fc.assert(
      fc.property(functions, (source) => {
        const graph = buildControlFlow(source);
        const reach = (without: number): Set<number> => {
          const seen = new Set(without === 0 ? [] : [0]);
          for (const at of seen)
            for (const edge of graph.edges) if (edge.from === at && edge.to !== without) seen.add(edge.to);
          return seen;
        };
        const live = reach(-1);
        const dominators = (id: number): number[] => {
          const list: number[] = [];
          for (let at = graph.dominators[id]!; at >= 0; at = graph.dominators[at]!) list.push(at);
          return list.sort((a, b) => a - b);
        };
        for (const { id } of graph.blocks) {
          if (!live.has(id)) continue;
          expect(dominators(id)).toEqual(
            graph.blocks
              .map((block) => block.id)
              .filter((other) => other !== id && live.has(other) && !reach(other).has(id)),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stays small where finally bodies nest', () => {
    let nested: readonly FlowStatement[] = [{ kind: 'step', step: step('deep', [], [], true) }];
    for (let depth = 0; depth < 40; depth++)
      nested = [
        {
          kind: 'try',
          body: [{ kind: 'step', step: step('body', [], [], true) }],
          handlers: [],
          otherwise: [],
          finally: nested,
        },
      ];
    expect(buildControlFlow(fn(nested)).blocks.length).toBeLessThan(5000);
  });
});
