/** What the second pass knows at each step: where it stands, and how names, references and operations are written. */
import { Binding, SymbolColumn } from '#model/facts.ts';
import { FlowOp, StoreFlag } from '#model/flow.ts';
import { referenceRoles, type ReferenceRole, symbolKinds } from '#model/vocabulary.ts';
import { pythonBuiltins } from '../python-builtins.ts';
import type { Declarations } from './declarations.ts';
import { FlowWriter } from './flow-writer.ts';
import { Kind } from './grammar.ts';
import { ScopeKind, type ScopeTable } from './scope-table.ts';
import type { Parameter } from './symbol-rows.ts';
import type { Unit } from './unit.ts';

/** A function whose body is still to be walked; row 0 is the module. */
export interface FunctionBody {
  readonly row: number;
  readonly node: number;
  readonly scope: number;
  readonly symbol: number;
  /** Flow class row of the class whose method this is or that encloses it, −1. */
  readonly classRow: number;
  readonly returns: number;
  readonly yields: number;
  /** Slot of what callers send into a generator, −1. */
  readonly sent: number;
  readonly parameters: readonly { readonly parameter: Parameter; readonly slot: number }[];
}

const roleNumbers = Object.fromEntries(referenceRoles.map((role, index) => [role, index])) as Readonly<
  Record<ReferenceRole, number>
>;
const fieldLike = new Set(
  ['field', 'constant', 'enum-member', 'variable'].map((kind) => symbolKinds.indexOf(kind as 'field')),
);

export class Context {
  readonly unit: Unit;
  readonly declarations: Declarations;
  readonly scopes: ScopeTable;
  readonly flow: FlowWriter;
  scope = 0;
  /** Innermost enclosing symbol row. */
  symbol = 0;
  body: FunctionBody;
  /** Flow class row whose body is being walked, else that of `body`. */
  classRow = -1;
  readonly pending: FunctionBody[] = [];
  readonly classRowOf = new Map<number, number>();
  /** Reference row that `readName` or `loadAttribute` wrote last, −1 if it wrote none. */
  lastReference = -1;
  /** Walks an expression and returns the slot of its value, −1 for what flow does not follow. Set by the extractor. */
  evaluate: (node: number) => number = () => -1;
  /** Walks a block or statement. */
  execute: (node: number) => void = () => undefined;

  constructor(declarations: Declarations, moduleBody: FunctionBody) {
    this.unit = declarations.unit;
    this.declarations = declarations;
    this.scopes = declarations.scopes;
    this.flow = new FlowWriter(this.unit.facts, this.scopes, declarations.boundNodes, declarations.boundVariables);
    this.body = moduleBody;
  }

  /** The function scope whose code is being walked. */
  get runsIn(): number {
    return this.scopes.runsIn[this.scope]!;
  }

  /** Writes a reference row at a node's start. */
  reference(
    role: ReferenceRole,
    name: number,
    node: number,
    binding: number,
    target: number,
    argumentCount = -1,
  ): number {
    return this.referenceAt(role, name, this.unit.tree.start[node]!, binding, target, argumentCount);
  }

  referenceAt(
    role: ReferenceRole,
    name: number,
    start: number,
    binding: number,
    target: number,
    argumentCount = -1,
  ): number {
    const { facts } = this.unit;
    const line = this.unit.line(start);
    const row = facts.references.rows;
    facts.references.add(
      roleNumbers[role],
      name,
      line,
      this.unit.column(start, line),
      this.symbol,
      binding,
      target,
      -1,
      argumentCount,
      -1,
    );
    return row;
  }

  /** The variable that the name reads here, −1 for none of the file's. */
  variable(name: number): number {
    const { scopes, scope } = this;
    const found = scopes.resolve(scope, name);
    // A class body reads an outer variable of the same name as long as its own is unbound.
    if (
      found >= 0 &&
      scopes.kind[scope] === ScopeKind.class &&
      scopes.variableScope[found] === scope &&
      this.flow.read(found) < 0
    ) {
      const outer = scopes.resolve(scopes.parent[scope]!, name);
      if (outer >= 0) return outer;
    }
    return found;
  }

  slotOf(variable: number): number {
    const { scopes } = this;
    return scopes.runsIn[scopes.variableScope[variable]!] === this.runsIn
      ? this.flow.read(variable)
      : this.flow.merged(variable);
  }

  /** Reads a name: its slot; `lastReference` is its row, or −1 for plain reads of what has no symbol. */
  readName(node: number, role: ReferenceRole, argumentCount = -1): number {
    return this.readNamedAt(this.unit.name(node), this.unit.tree.start[node]!, role, argumentCount);
  }

  readNamedAt(name: number, start: number, role: ReferenceRole, argumentCount = -1): number {
    const { scopes, unit } = this;
    const variable = this.variable(name);
    let binding: number = Binding.variable;
    let target = -1;
    let slot: number;
    if (variable >= 0) {
      slot = this.slotOf(variable);
      if (scopes.variableSymbol[variable]! >= 0) {
        binding = Binding.local;
        target = scopes.variableSymbol[variable]!;
      } else if (scopes.variableImport[variable]! >= 0) {
        binding = Binding.imported;
        target = scopes.variableImport[variable]!;
      }
    } else {
      slot = -1;
      binding = pythonBuiltins.has(unit.names.text(name)) ? Binding.builtin : Binding.open;
    }
    if (
      slot < 0 &&
      (variable < 0 || (scopes.variableScope[variable] === 0 && pythonBuiltins.has(unit.names.text(name))))
    ) {
      slot = this.flow.global(unit.names.text(name));
    }
    const isSilent = role === 'read' && (binding === Binding.variable || binding === Binding.builtin);
    this.lastReference = isSilent
      ? -1
      : this.referenceAt(role, unit.nameString(name), start, binding, target, argumentCount);
    return slot;
  }

