/** For tests: reachability and reaching definitions by the plainest means. */
import type { ControlFlowGraph } from '../../src/flowgraph/flow-graph.ts';
import type { FlowFunction, FlowStatement, FlowStep } from '../../src/flowgraph/flow-statement.ts';

/** Which steps can run, told from the statements alone: a statement runs if the one before it can end normally. */
export function reachable(source: FlowFunction): ReadonlySet<FlowStep> {
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
export function naiveReaching(graph: ControlFlowGraph, target: number): ReadonlySet<string> {
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
