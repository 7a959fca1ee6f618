import { ExpressionOp } from '#model/declared-types.ts';
import { FactsBuilder } from '#model/facts-builder.ts';
import { Binding, SymbolColumn } from '#model/facts.ts';
import type { SyntaxTree } from '#model/syntax-tree.ts';
import {
  type ImportKind,
  importKinds,
  type ParameterKind,
  parameterKinds,
  type ReferenceRole,
  referenceRoles,
  SymbolFlag,
  type SymbolKind,
  symbolKinds,
  visibilities,
} from '#model/vocabulary.ts';
import type { TextIndex } from '../text-index.ts';
import type { CompiledSpec } from './compiled-spec.ts';
import { declareSymbol, type Declaration } from './declare-symbol.ts';
import { commentText } from './documentation.ts';
import type { FieldName, FindNode } from './language-spec.ts';
import { LocalScopes } from './local-scopes.ts';
import { NameTable } from './name-table.ts';
import { SyntaxNodes } from './syntax-nodes.ts';

const READ = referenceRoles.indexOf('read');
const WRITE = referenceRoles.indexOf('write');
/** Marks of nodes. */
const CLAIMED = 1;
const WRITTEN = 2;
/** Levels of an expression that are followed: what is nested deeper has no known type. */
const DEEPEST_EXPRESSION = 100;

/** One file on its way from tree to facts: what the rules and hooks of a language work with. */
export class Extraction extends SyntaxNodes {
  readonly facts: FactsBuilder;
  readonly spec: CompiledSpec;
  readonly index: TextIndex;
  readonly names: NameTable;
  readonly scopes = new LocalScopes();
  /** Annotations that stood before the declaration they belong to. */
  readonly pendingAnnotations: number[] = [];
  /** List of the arguments that were counted last, for the reference that follows; only in languages with overloads. */
  argumentNode = -1;
  /** For hooks of one language: what they must remember while a file is walked. */
  readonly memory = new Map<string, number>();
  /** Symbols with rows of metrics and their nodes, in text order. */
  readonly measured: {
    readonly symbol: number;
    readonly node: number;
    readonly kind: 'module' | 'class' | 'function';
  }[] = [];
  /** Names that are bound to whole modules: their mention alone is no use. */
  readonly importedModules = new Set<number>();
  readonly #marks: Uint8Array;
  readonly #expressionOf: Int32Array;
  readonly #expressions = new Map<number, number>();
  readonly #frameSymbol: number[] = [0];
  readonly #frameEnd: number[];
  readonly #frameScope: number[] = [0];
  #skipTo = 0;
  #depth = 0;
  #commentStart = -1;
  #commentEnd = -1;
  /** End of what stands between the comment and its declaration: attributes. */
  #commentReach = -1;
  #line = 1;

  constructor(tree: SyntaxTree, spec: CompiledSpec, index: TextIndex) {
    super(tree, spec.fields);
    this.spec = spec;
    this.index = index;
    this.facts = new FactsBuilder(spec.source.language, spec.source.level);
    this.names = new NameTable(tree.text, this.facts);
    this.#marks = new Uint8Array(tree.count);
    this.#expressionOf = new Int32Array(tree.count).fill(-1);
    this.#frameEnd = [tree.count];
  }

  /** The innermost symbol that is open here. */
  get symbol(): number {
    return this.#frameSymbol[this.#frameSymbol.length - 1]!;
  }

  walk(): void {
    const { type, flags, count } = this.tree;
    const visitors = this.spec.visitors;
    const actions = this.spec.actions;
    const ends = this.#frameEnd;
    for (let node = 0; node < count; node++) {
      while (node >= ends[ends.length - 1]! && ends.length > 1) this.#leave();
      this.scopes.reach(node);
      const kind = type[node]!;
      if ((flags[node]! & 1) === 0 || kind >= actions.length || actions[kind] === 0) continue;
      visitors[kind]!(this, node);
      if (this.#skipTo > node) {
        node = this.#skipTo - 1;
        this.#skipTo = 0;
      }
    }
    while (ends.length > 1) this.#leave();
  }