  /** `base.attribute` in any role but write. */
  loadAttribute(node: number, role: ReferenceRole, argumentCount = -1): number {
    const { unit, flow } = this;
    const object = unit.child(node, unit.fields.object);
    const attribute = unit.child(node, unit.fields.attribute);
    const base = object < 0 ? -1 : this.evaluate(object);
    this.lastReference = -1;
    if (attribute < 0) return -1;
    const name = unit.name(attribute);
    const field = role === 'read' ? this.ownField(object, name) : -1;
    const reference = this.reference(
      role,
      unit.nameString(name),
      attribute,
      field < 0 ? Binding.member : Binding.local,
      field,
      argumentCount,
    );
    this.lastReference = reference;
    if (base < 0) return -1;
    const slot = flow.slot();
    flow.emit(FlowOp.load, slot, base, unit.nameString(name), reference);
    return slot;
  }

  storeAttribute(node: number, source: number): void {
    const { unit, flow } = this;
    const object = unit.child(node, unit.fields.object);
    const attribute = unit.child(node, unit.fields.attribute);
    const base = object < 0 ? -1 : this.evaluate(object);
    if (attribute < 0) return;
    const name = unit.name(attribute);
    const field = this.ownField(object, name);
    const reference = this.reference(
      'write',
      unit.nameString(name),
      attribute,
      field < 0 ? Binding.member : Binding.local,
      field,
    );
    if (base < 0) return;
    const op = FlowOp.store | (this.#isCertain(node, object) ? StoreFlag.certain << 8 : 0);
    // A value that flow does not follow still calls a property's setter.
    flow.emit(op, base, unit.nameString(name), source < 0 ? flow.slot() : source, reference);
  }

  /** Whether a store is a statement of its own at the top of `__init__`, on the object that is made. */
  #isCertain(node: number, object: number): boolean {
    const { unit, body } = this;
    const { parent } = unit.tree;
    if (body.node < 0 || this.flow.dead || unit.kind(object) !== Kind.identifier) return false;
    const statement = parent[parent[node]!]!;
    if (unit.kind(statement) !== Kind.expression_statement) return false;
    if (parent[parent[statement]!] !== body.node || unit.kind(body.node) !== Kind.function_definition) return false;
    if (unit.textOf(unit.child(body.node, unit.fields.name)) !== '__init__') return false;
    const self = body.parameters[0]?.parameter.target ?? -1;
    return self >= 0 && unit.kind(self) === Kind.identifier && unit.name(self) === unit.name(object);
  }

  /** Slot of a type by name or dotted path, without writing references: the caller has walked the expression already. */
  typeSlot(node: number): number {
    const { unit, flow } = this;
    if (unit.kind(node) === Kind.identifier) {
      const variable = this.variable(unit.name(node));
      return variable < 0 ? -1 : this.slotOf(variable);
    }
    if (unit.kind(node) !== Kind.attribute) return -1;
    const object = unit.child(node, unit.fields.object);
    const attribute = unit.child(node, unit.fields.attribute);
    const base = object < 0 || attribute < 0 ? -1 : this.typeSlot(object);
    if (base < 0) return -1;
    const slot = flow.slot();
    flow.emit(FlowOp.load, slot, base, unit.nameString(unit.name(attribute)), -1);
    return slot;
  }

  /** Symbol row of the field that `self.name` is in the enclosing class, −1. */
  ownField(object: number, name: number): number {
    if (object < 0 || this.unit.kind(object) !== Kind.identifier) return -1;
    const owner = this.declarations.classOfSelf(this.scope, this.unit.name(object));
    const member = owner < 0 ? undefined : this.declarations.members.get(owner)?.get(name);
    if (member === undefined || !fieldLike.has(this.unit.facts.symbols.get(member, SymbolColumn.kind))) return -1;
    return member;
  }

  /** An operator's method, called on `left` if a class of the project has it. `place`: the operator. */
  protocol(left: number, method: string, args: readonly number[], place: number, destination = -2): number {
    const { flow, unit } = this;
    if (left < 0) return -1;
    const slot = destination === -2 ? flow.slot() : destination;
    const list = [args.length];
    for (const argument of args) list.push(0, argument, -1);
    const name = unit.facts.string(method);
    const reference = this.reference('read', name, place, Binding.member, -1, args.length);
    flow.emit(FlowOp.protocol, slot, left, name, unit.facts.flowLists.list(list), reference);
    return slot;
  }

  /** An operation that calls a protocol's methods at a node's place (iterate, await, enter). */
  placed(op: number, source: number, node: number): number {
    if (source < 0) return -1;
    const slot = this.flow.slot();
    this.placedAs(op, slot, source, node);
    return slot;
  }

  placedAs(op: number, destination: number, source: number, node: number): void {
    const start = this.unit.tree.start[node]!;
    const line = this.unit.line(start);
    this.flow.emit(op, destination, source, line, this.unit.column(start, line));
  }
}
