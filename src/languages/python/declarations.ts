/** First pass over the tree, in text order: scopes, variables with what binds them, symbol rows, import rows. */
import { SymbolFlag } from '#model/vocabulary.ts';
import { bindCapture, bindTarget, bindTypeAlias, bindTypeParameters } from './binding-targets.ts';
import { BodyHashes } from './body-hash.ts';
import { Kind } from './grammar.ts';
import { addImports } from './import-rows.ts';
import { classShape, type FunctionShape, functionShape } from './definition-shape.ts';
import { OutwardNames } from './outward-names.ts';
import { ScopeKind, ScopeTable } from './scope-table.ts';
import { addFlag, addSymbol, parametersOf, publicVisibility, visibilityOf } from './symbol-rows.ts';
import type { Unit } from './unit.ts';

export class Declarations {
  readonly unit: Unit;
  readonly scopes = new ScopeTable();
  readonly hashes: BodyHashes;
  readonly outward: OutwardNames;
  /** Where variables are bound, in text order: node and variable. */
  readonly boundNodes: number[] = [];
  readonly boundVariables: number[] = [];
  /** Symbol row by definition node (function, class, lambda). */
  readonly symbolOf = new Map<number, number>();
  /** By function node. */
  readonly functionShapes = new Map<number, FunctionShape>();
  /** Local names that an import statement binds, and their import rows. */
  readonly importedNames = new Map<number, (readonly [nameNode: number, row: number])[]>();
  /** Members by class symbol row and name: class-level names and `self.x` fields. */
  readonly members = new Map<number, Map<number, number>>();
  /** Attributes of `self` that methods use. */
  readonly selfUses: { readonly owner: number; readonly method: number; readonly name: number }[] = [];
  /** Nodes with rows of metrics, in text order, and their symbols. */
  readonly measured: {
    readonly node: number;
    readonly symbol: number;
    readonly kind: 'module' | 'class' | 'function';
  }[] = [];
  readonly #symbolVariables: (readonly [number, number])[] = [];
  readonly #useScopes: number[] = [];
  readonly #useNames: number[] = [];
  readonly #open: number[] = [];
  readonly #ends: number[] = [];
  #hasStarImport = false;

  constructor(unit: Unit) {
    this.unit = unit;
    this.hashes = new BodyHashes(unit);
    this.outward = new OutwardNames(unit);
  }

  get hasStarImport(): boolean {
    return this.#hasStarImport;
  }

  run(): void {
    const { unit } = this;
    const { tree } = unit;
    const module = addSymbol(unit, this.hashes, {
      kind: 'module',
      name: '',
      parent: -1,
      node: 0,
      nameNode: -1,
      flags: SymbolFlag.exported,
      visibility: publicVisibility,
      body: 0,
    });
    this.measured.push({ node: 0, symbol: module, kind: 'module' });
    this.#enter(ScopeKind.module, 0, module);
    for (let node = 1; node < tree.count; node++) {
      while (node >= this.#ends.at(-1)!) {
        this.#open.pop();
        this.#ends.pop();
      }
      if ((tree.flags[node]! & 1) !== 0) node = this.#visit(node);
    }
    this.#finish();
  }

  #enter(kind: number, node: number, symbol: number): number {
    const scope = this.scopes.open(kind, node, this.#open.at(-1) ?? -1, symbol);
    this.#open.push(scope);
    this.#ends.push(this.unit.tree.subtreeEnd[node]!);
    return scope;
  }

