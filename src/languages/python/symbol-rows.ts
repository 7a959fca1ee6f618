/** Writes symbol rows: places, signatures, parameters, decorators, documentation. */
import { SymbolColumn } from '#model/facts.ts';
import { parameterKinds, symbolKinds, type SymbolKind, visibilities } from '#model/vocabulary.ts';
import type { BodyHashes } from './body-hash.ts';
import { docstring } from './docstring.ts';
import { Kind } from './grammar.ts';
import type { Unit } from './unit.ts';

const SIGNATURE_LIMIT = 300;
const DEFAULT_LIMIT = 80;

export interface SymbolSpec {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly parent: number;
  /** The declaration, decorators included. */
  readonly node: number;
  /** Node of the name, −1 for unnamed ones. */
  readonly nameNode: number;
  readonly flags: number;
  readonly visibility: number;
  /** Node whose head is the signature. */
  readonly header?: number;
  readonly body?: number;
  readonly parameters?: number;
  readonly returnType?: number;
  readonly declaredType?: string | undefined;
  readonly decorators?: readonly number[];
}

export const publicVisibility = visibilities.indexOf('public');
const protectedVisibility = visibilities.indexOf('protected');
const privateVisibility = visibilities.indexOf('private');

/** By convention: `_x` protected, `__x` private, `__x__` public. */
export function visibilityOf(name: string): number {
  if (!name.startsWith('_') || name === '_') return publicVisibility;
  if (name.startsWith('__')) return name.endsWith('__') ? publicVisibility : privateVisibility;
  return protectedVisibility;
}

export function oneLine(text: string): string {
  const joined = isOneLine(text) ? text : text.replace(/\s+/g, ' ').trim();
  return joined.length > SIGNATURE_LIMIT ? `${joined.slice(0, SIGNATURE_LIMIT - 1)}…` : joined;
}

/** Whether a text is ASCII words with single spaces between them, as most are. */
function isOneLine(text: string): boolean {
  let before = 32;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 126 || code < 32 || (code === 32 && before === 32)) return false;
    before = code;
  }
  return before !== 32;
}

export function addSymbol(unit: Unit, hashes: BodyHashes, spec: SymbolSpec): number {
  const { facts, tree, index } = unit;
  const start = tree.start[spec.node]!;
  // Trailing layout that the parser took into a block is none of the declaration's.
  let end = tree.end[spec.node]!;
  while (end > start && unit.text.charCodeAt(end - 1) <= 32) end--;
  const startLine = unit.line(start);
  const endLine = index.line(end);
  const nameStart = spec.nameNode < 0 ? start : tree.start[spec.nameNode]!;
  const nameLine = unit.line(nameStart);
  const firstParameter = facts.parameters.rows;
  if (spec.parameters !== undefined && spec.parameters >= 0) addParameters(unit, spec.parameters);
  const header = spec.header ?? -1;
  const documentation = spec.body !== undefined && spec.body >= 0 ? docstring(unit, spec.body) : undefined;
  const row = facts.symbols.rows;
  facts.symbols.add(
    symbolKinds.indexOf(spec.kind),
    facts.string(spec.name),
    spec.parent,
    spec.flags,
    spec.visibility,
    index.byte(start, startLine),
    index.byte(end, endLine),
    startLine,
    unit.column(start, startLine),
    endLine,
    unit.column(end, endLine),
    nameLine,
    unit.column(nameStart, nameLine),
    facts.string(header < 0 ? undefined : signature(unit, header, spec.body ?? -1)),
    facts.string(
      spec.returnType !== undefined && spec.returnType >= 0 ? oneLine(unit.textOf(spec.returnType)) : undefined,
    ),
    facts.string(documentation),
    firstParameter,
    facts.parameters.rows - firstParameter,
    facts.string(
      spec.decorators?.length ? spec.decorators.map((node) => decoratorName(unit, node)).join(',') : undefined,
    ),
    facts.string(spec.declaredType),
    -1,
    spec.body !== undefined && spec.body >= 0 ? hashes.range(spec.body, tree.subtreeEnd[spec.body]!) : 0,
    -1,
  );
  return row;
}

/** The text from `def`, `class` or the target up to the body, on one line. */
function signature(unit: Unit, header: number, body: number): string {
  const { tree, text } = unit;
  const start = tree.start[header]!;
  const end = body >= 0 && body >= header ? tree.start[body]! : tree.end[header]!;
  const head = oneLine(text.slice(start, Math.min(end, start + 1000)));
  return head.replace(/\s*:(\s*#.*)?$/, '');
}

export function decoratorName(unit: Unit, decorator: number): string {
  let expression = unit.firstNamed(decorator);
  if (expression >= 0 && unit.kind(expression) === Kind.call) expression = unit.child(expression, unit.fields.function);
  return expression < 0 ? '' : oneLine(unit.textOf(expression));
}

const positional = parameterKinds.indexOf('positional');
const positionalOnly = parameterKinds.indexOf('positional-only');
const keywordOnly = parameterKinds.indexOf('keyword-only');
const variadic = parameterKinds.indexOf('variadic');
const keywordVariadic = parameterKinds.indexOf('keyword-variadic');

export interface Parameter {
  readonly node: number;
  /** Identifier or (Python 2) tuple pattern. */
  readonly target: number;
  readonly type: number;
  readonly value: number;
  /** Index into parameterKinds. */
  kind: number;
}

/** Parameters of a `parameters` or `lambda_parameters` node. */
export function parametersOf(unit: Unit, node: number): Parameter[] {
  const { fields } = unit;
  const found: Parameter[] = [];
  if (node < 0) return found;
  let kind = positional;
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    let target = child;
    let type = -1;
    let value = -1;
    let own = kind;
    switch (unit.kind(child)) {
      case Kind.positional_separator:
        for (const earlier of found) earlier.kind = positionalOnly;
        continue;
      case Kind.keyword_separator:
        kind = keywordOnly;
        continue;
      case Kind.default_parameter:
      case Kind.typed_default_parameter:
        target = unit.child(child, fields.name);
        type = unit.child(child, fields.type);
        value = unit.child(child, fields.value);
        break;
      case Kind.typed_parameter:
        target = unit.firstNamed(child);
        type = unit.child(child, fields.type);
        break;
      default:
        break;
    }
    if (target < 0) continue;
    if (unit.kind(target) === Kind.list_splat_pattern) {
      own = variadic;
      kind = keywordOnly;
      target = unit.firstNamed(target);
    } else if (unit.kind(target) === Kind.dictionary_splat_pattern) {
      own = keywordVariadic;
      target = unit.firstNamed(target);
    }
    if (target >= 0) found.push({ node: child, target, type, value, kind: own });
  }
  return found;
}

function addParameters(unit: Unit, node: number): void {
  const { facts } = unit;
  for (const { target, type, value, kind } of parametersOf(unit, node)) {
    const initial =
      value < 0
        ? undefined
        : unit.tree.end[value]! - unit.tree.start[value]! > DEFAULT_LIMIT
          ? '…'
          : oneLine(unit.textOf(value));
    facts.parameters.add(
      facts.string(oneLine(unit.textOf(target))),
      facts.string(type < 0 ? undefined : oneLine(unit.textOf(type))),
      facts.string(initial),
      kind,
    );
  }
}

export function addFlag(unit: Unit, row: number, flag: number): void {
  unit.facts.symbols.set(row, SymbolColumn.flags, unit.facts.symbols.get(row, SymbolColumn.flags) | flag);
}
