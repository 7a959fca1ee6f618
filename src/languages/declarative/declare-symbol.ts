import { SymbolColumn } from '#model/facts.ts';
import {
  type SymbolKind,
  SymbolFlag,
  symbolKinds,
  type Visibility,
  visibilities,
  functionKinds,
  typeKinds,
} from '#model/vocabulary.ts';
import { DOCUMENTATION_LIMIT } from './documentation.ts';
import type { Extraction } from './extraction.ts';

const SIGNATURE_LIMIT = 400;
const TYPE_LIMIT = 300;

export interface Declaration {
  readonly node: number;
  readonly kind: SymbolKind;
  /** Node of the name; its text is the name unless `name` is given. −1: `name` stands for it. */
  readonly nameNode: number;
  readonly name?: string;
  readonly parent?: number;
  readonly flags?: number;
  readonly visibility?: Visibility;
  readonly returnType?: number;
  readonly declaredType?: number;
  readonly owner?: string;
  /** Its start ends the signature; −1: the whole declaration is the signature. */
  readonly body?: number;
  /** Node in front of which documentation stands, if not `node`. */
  readonly documented?: number;
  readonly documentation?: string;
}

const typeSet: ReadonlySet<SymbolKind> = new Set(typeKinds);
const functionSet: ReadonlySet<SymbolKind> = new Set(functionKinds);

export function isTypeKind(kind: SymbolKind): boolean {
  return typeSet.has(kind);
}

export function declareSymbol(x: Extraction, declaration: Declaration): number {
  const { node, nameNode } = declaration;
  const parent = declaration.parent ?? x.symbol;
  const name = declaration.name ?? (nameNode >= 0 ? x.facts.strings[x.name(nameNode)]! : '');
  x.claim(nameNode);
  const modifiers = readModifiers(x, node, nameNode);
  const visibility =
    declaration.visibility ?? modifiers.visibility ?? x.spec.source.visibility?.(x, node, name, parent) ?? 'public';
  let flags = (declaration.flags ?? 0) | modifiers.flags;
  const exported =
    x.spec.source.exported?.(x, name, visibility, parent) ??
    (visibility === 'public' && (parent === 0 || x.isExported(parent)));
  if (exported) flags |= SymbolFlag.exported;
  const { start, end } = x.tree;
  const from = start[node]!;
  const to = textEnd(x.text, from, end[node]!);
  const startLine = x.line(from);
  const nameAt = nameNode >= 0 ? start[nameNode]! : from;
  const nameLine = x.line(nameAt);
  const endLine = x.index.line(to);
  const body = declaration.body ?? -1;
  const documentation = declaration.documentation ?? x.documentation(declaration.documented ?? node);
  const starts = x.index.lineStarts;
  const row = x.facts.symbols.add(
    symbolKinds.indexOf(declaration.kind),
    x.facts.string(name),
    parent,
    flags,
    visibilities.indexOf(visibility),
    x.index.byte(from, startLine),
    x.index.byte(to, endLine),
    startLine,
    from - starts[startLine - 1]! + 1,
    endLine,
    to - starts[endLine - 1]! + 1,
    nameLine,
    nameAt - starts[nameLine - 1]! + 1,
    x.facts.string(
      signature(x, modifiers.after, body >= 0 ? start[body]! : to, body < 0 && isTypeKind(declaration.kind)),
    ),
    declaration.returnType ?? -1,
    x.facts.string(documentation?.slice(0, DOCUMENTATION_LIMIT)),
    0,
    0,
    -1,
    declaration.declaredType ?? -1,
    -1,
    body >= 0 ? tokenHash(x, body) : 0,
    x.facts.string(declaration.owner),
  );
  addDecorators(x, row, modifiers.annotations);
  const last = x.measured.at(-1);
  if (last === undefined || node > last.node) {
    if (functionSet.has(declaration.kind) && body >= 0) x.measured.push({ symbol: row, node, kind: 'function' });
    else if (isTypeKind(declaration.kind)) x.measured.push({ symbol: row, node, kind: 'class' });
  }
  return row;
}

/**
 * The declaration's head on one line; annotations in front are left out. `holdsMembers`: a type whose members stand in no node
 * of their own.
 */
function signature(x: Extraction, from: number, to: number, holdsMembers: boolean): string {
  const head = x.oneLine(from, to, SIGNATURE_LIMIT);
  return (holdsMembers ? head.replace(/\s*\{.*$/s, '') : head).replace(/ ?[{=:;]$/, '');
}

/** Grammars that end a statement at its line's end may count the blank up to the next word in. */
function textEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && /\s/.test(text[end - 1]!)) end--;
  return end;
}

