import type { Extraction } from '../declarative/extraction.ts';

/** What a C declarator says: the declared name below pointers, arrays and parameter lists. */
export interface Declarator {
  /** Node of the name: identifier, field or type identifier, destructor or operator name; −1 for none. */
  readonly name: number;
  /** Outermost qualified name (`a::B::f`), −1 for none. */
  readonly qualified: number;
  /** The function declarator that gives the name its parameters; −1 for variables, function pointers among them. */
  readonly functionNode: number;
  /** Pointers, references and array brackets around the name. */
  readonly suffix: string;
}

const nameTypes = new Set([
  'identifier',
  'field_identifier',
  'type_identifier',
  'destructor_name',
  'operator_name',
  'operator_cast',
  'namespace_identifier',
]);

export function readDeclarator(x: Extraction, node: number): Declarator {
  let qualified = -1;
  let functionNode = -1;
  let suffix = '';
  let at = node;
  for (let steps = 0; at >= 0 && steps < 60; steps++) {
    const type = x.typeName(at);
    if (nameTypes.has(type)) return { name: at, qualified, functionNode, suffix };
    switch (type) {
      case 'qualified_identifier':
        if (qualified < 0) qualified = at;
        at = x.child(at, 'name');
        continue;
      case 'template_function':
      case 'template_method':
      case 'template_type':
        at = x.child(at, 'name');
        continue;
      case 'function_declarator':
        functionNode = at;
        at = x.child(at, 'declarator');
        continue;
      case 'pointer_declarator':
        // A pointer inside a function declarator's parentheses: a variable that holds a function.
        functionNode = -1;
        suffix = `*${suffix}`;
        break;
      case 'reference_declarator':
        suffix = `&${suffix}`;
        break;
      case 'array_declarator':
        suffix = `[]${suffix}`;
        break;
      case 'init_declarator':
      case 'parenthesized_declarator':
      case 'attributed_declarator':
      case 'bitfield_clause':
        break;
      default:
        return { name: -1, qualified, functionNode, suffix };
    }
    const inner = x.child(at, 'declarator');
    at = inner >= 0 ? inner : lastDeclarator(x, at);
  }
  return { name: -1, qualified, functionNode, suffix };
}

/** Where a grammar names no field: the last child that can hold a name (qualifiers come before it). */
function lastDeclarator(x: Extraction, node: number): number {
  let found = -1;
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (nameTypes.has(x.typeName(at)) || x.typeName(at).endsWith('_declarator') || x.is(at, 'qualified_identifier'))
      found = at;
  }
  return found;
}

/** The qualifier of `a::B<T>::f` without type arguments: `a::B`; '' where it is the global scope. */
export function qualifierOf(x: Extraction, qualified: number): string {
  const parts: string[] = [];
  let at = qualified;
  while (x.is(at, 'qualified_identifier')) {
    const scope = x.child(at, 'scope');
    if (scope >= 0) parts.push(x.slice(x.is(scope, 'template_type') ? x.child(scope, 'name') : scope));
    at = x.child(at, 'name');
  }
  return parts.join('::');
}

/** The last name of a qualified one, below template arguments. */
export function lastNameOf(x: Extraction, node: number): number {
  let at = node;
  for (let steps = 0; at >= 0 && steps < 60; steps++) {
    if (
      !x.is(at, 'qualified_identifier') &&
      !x.is(at, 'template_function') &&
      !x.is(at, 'template_type') &&
      !x.is(at, 'template_method') &&
      !x.is(at, 'dependent_name')
    )
      return at;
    const name = x.child(at, 'name');
    at = name >= 0 ? name : x.firstNamed(at);
  }
  return at;
}
