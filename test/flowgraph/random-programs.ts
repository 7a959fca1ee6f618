/** For tests: functions made by chance. */
import fc from 'fast-check';
import type { FlowFunction, FlowStatement, FlowStep } from '../../src/flowgraph/flow-statement.ts';

let line = 1;
export const step = (
  text: string,
  defines: readonly string[] = [],
  uses: readonly string[] = [],
  mayThrow = false,
): FlowStep => {
  const at = line++;
  return {
    text,
    start: at,
    end: at,
    startLine: at,
    endLine: at,
    mayThrow,
    definitions: defines.map((variable) => ({ variable, kind: 'assignment', line: at, at })),
    uses: uses.map((variable) => ({ variable, line: at, at, captured: false })),
  };
};
export const fn = (body: readonly FlowStatement[]): FlowFunction => ({
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

/** Functions by chance, with every kind of statement. */
export const functions = body.map((statements) => fn(valid(statements, false, false, [])));
