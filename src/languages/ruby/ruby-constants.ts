/** Ruby's constants: how they are recognised, and the references to them. */
import type { Extraction } from '../declarative/extraction.ts';

export function isConstant(x: Extraction, node: number): boolean {
  return x.is(node, 'constant') || x.is(node, 'scope_resolution');
}

export function claimAll(x: Extraction, node: number): void {
  for (let at = node; at < x.tree.subtreeEnd[node]!; at++) x.claim(at);
}

/** A reference to a constant, with its qualifier as written. */
export function scoped(x: Extraction, node: number, role: 'type' | 'inherit' | 'instantiate', count: number): void {
  if (x.is(node, 'constant')) {
    x.claim(node);
    x.referenceNamed(role, x.name(node), node, -1, count);
    return;
  }
  claimAll(x, node);
  const name = x.child(node, 'name');
  x.referenceNamed(role, x.name(name), name, x.typeExpression(x.slice(node).replace(/\s+/g, '')), count);
}
