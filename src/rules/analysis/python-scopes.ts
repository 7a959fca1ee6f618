/** Python's scopes: which names are bound where, and what reads them. */
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';

export type PyBindingKind =
  | 'parameter'
  | 'assignment'
  | 'augmented'
  | 'loop'
  | 'import'
  | 'function'
  | 'class'
  | 'exception'
  | 'with'
  | 'pattern'
  | 'delete'
  | 'type';

export interface PyBinding {
  /** The identifier's node. */
  readonly node: number;
  readonly kind: PyBindingKind;
}

export interface PyVariable {
  readonly name: string;
  readonly scope: PyScope;
  readonly bindings: PyBinding[];
  /** Identifier nodes that read it, in this scope or a nested one. */
  readonly reads: number[];
}

export interface PyScope {
  readonly kind: 'module' | 'class' | 'function' | 'comprehension';
  /** The node that opens it. */
  readonly node: number;
  readonly parent: PyScope | undefined;
  readonly variables: Map<string, PyVariable>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
}

export interface PyRead {
  readonly node: number;
  readonly name: string;
  readonly scope: PyScope;
  readonly variable: PyVariable | undefined;
}

export interface PyScopes {
  readonly module: PyScope;
  readonly all: readonly PyScope[];
  readonly reads: readonly PyRead[];
  /** `from x import *`, `exec`, …: names cannot be known. */
  readonly isDynamic: boolean;
  scopeOf(node: number): PyScope | undefined;
  variableOf(node: number): PyVariable | undefined;
}

export function analysePythonScopes(nodes: SyntaxNodes): PyScopes {
  return new Analysis(nodes).run();
}

class Analysis {
  readonly #nodes: SyntaxNodes;
  readonly #all: PyScope[] = [];
  readonly #byNode = new Map<number, PyScope>();
  readonly #variables = new Map<number, PyVariable>();
  readonly #pending: { node: number; name: string; scope: PyScope }[] = [];
  #isDynamic = false;

  constructor(nodes: SyntaxNodes) {
    this.#nodes = nodes;
  }