interface Modifiers {
  flags: number;
  visibility: Visibility | undefined;
  annotations: number[];
  /** Offset behind the annotations in front. */
  after: number;
}

function readModifiers(x: Extraction, node: number, nameNode: number): Modifiers {
  const { spec } = x;
  const found: Modifiers = {
    flags: 0,
    visibility: undefined,
    annotations: x.pendingAnnotations.splice(0),
    after: x.tree.start[node]!,
  };
  if (!spec.hasModifiers) return found;
  const { subtreeEnd, type } = x.tree;
  const end = nameNode > node ? nameNode : subtreeEnd[node]!;
  for (let at = node + 1; at < end; at = subtreeEnd[at]!) {
    const kind = type[at]!;
    if (spec.isAnnotation[kind]) noteAnnotation(x, at, found);
    else if (spec.isModifierNode[kind]) readModifierNode(x, at, found);
    else {
      if (x.isLeaf(at)) applyWord(x, at, found);
      continue;
    }
  }
  return found;
}

function noteAnnotation(x: Extraction, node: number, found: Modifiers): void {
  found.annotations.push(node);
  const { start, end } = x.tree;
  if (x.text.slice(found.after, start[node]).trim() === '') found.after = end[node]!;
}

function readModifierNode(x: Extraction, node: number, found: Modifiers): void {
  const { subtreeEnd, type } = x.tree;
  if (x.isLeaf(node)) applyWord(x, node, found);
  for (let at = node + 1; at < subtreeEnd[node]!; at++) {
    if (x.spec.isAnnotation[type[at]!]) {
      noteAnnotation(x, at, found);
      at = subtreeEnd[at]! - 1;
    } else if (x.isLeaf(at)) applyWord(x, at, found);
  }
  // `private(set)`, `pub(crate)`: the whole text may be a word of its own.
  if (!x.isLeaf(node)) applyWord(x, node, found);
}

function applyWord(x: Extraction, node: number, found: Modifiers): void {
  const length = x.tree.end[node]! - x.tree.start[node]!;
  if (length > 24) return;
  const modifier = x.spec.modifiers.get(x.slice(node));
  if (!modifier) return;
  found.flags |= modifier.flags ?? 0;
  if (modifier.visibility) found.visibility = modifier.visibility;
}

function addDecorators(x: Extraction, symbol: number, annotations: readonly number[]): void {
  if (!annotations.length) return;
  const names: string[] = [];
  for (const node of annotations) {
    const text = x.text.slice(x.tree.start[node], Math.min(x.tree.end[node]!, x.tree.start[node]! + 200));
    const name = /^[^\w\\]*(?:\w+:(?!:))?([\w.\\:]*\w)/.exec(text)?.[1];
    if (!name) continue;
    names.push(name);
    const last = /\w+$/.exec(name)![0];
    const qualified = last.length < name.length;
    x.referenceNamed('decorate', x.facts.string(last), node, qualified ? x.typeExpression(name) : -1, -1, symbol);
    const plain = x.descendantOfType(node, ...x.spec.identifierTypes);
    if (plain >= 0) x.claim(plain);
  }
  if (names.length) x.facts.symbols.set(symbol, SymbolColumn.decorators, x.facts.string(names.join(',')));
}

/** FNV-1a over the tokens below a node, without comments and layout. */
function tokenHash(x: Extraction, node: number): number {
  const { start, end, subtreeEnd, type } = x.tree;
  const comments = x.spec.isComment;
  let hash = 0x811c9dc5;
  for (let at = node; at < subtreeEnd[node]!; at++) {
    if (subtreeEnd[at] !== at + 1) continue;
    if (comments[type[at]!]) continue;
    for (let unit = start[at]!; unit < end[at]!; unit++) hash = Math.imul(hash ^ x.text.charCodeAt(unit), 0x01000193);
    hash = Math.imul(hash ^ 0x1f, 0x01000193);
  }
  return hash | 0 || 1;
}

/** A type as written, on one line; −1 for no node. */
export function typeText(x: Extraction, node: number): number {
  if (node < 0) return -1;
  const { start, end } = x.tree;
  const from = start[node]!;
  const to = end[node]!;
  for (let at = from; at < to; at++) {
    if (x.text.charCodeAt(at) <= 32) return x.facts.string(x.oneLine(from, to, TYPE_LIMIT));
  }
  return to - from > TYPE_LIMIT ? x.facts.string(x.oneLine(from, to, TYPE_LIMIT)) : x.name(node);
}
