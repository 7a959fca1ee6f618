/**
 * LCOM4 (Hitz and Montazeri, 1995): how many groups a class's methods fall into when methods that use a field in common, or of
 * which one calls the other, belong together. Constructors and static methods are left out, as they touch everything or nothing
 * by nature; so are methods without a body. Properties with accessors join what they use, and are no methods of their own. Only
 * what stands in the file is known: a type whose methods have their bodies elsewhere has no value.
 */
import { ExpressionOp, LocalColumn } from '#model/declared-types.ts';
import { Binding, MetricColumn, ReferenceColumn, SymbolColumn } from '#model/facts.ts';
import type { FactsBuilder } from '#model/facts-builder.ts';
import { referenceRoles, SymbolFlag, type SymbolKind, symbolKinds } from '#model/vocabulary.ts';

const kinds = (...names: readonly SymbolKind[]): ReadonlySet<number> =>
  new Set(names.map((name) => symbolKinds.indexOf(name)));
const typeKinds = kinds('class', 'struct', 'trait', 'enum', 'union');
const memberKinds = kinds('method', 'constructor', 'property', 'field', 'constant', 'enum-member');
const method = symbolKinds.indexOf('method');
const constructor = symbolKinds.indexOf('constructor');
const uses = new Set((['call', 'read', 'write'] as const).map((role) => referenceRoles.indexOf(role)));

/** A method or field of a type, by name; methods that share a name are apart until one of them is called. */
type Item = number | string;

class Groups {
  readonly #parents = new Map<Item, Item>();

