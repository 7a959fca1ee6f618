/** First pass over the tree, in text order: scopes, variables with what binds them, symbol rows, import rows. */
import { SymbolFlag } from '#model/vocabulary.ts';
import { BodyHashes } from './body-hash.ts';
import { Kind } from './grammar.ts';
import { addImports } from './import-rows.ts';
import { classShape, type FunctionShape, functionShape } from './definition-shape.ts';
import { OutwardNames } from './outward-names.ts';
import { ScopeKind, ScopeTable } from './scope-table.ts';
import { addFlag, addSymbol, oneLine, parametersOf, publicVisibility, visibilityOf } from './symbol-rows.ts';
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
        if (left >= 0) this.#target(left, scope, node, isBound);
        if (left >= 0 && scope === 0 && unit.kind(left) === Kind.identifier) this.outward.assigned(node, left, false);
        break;
      }
      case Kind.augmented_assignment: {
        const left = unit.child(node, fields.left);
        if (left >= 0) this.#target(left, scope, node, true);
        if (left >= 0 && scope === 0 && unit.kind(left) === Kind.identifier) this.outward.assigned(node, left, true);
        break;
      }
      case Kind.call:
        if (scope === 0) this.outward.called(node);
        break;
      case Kind.for_statement:
      case Kind.for_in_clause: {
        const left = unit.child(node, fields.left);
        if (left >= 0) this.#target(left, scope, node, true);
        break;
      }
      case Kind.as_pattern_target:
        for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
          this.#target(child, scope, node, true);
        break;
      case Kind.named_expression: {
        const name = unit.child(node, fields.name);
        let target = scope;
        while (scopes.kind[target] === ScopeKind.comprehension) target = scopes.parent[target]!;
        if (name >= 0) this.#target(name, target, node, true);
        break;
      }
      case Kind.delete_statement:
        for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
          if (unit.kind(child) === Kind.identifier) this.#bound(child, scopes.bind(scope, unit.name(child)), true);
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
        this.#typeAlias(node, scope);
        break;
      case Kind.type_parameter:
        if (tree.field[node] === fields.type_parameters) this.#typeParameters(node, scope);
        break;
      case Kind.dotted_name:
      case Kind.as_pattern:
      case Kind.splat_pattern:
        this.#capture(node, scope);
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
      if (unit.kind(target) !== Kind.identifier) return this.#target(target, scope, -1, true);
      const variable = scopes.bind(scope, unit.name(target));
      scopes.isParameter[variable] = true;
      this.#bound(target, variable, true);
      if (isMethod && position === 0) scopes.selfName[scope] = unit.name(target);
    });
  }

  #defined(nameNode: number, scope: number, symbol: number, isBinding: boolean): void {
    const { unit, scopes } = this;
    const name = unit.name(nameNode);
    const variable = scopes.bind(scope, name);
    this.#bound(nameNode, variable, isBinding);
    scopes.variableSymbol[variable] = symbol;
    this.#symbolVariables.push([symbol, variable]);
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
    this.#bound(nameNode, variable, true);
    if (this.scopes.variableImport[variable]! < 0) this.scopes.variableImport[variable] = row;
  }

  #bound(node: number, variable: number, isBinding: boolean): void {
    if (!isBinding) return;
    this.scopes.bindings[variable]!++;
    this.boundNodes.push(node);
    this.boundVariables.push(variable);
  }

  /** `statement`: the node that a symbol for the target would stand for, −1 where none should. */
  #target(node: number, scope: number, statement: number, isBound: boolean): void {
    const { unit, scopes } = this;
    switch (unit.kind(node)) {
      case Kind.identifier: {
        const variable = scopes.bind(scope, unit.name(node));
        this.#bound(node, variable, isBound);
        if (scopes.variableSymbol[variable]! < 0) this.#variableSymbol(node, variable, statement);
        break;
      }
      case Kind.attribute:
        this.#field(node, scope, statement);
        break;
      case Kind.subscript:
      case Kind.call:
        break;
      default:
        for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
          this.#target(child, scope, statement, isBound);
    }
  }

  #variableSymbol(node: number, variable: number, statement: number): void {
    const { unit, scopes } = this;
    const scope = scopes.variableScope[variable]!;
    const kind = scopes.kind[scope]!;
    if (
      (kind !== ScopeKind.module && kind !== ScopeKind.class) ||
      statement < 0 ||
      scopes.variableImport[variable]! >= 0
    )
      return;
    const name = unit.textOf(node);
    const parent = scopes.symbol[scope]!;
    const inClass = kind === ScopeKind.class;
    const type = unit.kind(statement) === Kind.assignment ? unit.child(statement, unit.fields.type) : -1;
    const declaredType = type < 0 ? undefined : oneLine(unit.textOf(type));
    const isConstant = /^_*[A-Z][A-Z0-9_]*$/.test(name);
    const isAlias = declaredType === 'TypeAlias' || declaredType === 'typing.TypeAlias';
    const isEnumMember = inClass && unit.facts.symbols.get(parent, 0) === enumKind && !name.startsWith('_');
    const row = addSymbol(unit, this.hashes, {
      kind: isAlias
        ? 'type'
        : isEnumMember
          ? 'enum-member'
          : inClass
            ? isConstant
              ? 'constant'
              : 'field'
            : isConstant
              ? 'constant'
              : 'variable',
      name,
      parent,
      node: statement,
      nameNode: node,
      visibility: visibilityOf(name),
      header: statement,
      declaredType,
      flags: (isConstant ? SymbolFlag.readonly : 0) | (inClass ? SymbolFlag.static : 0),
    });
    scopes.variableSymbol[variable] = row;
    this.#symbolVariables.push([row, variable]);
    if (inClass) this.members.get(parent)?.set(unit.name(node), row);
  }

  /** `self.x = …`: a field of the class whose method it is. */
  #field(node: number, scope: number, statement: number): void {
    const { unit } = this;
    const object = unit.child(node, unit.fields.object);
    const attribute = unit.child(node, unit.fields.attribute);
    if (object < 0 || attribute < 0 || statement < 0 || unit.kind(object) !== Kind.identifier) return;
    const owner = this.classOfSelf(scope, unit.name(object));
    if (owner < 0) return;
    const members = this.members.get(owner);
    const name = unit.name(attribute);
    if (!members || members.has(name)) return;
    const text = unit.textOf(attribute);
    const type = unit.kind(statement) === Kind.assignment ? unit.child(statement, unit.fields.type) : -1;
    members.set(
      name,
      addSymbol(unit, this.hashes, {
        kind: 'field',
        name: text,
        parent: owner,
        node: statement,
        nameNode: attribute,
        flags: 0,
        visibility: visibilityOf(text),
        header: statement,
        declaredType: type < 0 ? undefined : oneLine(unit.textOf(type)),
      }),
    );
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

  #typeAlias(node: number, scope: number): void {
    const { unit, scopes } = this;
    const left = unit.child(node, unit.fields.left);
    if (left < 0) return;
    let name = left;
    while (name >= 0 && unit.kind(name) !== Kind.identifier) name = unit.firstNamed(name);
    if (name < 0) return;
    const kind = scopes.kind[scope]!;
    const variable = scopes.bind(scope, unit.name(name));
    this.#bound(name, variable, true);
    if (kind !== ScopeKind.module && kind !== ScopeKind.class) return;
    const right = unit.child(node, unit.fields.right);
    scopes.variableSymbol[variable] = addSymbol(unit, this.hashes, {
      kind: 'type',
      name: unit.textOf(name),
      parent: scopes.symbol[scope]!,
      node,
      nameNode: name,
      flags: 0,
      visibility: visibilityOf(unit.textOf(name)),
      header: node,
      declaredType: right < 0 ? undefined : oneLine(unit.textOf(right)),
    });
  }

  #typeParameters(node: number, scope: number): void {
    const { unit } = this;
    for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
      let name = child;
      while (name >= 0 && unit.kind(name) !== Kind.identifier) name = unit.firstNamed(name);
      if (name >= 0) this.#bound(name, this.scopes.bind(scope, unit.name(name)), true);
    }
  }

  /** Names that a match pattern binds. */
  #capture(node: number, scope: number): void {
    const { unit } = this;
    const parent = unit.kind(unit.tree.parent[node]!);
    const kind = unit.kind(node);
    let name = -1;
    if (kind === Kind.dotted_name) {
      const first = unit.firstNamed(node);
      const isCapture =
        parent === Kind.case_pattern || parent === Kind.keyword_pattern || parent === Kind.union_pattern;
      if (isCapture && first >= 0 && unit.tree.subtreeEnd[first] === unit.tree.subtreeEnd[node]) name = first;
    } else {
      // `case … as name` and `*name`: the identifier is the last child.
      for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node))
        if (unit.kind(child) === Kind.identifier) name = child;
      if (kind === Kind.as_pattern && unit.child(node, unit.fields.alias) >= 0) return;
    }
    if (name >= 0 && unit.textOf(name) !== '_') this.#bound(name, this.scopes.bind(scope, unit.name(name)), true);
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
    for (const [, variable] of scopes.variablesOf(0)) {
      if (scopes.variableImport[variable]! >= 0 || this.members.has(scopes.variableSymbol[variable]!))
        scopes.readElsewhere[variable] = true;
    }
    for (const [symbol, variable] of this.#symbolVariables)
      if (scopes.bindings[variable]! > 1) addFlag(this.unit, symbol, SymbolFlag.rebound);
  }
}

const enumKind = 5;
