import type { ReferenceRole } from '#model/vocabulary.ts';
import type { Extraction } from './extraction.ts';

/** A type's name: a `type` reference, unless something else claimed it or the language itself owns the word. */
export function typeNameReference(x: Extraction, node: number): void {
  if (x.isClaimed(node)) return;
  const name = x.name(node);
  if (x.spec.builtinTypes.has(x.facts.strings[name]!) || x.scopes.find(name) >= 0) return;
  x.referenceNamed('type', name, node, -1);
}

/** `a.B`: a `type` reference to B with the qualifier as written. */
export function qualifiedTypeReference(x: Extraction, node: number): void {
  if (!x.isClaimed(node)) qualified(x, node, 'type');
}

function qualified(x: Extraction, node: number, role: ReferenceRole, argumentCount = -1): void {
  const { start, end, subtreeEnd, type } = x.tree;
  // The last name outside type arguments is the type; the names in front of it are the qualifier.
  let last = -1;
  for (let at = node + 1; at < subtreeEnd[node]!; at++) {
    if (x.spec.isTypeArguments[type[at]!]) at = subtreeEnd[at]! - 1;
    else if (x.isLeaf(at) && x.tree.flags[at]! & 1) {
      x.claim(at);
      last = at;
    } else if (!x.isLeaf(at)) x.claim(at);
  }
  if (last < 0) return;
  const full = x.facts.string(x.text.slice(start[node], end[last]).replace(/\s+/g, ''));
  x.referenceNamed(role, x.name(last), last, x.typeExpression(x.facts.strings[full]!), argumentCount);
}

/**
 * A reference to the type at a node, its type arguments left out (they are `type` references of their own). The receiver is
 * the type as written where it is qualified.
 */
export function typeReference(x: Extraction, node: number, role: ReferenceRole, argumentCount = -1): void {
  const { type, subtreeEnd } = x.tree;
  for (let at = node; at < subtreeEnd[node]!; at++) {
    if (x.spec.isTypeArguments[type[at]!]) {
      at = subtreeEnd[at]! - 1;
      continue;
    }
    if (x.spec.isQualifiedType[type[at]!]) {
      x.claim(at);
      qualified(x, at, role, argumentCount);
      return;
    }
    if (x.spec.isTypeName[type[at]!]) {
      x.claim(at);
      const name = x.name(at);
      if (role === 'type' && x.spec.builtinTypes.has(x.facts.strings[name]!)) return;
      x.referenceNamed(
        role,
        name,
        at,
        isSupertype(role) && x.spec.source.level === 'typed' ? withArguments(x, node) : -1,
        argumentCount,
      );
      return;
    }
  }
}

function isSupertype(role: ReferenceRole): boolean {
  return role === 'inherit' || role === 'implement';
}

/** The type as written where it has type arguments: what a supertype's members hold comes from them. −1 without any. */
function withArguments(x: Extraction, node: number): number {
  const { start, end, subtreeEnd, type } = x.tree;
  for (let at = node + 1; at < subtreeEnd[node]!; at++)
    if (x.spec.isTypeArguments[type[at]!])
      return x.typeExpression(x.text.slice(start[node], end[node]).replace(/\s+/g, ' '));
  return -1;
}

const listTypes = /list|delegation|interfaces|specifiers/;

/** Each type directly in the node, through lists, is a supertype of the enclosing symbol. */
export function inheritChildren(x: Extraction, node: number, role: ReferenceRole): void {
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (listTypes.test(x.typeName(at))) inheritChildren(x, at, role);
    else typeReference(x, at, role);
  }
}
