import type { FlowEdge } from './flow-graph.ts';

/**
 * Immediate dominators by Cooper, Harvey and Kennedy's iteration over reverse postorder ("A Simple, Fast Dominance
 * Algorithm", 2001). −1 for the entry and for blocks that it does not reach.
 */
export function dominatorsOf(count: number, edges: readonly FlowEdge[], entry: number): readonly number[] {
  const successors: number[][] = Array.from({ length: count }, () => []);
  const predecessors: number[][] = Array.from({ length: count }, () => []);
  for (const { from, to } of edges) {
    successors[from]!.push(to);
    predecessors[to]!.push(from);
  }
  const postorder = new Int32Array(count).fill(-1);
  const order: number[] = [];
  const state = new Int32Array(count).fill(-1);
  const stack = [entry];
  state[entry] = 0;
  while (stack.length > 0) {
    const at = stack[stack.length - 1]!;
    const next = successors[at]![state[at]!++];
    if (next === undefined) {
      stack.pop();
      postorder[at] = order.push(at) - 1;
    } else if (state[next]! < 0) {
      state[next] = 0;
      stack.push(next);
    }
  }
  const dominator = new Int32Array(count).fill(-1);
  dominator[entry] = entry;
  const meet = (a: number, b: number): number => {
    let left = a;
    let right = b;
    while (left !== right) {
      while (postorder[left]! < postorder[right]!) left = dominator[left]!;
      while (postorder[right]! < postorder[left]!) right = dominator[right]!;
    }
    return left;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (let i = order.length - 2; i >= 0; i--) {
      const at = order[i]!;
      let found = -1;
      for (const before of predecessors[at]!) {
        if (postorder[before]! < 0 || dominator[before]! < 0) continue;
        found = found < 0 ? before : meet(before, found);
      }
      if (found !== dominator[at]) {
        dominator[at] = found;
        changed = true;
      }
    }
  }
  dominator[entry] = -1;
  return [...dominator];
}