  /** Returns the last node that needs no visit of its own. */
  #visit(node: number): number {
    const { unit, scopes } = this;
    const { tree, fields } = unit;
    const scope = this.#open.at(-1)!;
    switch (unit.kind(node)) {
      case Kind.identifier: {
        const field = tree.field[node]!;
        if (
          field === fields.attribute ||
          (field === fields.name && unit.kind(tree.parent[node]!) === Kind.keyword_argument)
        )
          break;
        this.#useScopes.push(scope);
        this.#useNames.push(unit.name(node));
        break;
      }
      case Kind.attribute:
        this.#selfUse(node, scope);
        break;
      case Kind.function_definition:
        this.#function(node, scope);
        break;
      case Kind.class_definition:
        this.#class(node, scope);
        break;
      case Kind.lambda:
        this.#lambda(node, scope);
        break;
      case Kind.list_comprehension:
      case Kind.set_comprehension:
      case Kind.dictionary_comprehension:
      case Kind.generator_expression:
        this.#enter(ScopeKind.comprehension, node, scopes.symbol[scope]!);
        break;
      case Kind.assignment: {
        const left = unit.child(node, fields.left);
        const isBound = unit.child(node, fields.right) >= 0;
        if (left >= 0) bindTarget(this, left, scope, node, isBound);
        if (left >= 0 && scope === 0 && unit.kind(left) === Kind.identifier) this.outward.assigned(node, left, false);
        break;
      }
      case Kind.augmented_assignment: {
        const left = unit.child(node, fields.left);
        if (left >= 0) bindTarget(this, left, scope, node, true);
        if (left >= 0 && scope === 0 && unit.kind(left) === Kind.identifier) this.outward.assigned(node, left, true);
        break;
      }
      case Kind.call:
        if (scope === 0) this.outward.called(node);
        break;
      case Kind.for_statement:
      case Kind.for_in_clause: {
        const left = unit.child(node, fields.left);
        if (left >= 0) bindTarget(this, left, scope, node, true);
        break;
      }
      case Kind.as_pattern_target:
        for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
          bindTarget(this, child, scope, node, true);
        break;
      case Kind.named_expression: {
        const name = unit.child(node, fields.name);
        let target = scope;
        while (scopes.kind[target] === ScopeKind.comprehension) target = scopes.parent[target]!;
        if (name >= 0) bindTarget(this, name, target, node, true);
        break;
      }
      case Kind.delete_statement:
        for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
          if (unit.kind(child) === Kind.identifier) this.bound(child, scopes.bind(scope, unit.name(child)), true);
        }
        break;
      case Kind.global_statement:
      case Kind.nonlocal_statement: {
        const as = unit.kind(node) === Kind.global_statement ? 'global' : 'nonlocal';
        for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
          scopes.declare(scope, unit.name(child), as);
        return tree.subtreeEnd[node]! - 1;
      }
      case Kind.import_statement:
      case Kind.import_from_statement:
      case Kind.future_import_statement:
        this.#imports(node, scope);
        return tree.subtreeEnd[node]! - 1;
      case Kind.type_alias_statement:
        bindTypeAlias(this, node, scope);
        break;
      case Kind.type_parameter:
        if (tree.field[node] === fields.type_parameters) bindTypeParameters(this, node, scope);
        break;
      case Kind.dotted_name:
      case Kind.as_pattern:
      case Kind.splat_pattern:
        bindCapture(this, node, scope);
        break;
      default:
        break;
    }
    return node;
  }

  #selfUse(node: number, scope: number): void {
    const { unit, scopes } = this;
    const object = node + 1;
    if (unit.kind(object) !== Kind.identifier) return;
    let method = scope;
    while (method > 0 && scopes.selfName[method]! < 0) method = scopes.parent[method]!;
    if (method <= 0 || scopes.selfName[method] !== unit.name(object)) return;
    const attribute = unit.child(node, unit.fields.attribute);
    if (attribute >= 0)
      this.selfUses.push({
        owner: scopes.symbol[scopes.parent[method]!]!,
        method: scopes.symbol[method]!,
        name: unit.name(attribute),
      });
  }

  #inFunction(scope: number): boolean {
    return this.scopes.kind[this.scopes.runsIn[scope]!] !== ScopeKind.module;
  }

  #function(node: number, scope: number): void {
    const { unit, scopes } = this;
    const shape = functionShape(unit, node, scopes.kind[scope] === ScopeKind.class);
    const row = addSymbol(unit, this.hashes, {
      kind: shape.kind,
      name: shape.name,
      parent: scopes.symbol[scope]!,
      node: shape.outer,
      nameNode: shape.nameNode,
      flags: shape.flags,
      visibility: visibilityOf(shape.name),
      header: node,
      body: shape.body,
      parameters: shape.parameters,
      returnType: shape.returnType,
      decorators: shape.decorators,
    });
    this.symbolOf.set(node, row);
    this.functionShapes.set(node, shape);
    this.measured.push({ node, symbol: row, kind: 'function' });
    if (shape.nameNode >= 0) this.#defined(shape.nameNode, scope, row, !shape.isCompanion);
    const inner = this.#enter(ScopeKind.function, node, row);
    this.#parameters(
      shape.parameters,
      inner,
      scopes.kind[scope] === ScopeKind.class && (shape.flags & SymbolFlag.static) === 0,
    );
  }

  #class(node: number, scope: number): void {
    const { unit, scopes } = this;
    const shape = classShape(unit, node);
    const row = addSymbol(unit, this.hashes, {
      kind: shape.isEnum ? 'enum' : 'class',
      name: shape.name,
      parent: scopes.symbol[scope]!,
      node: shape.outer,
      nameNode: shape.nameNode,
      flags: shape.flags,
      visibility: visibilityOf(shape.name),
      header: node,
      body: shape.body,
      decorators: shape.decorators,
    });
    this.symbolOf.set(node, row);
    this.measured.push({ node, symbol: row, kind: 'class' });
    this.members.set(row, new Map());
    if (shape.nameNode >= 0) this.#defined(shape.nameNode, scope, row, true);
    this.#enter(ScopeKind.class, node, row);
  }

  #lambda(node: number, scope: number): void {
    const { unit, scopes } = this;
    const parameters = unit.child(node, unit.fields.parameters);
    const row = addSymbol(unit, this.hashes, {
      kind: 'function',
      name: 'λ',
      parent: scopes.symbol[scope]!,
      node,
      nameNode: -1,
      flags: SymbolFlag.anonymous,
      visibility: publicVisibility,
      body: unit.child(node, unit.fields.body),
      parameters,
    });
    this.symbolOf.set(node, row);
    this.#parameters(parameters, this.#enter(ScopeKind.lambda, node, row), false);
  }

  #parameters(node: number, scope: number, isMethod: boolean): void {
    const { unit, scopes } = this;
    parametersOf(unit, node).forEach(({ target }, position) => {
      if (unit.kind(target) !== Kind.identifier) return bindTarget(this, target, scope, -1, true);
      const variable = scopes.bind(scope, unit.name(target));
      scopes.isParameter[variable] = true;
      this.bound(target, variable, true);
      if (isMethod && position === 0) scopes.selfName[scope] = unit.name(target);
    });
  }

  #defined(nameNode: number, scope: number, symbol: number, isBinding: boolean): void {
    const { unit, scopes } = this;
    const name = unit.name(nameNode);
    const variable = scopes.bind(scope, name);
    this.bound(nameNode, variable, isBinding);
    scopes.variableSymbol[variable] = symbol;
    this.symbolized(symbol, variable);
    if (scopes.kind[scope] === ScopeKind.class) this.members.get(scopes.symbol[scope]!)?.set(name, symbol);
  }

  #imports(node: number, scope: number): void {
    const bound: (readonly [number, number])[] = [];
    this.importedNames.set(node, bound);
    addImports(this.unit, node, this.scopes.symbol[scope]!, this.#inFunction(scope), (nameNode, row) => {
      if (nameNode >= 0) bound.push([nameNode, row]);
      this.#import(nameNode, row, scope);
    });
  }

  #import(nameNode: number, row: number, scope: number): void {
    if (nameNode < 0) {
      this.#hasStarImport = true;
      return;
    }
    const variable = this.scopes.bind(scope, this.unit.name(nameNode));
    this.bound(nameNode, variable, true);
    if (this.scopes.variableImport[variable]! < 0) this.scopes.variableImport[variable] = row;
  }

  /** Notes that a node binds a variable; a declaration without a value is none. */
  bound(node: number, variable: number, isBinding: boolean): void {
    if (!isBinding) return;
    this.scopes.bindings[variable]!++;
    this.boundNodes.push(node);
    this.boundVariables.push(variable);
  }

  symbolized(symbol: number, variable: number): void {
    this.#symbolVariables.push([symbol, variable]);
  }

  /** Symbol row of the class whose instance (or itself) a name is as a method's first parameter; −1 if it is none. */
  classOfSelf(scope: number, name: number): number {
    const { scopes } = this;
    for (let at = scope; at > 0; at = scopes.parent[at]!) {
      if (scopes.selfName[at] === name) return scopes.symbol[scopes.parent[at]!]!;
      if (scopes.kind[at] === ScopeKind.class || scopes.own(at, name) >= 0) return -1;
    }
    return -1;
  }

  #finish(): void {
    const { scopes } = this;
    for (let use = 0; use < this.#useScopes.length; use++) {
      const scope = this.#useScopes[use]!;
      const variable = scopes.resolve(scope, this.#useNames[use]!);
      if (variable >= 0 && scopes.runsIn[scopes.variableScope[variable]!] !== scopes.runsIn[scope])
        scopes.readElsewhere[variable] = true;
    }
    // Annotations in strings may name any class or import of the module: no identifier tells.
    const readsAll = this.#useNames.includes(this.unit.names.find('globals'));
    for (const [, variable] of scopes.variablesOf(0)) {
      if (readsAll || scopes.variableImport[variable]! >= 0 || this.members.has(scopes.variableSymbol[variable]!))
        scopes.readElsewhere[variable] = true;
    }
    for (const [symbol, variable] of this.#symbolVariables)
      if (scopes.bindings[variable]! > 1) addFlag(this.unit, symbol, SymbolFlag.rebound);
  }
}
