import { ExpressionOp } from '#model/declared-types.ts';
import type { Extraction } from '../declarative/extraction.ts';

/**
 * Calls inside a macro's arguments, which the grammar leaves as tokens: `f(…)`, `a.f(…)`, `T::f(…)`. Longer chains are left
 * out, since their receiver is not known.
 */
export function tokenTree(x: Extraction, tree: number): void {
  if (tree < 0) return;
  const tokens: number[] = [];
  const { subtreeEnd } = x.tree;
  for (let at = tree + 1; at < subtreeEnd[tree]!; at = subtreeEnd[at]!) tokens.push(at);
  const token = (position: number): string => (tokens[position] === undefined ? '' : x.slice(tokens[position]!));
  for (let i = 0; i < tokens.length; i++) {
    const node = tokens[i]!;
    if (x.is(node, 'token_tree')) {
      tokenTree(x, node);
      continue;
    }
    const next = tokens[i + 1];
    if (
      !x.is(node, 'identifier') ||
      next === undefined ||
      !x.is(next, 'token_tree') ||
      x.text[x.tree.start[next]!] !== '('
    )
      continue;
    const before = token(i - 1);
    if (before === '.') {
      const object = tokens[i - 2];
      if (object === undefined || token(i - 3) === '.' || token(i - 3) === '::') continue;
      if (x.is(object, 'identifier') || x.is(object, 'self')) x.reference('call', node, object, -1);
    } else if (before === '::') {
      const parts: string[] = [];
      let at = i - 1;
      while (token(at) === '::' && at > 0) {
        parts.unshift(token(at - 1));
        at -= 2;
      }
      x.claim(node);
      x.referenceNamed(
        'call',
        x.name(node),
        node,
        x.addExpression(ExpressionOp.path, x.facts.string(parts.join('::'))),
        -1,
      );
    } else if (before !== 'fn' && before !== '!') x.reference('call', node, -1, -1);
  }
}