  #leave(): void {
    this.#frameEnd.pop();
    this.#frameSymbol.pop();
    this.scopes.leave(this.#frameScope.pop()!);
  }

  /** Opens a scope for local variables (and, with another symbol, for nested symbols) until the end of the node. */
  enter(node: number, symbol: number = this.symbol): void {
    this.#frameSymbol.push(symbol);
    this.#frameEnd.push(this.tree.subtreeEnd[node]!);
    this.#frameScope.push(this.scopes.mark());
  }

  /** Leaves out everything below the node. */
  skip(node: number): void {
    this.#skipTo = this.tree.subtreeEnd[node]!;
  }

  find(node: number, where: FieldName | FindNode | undefined): number {
    if (where === undefined) return -1;
    return typeof where === 'string' ? this.child(node, where) : where(this, node);
  }

  /** The node's name, claim or reference is settled: the general rules leave it alone. */
  claim(node: number): void {
    if (node >= 0) this.#marks[node]! |= CLAIMED;
  }

  isClaimed(node: number): boolean {
    return (this.#marks[node]! & CLAIMED) !== 0;
  }

  /** Marks what an assignment writes: names and members directly in the target, through lists and parentheses. */
  markWritten(node: number, depth = 0): void {
    if (node < 0 || depth > DEEPEST_EXPRESSION) return;
    this.#marks[node]! |= WRITTEN;
    const rule = this.spec.expressions[this.tree.type[node]!];
    if (rule && typeof rule !== 'function' && rule.op !== 'pass') return;
    for (let at = this.firstNamed(node); at >= 0; at = this.nextNamed(at)) this.markWritten(at, depth + 1);
  }

  /** String number of the node's text. */
  name(node: number): number {
    return node < 0 ? -1 : this.names.id(this.tree.start[node]!, this.tree.end[node]!);
  }

  /** Line of an offset; fast where offsets come in text order. */
  line(offset: number): number {
    const starts = this.index.lineStarts;
    let line = this.#line;
    if (offset >= starts[line - 1]!) {
      for (let steps = 0; steps < 8; steps++) {
        if (line === starts.length || offset < starts[line]!) return (this.#line = line);
        line++;
      }
    }
    return (this.#line = this.index.line(offset));
  }

  /** Remembers a comment; runs of line comments without a blank line between them are one. */
  comment(node: number): void {
    const start = this.tree.start[node]!;
    if (this.#commentEnd < 0 || !this.#adjoins(this.#commentEnd, start, 1)) this.#commentStart = start;
    this.#commentEnd = this.#commentReach = this.tree.end[node]!;
  }

  /** Lets the comment above an attribute document what follows the attribute. */
  bridge(node: number): void {
    if (this.#commentEnd >= 0 && this.#adjoins(this.#commentReach, this.tree.start[node]!, 1))
      this.#commentReach = this.tree.end[node]!;
  }

  #adjoins(from: number, to: number, newlines: number): boolean {
    if (to - from > 400) return false;
    for (let at = from, seen = 0; at < to; at++) {
      const unit = this.text.charCodeAt(at);
      if (unit === 10 && ++seen > newlines) return false;
      if (unit > 32) return false;
    }
    return true;
  }

  /** The documenting comment that ends directly above the node; undefined if there is none. */
  documentation(node: number): string | undefined {
    if (this.#commentEnd < 0) return undefined;
    let anchor = node;
    let start = this.tree.start[node]!;
    for (let steps = 0; steps < 4 && !this.#adjoins(this.#commentReach, start, 1); steps++) {
      const parent = this.tree.parent[anchor]!;
      if (parent < 0 || !this.spec.wrappers.has(this.typeName(parent))) return undefined;
      anchor = parent;
      start = Math.min(start, this.tree.start[parent]!);
    }
    if (this.#commentReach > start || !this.#adjoins(this.#commentReach, start, 1)) return undefined;
    const raw = this.text.slice(this.#commentStart, this.#commentEnd);
    const prefixes = this.spec.source.documentation;
    if (prefixes && !prefixes.some((prefix) => raw.startsWith(prefix))) return undefined;
    return commentText(raw) || undefined;
  }

  /** Adds a symbol; see Declaration. Returns its row. */
  declare(declaration: Declaration): number {
    return declareSymbol(this, declaration);
  }

  addFlags(symbol: number, flags: number): void {
    this.facts.symbols.set(symbol, SymbolColumn.flags, this.facts.symbols.get(symbol, SymbolColumn.flags) | flags);
  }

  kindOf(symbol: number): SymbolKind {
    return symbolKinds[this.facts.symbols.get(symbol, SymbolColumn.kind)]!;
  }

  nameOf(symbol: number): string {
    return this.facts.strings[this.facts.symbols.get(symbol, SymbolColumn.name)] ?? '';
  }

  isExported(symbol: number): boolean {
    return (this.facts.symbols.get(symbol, SymbolColumn.flags) & SymbolFlag.exported) !== 0;
  }

  isPublic(symbol: number): boolean {
    return visibilities[this.facts.symbols.get(symbol, SymbolColumn.visibility)] === 'public';
  }

  /** Adds a parameter row; rows of one function must follow one another. */
  parameter(name: number, type: number, defaultValue: number, kind: ParameterKind): number {
    return this.facts.parameters.add(name, type, defaultValue, parameterKinds.indexOf(kind));
  }

  /** Binds a parameter or local variable from here to the end of the innermost scope. `type` is a string number, `initializer` an expression row. */
  local(nameNode: number, type: number, initializer = -1, position = 0): number {
    return this.localNamed(this.name(nameNode), nameNode, type, initializer, position);
  }

  localNamed(name: number, at: number, type: number, initializer = -1, position = 0): number {
    const end = this.#frameEnd[this.#frameEnd.length - 1]! - 1;
    const row = this.facts.locals.add(
      name,
      this.symbol,
      type,
      initializer,
      position,
      this.line(this.tree.start[at]!),
      this.index.line(this.tree.end[Math.max(end, at)]!),
    );
    this.scopes.bind(name, row, end + 1);
    this.claim(at);
    return row;
  }

  /** What `bind` binds means it only behind the node: its initial value does not see it (`size := size(x)`). */
  bindBehind(node: number, bind: () => void): void {
    this.scopes.bindingFrom(this.tree.subtreeEnd[node]!, bind);
  }

  /** Tells the initial value of an untyped field or global. */
  initializer(symbol: number, expression: number, position = 0): void {
    if (expression >= 0)
      this.facts.locals.add(this.facts.symbols.get(symbol, SymbolColumn.name), symbol, -1, expression, position, 0, 0);
  }

  /** Adds a use of the name at `nameNode`; `object` is the expression before the dot, −1 for none. Claims the name. */
  reference(
    role: ReferenceRole,
    nameNode: number,
    object = -1,
    argumentCount = -1,
    symbol: number = this.symbol,
  ): number {
    this.claim(nameNode);
    // The receiver's own calls must not be taken for this one's arguments.
    const list = this.argumentNode;
    const receiver = object < 0 ? -1 : this.expression(object);
    this.argumentNode = list;
    return this.referenceNamed(role, this.name(nameNode), nameNode, receiver, argumentCount, symbol);
  }

  /** As `reference`, for a name that is not a node's whole text and a receiver that is an expression row already. */
  referenceNamed(
    role: ReferenceRole,
    name: number,
    at: number,
    receiver: number,
    argumentCount = -1,
    symbol: number = this.symbol,
    subject = -1,
  ): number {
    const start = this.tree.start[at]!;
    const line = this.line(start);
    let binding: number = Binding.member;
    if (receiver < 0) {
      const local = role === 'call' && this.spec.source.callablesApart ? -1 : this.scopes.find(name);
      binding = local < 0 ? Binding.open : Binding.variable;
      receiver = local < 0 ? this.scopes.lentAt(at) : this.addExpression(ExpressionOp.name, name, local);
    }
    const list = this.argumentNode;
    this.argumentNode = -1;
    return this.facts.references.add(
      referenceRoles.indexOf(role),
      name,
      line,
      start - this.index.lineStarts[line - 1]! + 1,
      symbol,
      binding,
      -1,
      receiver,
      argumentCount,
      subject,
      list >= 0 && argumentCount > 0 ? this.#argumentList(list) : 0,
    );
  }

  #argumentList(list: number): number {
    const rows: number[] = [];
    for (let at = this.firstNamed(list); at >= 0; at = this.nextNamed(at)) {
      if (this.spec.isComment[this.tree.type[at]!]) continue;
      const wrapped = this.spec.isArgument[this.tree.type[at]!] ? this.lastNamed(at) : at;
      rows.push(this.expression(wrapped));
    }
    return rows.every((row) => row < 0) ? 0 : this.facts.flowLists.list(rows) + 1;
  }

  /** A value's name where nothing else claimed it: a read or a write, unless it is a local variable. */
  plainName(node: number): void {
    if (this.#marks[node]! & CLAIMED) return;
    const name = this.name(node);
    if (
      this.scopes.find(name) >= 0 ||
      this.importedModules.has(name) ||
      this.spec.builtinNames.has(this.facts.strings[name]!)
    )
      return;
    this.#use(node, node, -1);
  }

  /** A member's name where no call claimed it. */
  plainMember(node: number, object: number, nameNode: number): void {
    if (nameNode < 0 || this.#marks[nameNode]! & CLAIMED) return;
    this.#use(node, nameNode, object);
  }

  #use(node: number, nameNode: number, object: number): void {
    this.reference(referenceRoles[this.#marks[node]! & WRITTEN ? WRITE : READ]!, nameNode, object);
  }

  /** Row of `expressions` for the node's value; −1 where its type cannot be told. */
  expression(node: number): number {
    if (node < 0) return -1;
    const known = this.#expressionOf[node]!;
    if (known !== -1) return known === -2 ? -1 : known;
    if (this.#depth >= DEEPEST_EXPRESSION) return -1;
    this.#depth++;
    const row = this.spec.expression(this, node);
    this.#depth--;
    this.#expressionOf[node] = row < 0 ? -2 : row;
    return row;
  }

  /** Adds an expression row, or finds the same one. */
  addExpression(op: number, a: number, b = -1): number {
    const key = ((a + 1) * 65_536 + (b + 1)) * 16 + op;
    const known = this.#expressions.get(key);
    const table = this.facts.expressions;
    if (known !== undefined && table.get(known, 1) === a && table.get(known, 2) === b && table.get(known, 0) === op)
      return known;
    const row = table.add(op, a, b);
    this.#expressions.set(key, row);
    return row;
  }

  /** Expression for a type as written. */
  typeExpression(type: string): number {
    return this.addExpression(ExpressionOp.type, this.facts.string(type));
  }

  /** Adds an import row. Strings, not numbers; see ImportColumn. */
  import(kind: ImportKind, at: number, specifier: string, name?: string, alias?: string, flags = 0): number {
    const start = this.tree.start[at]!;
    const line = this.line(start);
    if (kind === 'module') this.importedModules.add(this.facts.string(alias ?? /[^./:\\]*$/.exec(specifier)![0]));
    return this.facts.imports.add(
      importKinds.indexOf(kind),
      this.facts.string(specifier),
      this.facts.string(name),
      this.facts.string(alias),
      line,
      start - this.index.lineStarts[line - 1]! + 1,
      this.symbol,
      0,
      flags,
    );
  }
}