  run(): PyScopes {
    const module = this.#open('module', 0, undefined);
    this.#children(0, module);
    const reads = this.#pending.map(({ node, name, scope }): PyRead => {
      const variable = this.#resolve(scope, name);
      variable?.reads.push(node);
      if (variable) this.#variables.set(node, variable);
      return { node, name, scope, variable };
    });
    return {
      module,
      all: this.#all,
      reads,
      isDynamic: this.#isDynamic,
      scopeOf: (node) => this.#byNode.get(node),
      variableOf: (node) => this.#variables.get(node),
    };
  }

  #resolve(scope: PyScope, name: string): PyVariable | undefined {
    if (scope.globals.has(name)) return this.#all[0]!.variables.get(name);
    let at: PyScope | undefined = scope;
    let isOwn = true;
    while (at) {
      // A class's names are seen by its own statements alone (and the first iterable of a comprehension in it).
      if ((isOwn || at.kind !== 'class') && !(at === scope && at.nonlocals.has(name))) {
        const found = at.variables.get(name);
        if (found) return found;
      }
      // A comprehension directly in a class is lenient: its first iterable sees the class's names.
      isOwn = at.kind === 'comprehension' && isOwn;
      at = at.parent;
    }
    return undefined;
  }

  #open(kind: PyScope['kind'], node: number, parent: PyScope | undefined): PyScope {
    const scope: PyScope = { kind, node, parent, variables: new Map(), globals: new Set(), nonlocals: new Set() };
    this.#all.push(scope);
    this.#byNode.set(node, scope);
    return scope;
  }

  #bind(node: number, kind: PyBindingKind, scope: PyScope, name = this.#nodes.slice(node)): void {
    let owner = scope;
    if (scope.globals.has(name)) owner = this.#all[0]!;
    else if (scope.nonlocals.has(name)) {
      for (let at = scope.parent; at; at = at.parent)
        if (at.kind === 'function' && at.variables.has(name)) {
          owner = at;
          break;
        }
    }
    let variable = owner.variables.get(name);
    if (!variable) {
      variable = { name, scope: owner, bindings: [], reads: [] };
      owner.variables.set(name, variable);
    }
    variable.bindings.push({ node, kind });
    this.#variables.set(node, variable);
  }

  #children(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) this.#visit(at, scope);
  }

  #maybe(node: number, scope: PyScope): void {
    if (node >= 0) this.#visit(node, scope);
  }

  #read(node: number, scope: PyScope): void {
    this.#pending.push({ node, name: this.#nodes.slice(node), scope });
  }

  /** The targets of an assignment, a loop, …: names are bound, all else is read. */
  #target(node: number, kind: PyBindingKind, scope: PyScope): void {
    const nodes = this.#nodes;
    if (node < 0) return;
    switch (nodes.typeName(node)) {
      case 'identifier':
        this.#bind(node, kind, scope);
        return;
      case 'attribute':
      case 'subscript':
        this.#visit(node, scope);
        return;
      case 'comment':
        return;
      default:
        for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) this.#target(at, kind, scope);
    }
  }

  #visit(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    switch (nodes.typeName(node)) {
      case 'identifier':
        this.#read(node, scope);
        return;
      case 'comment':
        return;
      case 'attribute':
        this.#maybe(nodes.child(node, 'object'), scope);
        return;
      case 'keyword_argument':
        this.#maybe(nodes.child(node, 'value'), scope);
        return;
      case 'function_definition':
        this.#definition(node, scope);
        return;
      case 'lambda': {
        const inner = this.#open('function', node, scope);
        this.#parameters(nodes.child(node, 'parameters'), scope, inner);
        this.#maybe(nodes.child(node, 'body'), inner);
        return;
      }
      case 'class_definition':
        this.#class(node, scope);
        return;
      case 'list_comprehension':
      case 'set_comprehension':
      case 'dictionary_comprehension':
      case 'generator_expression':
        this.#comprehension(node, scope);
        return;
      case 'assignment':
        this.#maybe(nodes.child(node, 'right'), scope);
        this.#maybe(nodes.child(node, 'type'), scope);
        this.#target(nodes.child(node, 'left'), 'assignment', scope);
        return;
      case 'augmented_assignment': {
        const left = nodes.child(node, 'left');
        if (nodes.is(left, 'identifier')) this.#read(left, scope);
        this.#maybe(nodes.child(node, 'right'), scope);
        this.#target(left, 'augmented', scope);
        return;
      }
      case 'named_expression': {
        this.#maybe(nodes.child(node, 'value'), scope);
        // A walrus in a comprehension binds in the function around it.
        let owner = scope;
        while (owner.kind === 'comprehension' && owner.parent) owner = owner.parent;
        this.#target(nodes.child(node, 'name'), 'assignment', owner);
        return;
      }
      case 'for_statement':
        this.#maybe(nodes.child(node, 'right'), scope);
        this.#target(nodes.child(node, 'left'), 'loop', scope);
        this.#maybe(nodes.child(node, 'body'), scope);
        this.#maybe(nodes.child(node, 'alternative'), scope);
        return;
      case 'as_pattern':
        this.#asPattern(node, scope);
        return;
      case 'import_statement':
      case 'import_from_statement':
      case 'future_import_statement':
        this.#import(node, scope);
        return;
      case 'global_statement':
      case 'nonlocal_statement':
        for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) {
          if (nodes.is(node, 'global_statement')) {
            scope.globals.add(nodes.slice(at));
            // The module's name, though nothing at its top binds it.
            this.#bind(at, 'assignment', this.#all[0]!);
          } else scope.nonlocals.add(nodes.slice(at));
        }
        return;
      case 'delete_statement':
        for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) this.#visit(at, scope);
        return;
      case 'case_clause':
        this.#case(node, scope);
        return;
      case 'type_alias_statement':
        this.#target(firstIdentifier(nodes, nodes.firstNamed(node)), 'type', scope);
        for (let at = nodes.nextNamed(nodes.firstNamed(node)); at >= 0; at = nodes.nextNamed(at))
          this.#visit(at, scope);
        return;
      case 'call':
        if (nodes.slice(nodes.child(node, 'function')) === 'exec') this.#isDynamic = true;
        this.#children(node, scope);
        return;
      default:
        this.#children(node, scope);
    }
  }

  #definition(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    const inner = this.#open('function', node, scope);
    const typeParameters = nodes.child(node, 'type_parameters');
    if (typeParameters >= 0) this.#typeParameters(typeParameters, inner);
    const around = typeParameters >= 0 ? inner : scope;
    this.#parameters(nodes.child(node, 'parameters'), around, inner);
    this.#maybe(nodes.child(node, 'return_type'), around);
    this.#target(nodes.child(node, 'name'), 'function', scope);
    this.#maybe(nodes.child(node, 'body'), inner);
  }

  #typeParameters(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) {
      const name = firstIdentifier(nodes, at);
      if (name >= 0) this.#bind(name, 'type', scope);
      for (let below = at; below < nodes.tree.subtreeEnd[at]!; below++)
        if (below !== name && nodes.is(below, 'identifier')) this.#read(below, scope);
    }
  }

  #class(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    const inner = this.#open('class', node, scope);
    const typeParameters = nodes.child(node, 'type_parameters');
    if (typeParameters >= 0) this.#typeParameters(typeParameters, inner);
    this.#maybe(nodes.child(node, 'superclasses'), typeParameters >= 0 ? inner : scope);
    this.#target(nodes.child(node, 'name'), 'class', scope);
    this.#maybe(nodes.child(node, 'body'), inner);
  }

  #parameters(node: number, outer: PyScope, inner: PyScope): void {
    const nodes = this.#nodes;
    if (node < 0) return;
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) {
      const type = nodes.typeName(at);
      if (type === 'identifier') this.#bind(at, 'parameter', inner);
      else if (type === 'default_parameter' || type === 'typed_default_parameter') {
        this.#target(nodes.child(at, 'name'), 'parameter', inner);
        this.#maybe(nodes.child(at, 'type'), outer);
        this.#maybe(nodes.child(at, 'value'), outer);
      } else if (type === 'typed_parameter') {
        const name = firstIdentifier(nodes, nodes.firstNamed(at));
        if (name >= 0) this.#bind(name, 'parameter', inner);
        this.#maybe(nodes.child(at, 'type'), outer);
      } else if (type !== 'comment') {
        this.#target(at, 'parameter', inner);
      }
    }
  }

  #comprehension(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    const inner = this.#open('comprehension', node, scope);
    let isFirst = true;
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) {
      if (!nodes.is(at, 'for_in_clause')) continue;
      for (let part = nodes.firstNamed(at); part >= 0; part = nodes.nextNamed(part)) {
        if (nodes.fieldIs(part, 'left')) this.#target(part, 'loop', inner);
        else this.#visit(part, isFirst ? scope : inner);
      }
      isFirst = false;
    }
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at))
      if (!nodes.is(at, 'for_in_clause')) this.#visit(at, inner);
  }

  #asPattern(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    const parent = nodes.typeName(nodes.parent(node));
    const kind = parent === 'except_clause' ? 'exception' : 'with';
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) {
      if (nodes.is(at, 'as_pattern_target')) this.#target(at, kind, scope);
      else this.#visit(at, scope);
    }
  }

  #import(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    const module = nodes.child(node, 'module_name');
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) {
      if (at === module) continue;
      const type = nodes.typeName(at);
      if (type === 'wildcard_import') this.#isDynamic = true;
      else if (type === 'aliased_import') this.#target(nodes.child(at, 'alias'), 'import', scope);
      else if (type === 'dotted_name') {
        const first = nodes.firstNamed(at);
        if (first >= 0) this.#bind(first, 'import', scope);
      }
    }
  }

  #case(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) {
      if (nodes.is(at, 'case_pattern')) this.#casePattern(at, scope);
      else this.#visit(at, scope);
    }
  }

  #casePattern(node: number, scope: PyScope): void {
    const nodes = this.#nodes;
    const type = nodes.typeName(node);
    if (type === 'comment') return;
    if (type === 'identifier') {
      if (nodes.slice(node) !== '_') this.#bind(node, 'pattern', scope);
      return;
    }
    if (type === 'dotted_name') {
      const first = nodes.firstNamed(node);
      if (first >= 0 && nodes.nextNamed(first) < 0) {
        const isClass = nodes.is(nodes.parent(node), 'class_pattern');
        if (isClass) this.#read(first, scope);
        else if (nodes.slice(first) !== '_') this.#bind(first, 'pattern', scope);
      } else if (first >= 0) this.#read(first, scope);
      return;
    }
    if (type === 'keyword_pattern') {
      const name = nodes.firstNamed(node);
      for (let at = nodes.nextNamed(name); at >= 0; at = nodes.nextNamed(at)) this.#casePattern(at, scope);
      return;
    }
    if (type === 'attribute' || type === 'string' || type === 'concatenated_string') {
      this.#visit(node, scope);
      return;
    }
    for (let at = nodes.firstNamed(node); at >= 0; at = nodes.nextNamed(at)) this.#casePattern(at, scope);
  }
}

function firstIdentifier(nodes: SyntaxNodes, node: number): number {
  if (node < 0) return -1;
  return nodes.is(node, 'identifier') ? node : nodes.descendantOfType(node, 'identifier');
}
