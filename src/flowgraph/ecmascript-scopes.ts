import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import { children } from './node-children.ts';

export const functionTypes: ReadonlySet<string> = new Set([
  'function_declaration',
  'function_expression',
  'arrow_function',
  'method_definition',
  'generator_function',
  'generator_function_declaration',
]);
export const typeOnly: ReadonlySet<string> = new Set([
  'type_annotation',
  'type_arguments',
  'type_parameters',
  'interface_declaration',
  'type_alias_declaration',
  'implements_clause',
  'ambient_declaration',
  'function_signature',
  'comment',
]);

/** Names of one block or function, and the blocks around it. A name that hides another is kept apart by its line. */
export class FlowScope {
  readonly #names = new Map<string, string>();
  readonly #outer: FlowScope | undefined;

  constructor(outer?: FlowScope) {
    this.#outer = outer;
  }

  declare(name: string, line: number): void {
    if (!this.#names.has(name)) this.#names.set(name, this.#outer?.knows(name) === true ? `${name}@${line}` : name);
  }

  knows(name: string): boolean {
    return this.#names.has(name) || this.#outer?.knows(name) === true;
  }

  /** The variable that the name stands for. */
  variable(name: string): string {
    return this.#names.get(name) ?? this.#outer?.variable(name) ?? name;
  }
}

/** Identifiers that a pattern binds. Defaults and computed keys bind nothing. */
export function patternNames(nodes: SyntaxNodes, pattern: number): readonly number[] {
  if (pattern < 0) return [];
  switch (nodes.typeName(pattern)) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return [pattern];
    case 'pair_pattern':
      return patternNames(nodes, nodes.child(pattern, 'value'));
    case 'assignment_pattern':
    case 'object_assignment_pattern':
      return patternNames(nodes, nodes.child(pattern, 'left'));
    case 'required_parameter':
    case 'optional_parameter':
      return patternNames(nodes, nodes.child(pattern, 'pattern'));
    case 'object_pattern':
    case 'array_pattern':
    case 'rest_pattern':
    case 'parenthesized_expression':
      return children(nodes, pattern).flatMap((part) => patternNames(nodes, part));
    default:
      return [];
  }
}

/** Nodes of the names that `let`, `const`, `class` and functions declare directly in a block. */
export function blockNames(nodes: SyntaxNodes, statements: readonly number[]): readonly number[] {
  return statements.flatMap((statement): readonly number[] => {
    switch (nodes.typeName(statement)) {
      case 'lexical_declaration':
        return children(nodes, statement).flatMap((part) => patternNames(nodes, nodes.child(part, 'name')));
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'function_declaration':
      case 'generator_function_declaration':
      case 'enum_declaration':
        return [nodes.child(statement, 'name')];
      case 'export_statement':
        return blockNames(
          nodes,
          [nodes.child(statement, 'declaration')].filter((at) => at >= 0),
        );
      default:
        return [];
    }
  });
}

/** Names that `var` declares anywhere in a function, nested functions left out. */
export function variableNames(nodes: SyntaxNodes, body: number): readonly number[] {
  const names: number[] = [];
  const { subtreeEnd } = nodes.tree;
  for (let at = body + 1; body >= 0 && at < subtreeEnd[body]!; at++) {
    const type = nodes.typeName(at);
    if (functionTypes.has(type)) at = subtreeEnd[at]! - 1;
    else if (type === 'variable_declaration')
      for (const part of children(nodes, at)) names.push(...patternNames(nodes, nodes.child(part, 'name')));
    else if (type === 'for_in_statement' && nodes.slice(nodes.child(at, 'kind')) === 'var')
      names.push(...patternNames(nodes, nodes.child(at, 'left')));
  }
  return names;
}

/** All names bound somewhere inside a nested function or class: its own, not those of the function around it. */
export function ownNames(nodes: SyntaxNodes, node: number): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (list: readonly number[]): void => {
    for (const name of list) if (name >= 0) names.add(nodes.slice(name));
  };
  for (let at = node; at < nodes.tree.subtreeEnd[node]!; at++) {
    const type = nodes.typeName(at);
    if (type === 'variable_declarator') add(patternNames(nodes, nodes.child(at, 'name')));
    else if (type === 'required_parameter' || type === 'optional_parameter') add(patternNames(nodes, at));
    else if (type === 'arrow_function') add(patternNames(nodes, nodes.child(at, 'parameter')));
    else if (type === 'catch_clause') add(patternNames(nodes, nodes.child(at, 'parameter')));
    else if (type === 'for_in_statement' && nodes.child(at, 'kind') >= 0)
      add(patternNames(nodes, nodes.child(at, 'left')));
    else if (
      at !== node &&
      (type === 'function_declaration' || type === 'class_declaration' || type === 'function_expression')
    )
      add([nodes.child(at, 'name')]);
  }
  return names;
}
