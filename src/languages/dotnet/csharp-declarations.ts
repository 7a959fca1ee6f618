import { argumentCount } from '../declarative/compiled-spec.ts';
import { typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';

export function declareNamespace(x: Extraction, node: number): number {
  const name = x.child(node, 'name');
  for (let at = name; at < x.tree.subtreeEnd[name]!; at++) x.claim(at);
  return x.declare({
    node,
    kind: 'namespace',
    nameNode: name,
    name: x.slice(name).replace(/\s+/g, ''),
    visibility: 'public',
    body: x.child(node, 'body'),
  });
}

export function usingDirective(x: Extraction, node: number): void {
  const text = x.slice(node);
  const alias = x.child(node, 'name');
  const target = x.lastNamed(node);
  const full = x
    .slice(target)
    .replace(/\s+/g, '')
    .replace(/<.*$/, '')
    .replace(/^global::/, '');
  const flags = (/^(?:global\s+)?using\s+static\b/.test(text) ? 8 : 0) | (/^global\b/.test(text) ? 16 : 0);
  if (alias >= 0) {
    const dot = full.lastIndexOf('.');
    x.import('member', node, dot < 0 ? '' : full.slice(0, dot), full.slice(dot + 1), x.slice(alias), flags);
  } else x.import('star', node, full, undefined, undefined, flags);
  x.skip(node);
}

export function patternVariable(x: Extraction, node: number): void {
  const name = x.child(node, 'name');
  if (!x.is(name, 'identifier')) return;
  const written = x.child(node, 'type');
  x.local(name, x.is(written, 'implicit_type') ? -1 : typeText(x, written));
}

export function variableDeclaration(x: Extraction, node: number): void {
  const outer = x.parent(node);
  const isField = x.is(outer, 'field_declaration') || x.is(outer, 'event_field_declaration');
  const written = x.child(node, 'type');
  const declaredType = x.is(written, 'implicit_type') ? -1 : typeText(x, written);
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'variable_declarator')) continue;
    const name = x.child(at, 'name');
    if (name < 0) continue;
    const value = x.nextNamed(name);
    if (x.is(value, 'implicit_object_creation_expression') && written >= 0) {
      x.referenceNamed(
        'instantiate',
        x.facts.string(/(\w+)\W*$/.exec(x.facts.strings[declaredType]!.replace(/<.*$/, ''))?.[1] ?? ''),
        value,
        -1,
        argumentCount(x, x.childOfType(value, 'argument_list')),
      );
    }
    if (isField) {
      const isConst = /\bconst\b/.test(x.text.slice(x.tree.start[outer], x.tree.start[node]));
      x.declare({ node: outer, kind: isConst ? 'constant' : 'field', nameNode: name, declaredType });
    } else x.local(name, declaredType, declaredType < 0 ? x.expression(value) : -1);
  }
}
