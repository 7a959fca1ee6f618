import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildControlFlow } from '../../src/flowgraph/build-control-flow.ts';
import { follow, Interpreter, OutOfFuel } from './flow-interpreter.ts';
import type { FlowStatement } from '../../src/flowgraph/flow-statement.ts';
import { naiveReaching, reachable } from './naive-flow.ts';
import { fn, functions, step } from './random-programs.ts';
import { dataFlowOf } from '../../src/flowgraph/reaching-definitions.ts';

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
