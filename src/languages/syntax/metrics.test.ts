import { beforeAll, describe, expect, it } from 'vitest';
import { METRIC_STRIDE, MetricColumn } from '#model/facts.ts';
import { pythonMetrics } from '../python/metrics.ts';
import { loadGrammar, parseSyntaxTree } from '../tree-sitter.ts';
import { classifyLines } from '../line-classes.ts';
import { TextIndex } from '../text-index.ts';
import { computeMetrics, metricTable, type MetricScope } from './metrics.ts';

beforeAll(() => loadGrammar('python'));

/** Metrics of the module, then of each class and function in order. */
function measure(text: string): (column: keyof typeof MetricColumn) => number[] {
  const tree = parseSyntaxTree(text, 'python');
  const index = new TextIndex(text);
  const scopes: MetricScope[] = [];
  for (let node = 0; node < tree.count; node++) {
    const name = tree.typeNames[tree.type[node]!];
    const kind =
      name === 'module'
        ? 'module'
        : name === 'class_definition'
          ? 'class'
          : name === 'function_definition'
            ? 'function'
            : undefined;
    if (kind)
      scopes.push({ node, kind, startLine: index.line(tree.start[node]!), endLine: index.line(tree.end[node]! - 1) });
  }
  const lines = classifyLines(text, 'python');
  const rows = computeMetrics(tree, metricTable(pythonMetrics, tree.typeNames, tree.fieldNames), scopes, lines);
  return (column) => scopes.map((_, row) => rows[row * METRIC_STRIDE + MetricColumn[column]]!);
}

describe('computeMetrics on Python', () => {
  it('counts paths as radon does', () => {
    const of = measure(`
def straight(): return 1
def branches(a, b):
    if a and b or a: return 1
    elif b: return 2
    else: return 3
def loops(xs):
    for x in xs: pass
    else: pass
    while xs: pass
    assert xs
    try: pass
    except KeyError: pass
    except OSError: pass
    else: pass
    finally: pass
    return [x for x in xs if x if not x] or (1 if xs else 2)
def matched(v):
    match v:
        case 1: pass
        case 2: pass
        case _: pass
`);
    // branches: 1 + if + and + or + elif. loops: 1 + for + else + while + assert + 2 except + else + comprehension + 2 ifs + or + ternary.
    expect(of('cyclomatic').slice(1)).toEqual([1, 5, 13, 3]);
    expect(of('cyclomatic')[0]).toBe(1 + 1 + 5 + 13 + 3);
  });

  it('adds nesting to cognitive complexity, and once for a run of one operator', () => {
    const of = measure(`
def nested(a, b):
    if a:                    # 1
        for x in b:          # 2
            if x: pass       # 3
            elif a: pass     # 1
            else: pass       # 1
    return a and b and x     # 1
def mixed(a, b, c): return a and b or c and a and b  # or, and, and
def caught():
    try:
        if True: pass        # 1: try does not nest
    except OSError:          # 1
        while True: pass     # 2
`);
    expect(of('cognitive')).toEqual([16, 9, 3, 4]);
    expect(of('nesting')).toEqual([3, 3, 0, 3]);
  });

  it('charges an outer function for what it nests, deeper', () => {
    const of = measure(`
def outer(a):
    def inner(b):
        if b: pass
    return lambda x: 1 if x else 2
def again(n): return again(n - 1)
class C:
    def m(self):
        if self: pass
`);
    // inner: 1; outer: 2 (if inside inner) + 2 (ternary inside a lambda); again: recursion.
    expect(of('cognitive')).toEqual([6, 4, 1, 1, 1, 1]);
    expect(of('cyclomatic').slice(1)).toEqual([2, 2, 1, 3, 2]);
  });

  it('counts Halstead operators and operands, lines and statements', () => {
    const of = measure(`def f(a, b):
    # sum

    c = a + b
    return c * a
`);
    // Operators: def ( , : = + return *; operands: f a b c a b c a.
    expect(of('operators')[1]).toBe(8);
    expect(of('distinctOperators')[1]).toBe(8);
    expect(of('operands')[1]).toBe(8);
    expect(of('distinctOperands')[1]).toBe(4);
    expect([of('codeLines')[1], of('commentLines')[1], of('blankLines')[1], of('statements')[1]]).toEqual([3, 1, 1, 2]);
  });
});