  find(item: Item): Item {
    let root = item;
    for (let next = this.#parents.get(root); next !== undefined && next !== root; next = this.#parents.get(root))
      root = next;
    this.#parents.set(item, root);
    return root;
  }

  join(a: Item, b: Item): void {
    this.#parents.set(this.find(a), this.find(b));
  }
}

/** Fills the column in the metrics of every type of the file. */
export function addCohesion(facts: FactsBuilder): void {
  const { symbols, references } = facts;
  const types = typesOf(facts);
  if (types.size === 0) return;
  const byName = Map.groupBy(types.keys(), (type) => types.get(type)!);
  /** By type row and name: the rows of its members. */
  const members = new Map<number, Map<string, number[]>>();
  const typeOf = new Int32Array(symbols.rows).fill(-1);
  for (let row = 1; row < symbols.rows; row++) {
    if (!memberKinds.has(symbols.get(row, SymbolColumn.kind))) continue;
    const type = ownerOf(facts, row, types, byName);
    if (type < 0) continue;
    typeOf[row] = type;
    let names = members.get(type);
    if (!names) members.set(type, (names = new Map()));
    const name = nameOf(facts, row);
    const rows = names.get(name);
    if (rows) rows.push(row);
    else names.set(name, [row]);
  }
  const receivers = receiverNames(facts, typeOf, types);
  const groups = new Groups();
  for (let row = 0; row < references.rows; row++) {
    if (!uses.has(references.get(row, ReferenceColumn.role))) continue;
    const user = memberAround(facts, references.get(row, ReferenceColumn.symbol), typeOf);
    if (user < 0 || symbols.get(user, SymbolColumn.kind) === constructor) continue;
    const type = typeOf[user]!;
    const name = facts.strings[references.get(row, ReferenceColumn.name)] ?? '';
    const rows = members.get(type)?.get(name);
    if (!rows && !isOnSelf(facts, row, user, receivers)) continue;
    if (rows && !isOwnUse(facts, row, user, rows, receivers)) continue;
    const methods = rows?.filter((member) => symbols.get(member, SymbolColumn.kind) === method) ?? [];
    if (methods.length > 0) for (const member of methods) groups.join(user, member);
    else groups.join(user, `${type}:${bareName(name)}`);
  }
  // An accessor by name (`attr_reader :x`, a property with a body) stands for the field behind it.
  for (let row = 1; row < symbols.rows; row++)
    if (typeOf[row]! >= 0 && symbols.get(row, SymbolColumn.kind) === symbolKinds.indexOf('property'))
      groups.join(row, `${typeOf[row]!}:${bareName(nameOf(facts, row))}`);
  const methods = new Map<number, number[]>();
  for (const type of types.keys()) methods.set(type, []);
  for (let row = 1; row < symbols.rows; row++)
    if (typeOf[row]! >= 0 && symbols.get(row, SymbolColumn.kind) === method) methods.get(typeOf[row]!)!.push(row);
  for (const [type, rows] of methods) setCohesion(facts, type, rows, groups);
}

function setCohesion(facts: FactsBuilder, type: number, methods: readonly number[], groups: Groups): void {
  const { symbols, metrics } = facts;
  const at = symbols.get(type, SymbolColumn.metrics);
  if (at < 0) return;
  const found = new Set<Item>();
  const defined = new Set<string>();
  const declared = new Set<string>();
  for (const row of methods) {
    const flags = symbols.get(row, SymbolColumn.flags);
    if (flags & SymbolFlag.static) continue;
    if (flags & SymbolFlag.declaration) {
      if (!(flags & SymbolFlag.abstract)) declared.add(nameOf(facts, row));
      continue;
    }
    if (flags & SymbolFlag.abstract) continue;
    defined.add(nameOf(facts, row));
    found.add(groups.find(row));
  }
  for (const name of declared) if (!defined.has(name)) return;
  metrics.set(at, MetricColumn.lackOfCohesion, found.size);
}

/** Type rows with their names. */
function typesOf(facts: FactsBuilder): ReadonlyMap<number, string> {
  const types = new Map<number, string>();
  for (let row = 1; row < facts.symbols.rows; row++)
    if (typeKinds.has(facts.symbols.get(row, SymbolColumn.kind))) types.set(row, nameOf(facts, row));
  return types;
}

/** The type that a member belongs to: around it, or of its owner's name, in the same place where there are several. */
function ownerOf(
  facts: FactsBuilder,
  row: number,
  types: ReadonlyMap<number, string>,
  byName: ReadonlyMap<string, readonly number[]>,
): number {
  const parent = facts.symbols.get(row, SymbolColumn.parent);
  const owner = facts.symbols.get(row, SymbolColumn.owner);
  if (owner < 0) return types.has(parent) ? parent : -1;
  const named = byName.get(facts.strings[owner]!.split(/::|\./).at(-1)!) ?? [];
  const near = named.slice(0, MOST_NAMESAKES).find((type) => facts.symbols.get(type, SymbolColumn.parent) === parent);
  return near ?? named[0] ?? -1;
}

/** Types of one name that are told apart by their place. */
const MOST_NAMESAKES = 16;

/** The member whose code a symbol is part of; -1 where there is none, or a type of its own lies between. */
function memberAround(facts: FactsBuilder, symbol: number, typeOf: Int32Array): number {
  for (let row = symbol; row > 0; row = facts.symbols.get(row, SymbolColumn.parent)) {
    if (typeOf[row]! >= 0) return row;
    if (typeKinds.has(facts.symbols.get(row, SymbolColumn.kind))) return -1;
  }
  return -1;
}

/** Go names the object itself: the first local of each method, of the type that the method belongs to. */
function receiverNames(
  facts: FactsBuilder,
  typeOf: Int32Array,
  types: ReadonlyMap<number, string>,
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (facts.language !== 'go') return names;
  const { locals, strings } = facts;
  for (let row = 0; row < locals.rows; row++) {
    const symbol = locals.get(row, LocalColumn.symbol);
    if (names.has(symbol) || (typeOf[symbol] ?? -1) < 0) continue;
    const type = strings[locals.get(row, LocalColumn.type)]?.replace(/^\*|\[.*$/g, '');
    if (type === types.get(typeOf[symbol]!)) names.set(symbol, strings[locals.get(row, LocalColumn.name)]!);
  }
  return names;
}

function isOnSelf(
  facts: FactsBuilder,
  reference: number,
  user: number,
  receivers: ReadonlyMap<number, string>,
): boolean {
  const receiver = facts.references.get(reference, ReferenceColumn.receiver);
  if (receiver < 0) return false;
  const operation = facts.expressions.get(receiver, 0);
  if (operation === ExpressionOp.self) return true;
  return operation === ExpressionOp.name && facts.strings[facts.expressions.get(receiver, 1)] === receivers.get(user);
}

function isOwnUse(
  facts: FactsBuilder,
  reference: number,
  user: number,
  rows: readonly number[],
  receivers: ReadonlyMap<number, string>,
): boolean {
  const binding = facts.references.get(reference, ReferenceColumn.binding);
  if (binding === Binding.local) return rows.includes(facts.references.get(reference, ReferenceColumn.target));
  // Without a receiver the name is the object's own; where only a receiver leads to members, it is none.
  if (binding === Binding.open) return !explicitSelf.has(facts.language);
  return binding === Binding.member && isOnSelf(facts, reference, user, receivers);
}

/** Languages in which a member is never meant by its bare name. */
const explicitSelf: ReadonlySet<string> = new Set(['go', 'rust', 'php']);

function nameOf(facts: FactsBuilder, row: number): string {
  return facts.strings[facts.symbols.get(row, SymbolColumn.name)] ?? '';
}

/** Ruby's `@x` is the field behind `x`. */
function bareName(name: string): string {
  return name.replace(/^@/, '');
}
