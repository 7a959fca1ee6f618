import {
  Binding,
  IMPORT_STRIDE,
  ImportColumn,
  ImportFlag,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn, type LinkedFile } from '#model/graph.ts';
import { referenceRoles, SymbolFlag, type EdgeKind, type ReferenceRole } from '#model/vocabulary.ts';
import { EdgeBuffer, edgeKindIndex, provenanceIndex } from './edge-buffer.ts';
import { definitionOfImport, type Definition, type FindFile } from './export-lookup.ts';
import { callableKinds, callerOf, classKinds, symbolKind, type FileEntry } from './file-entry.ts';
import type { NameIndex } from './name-index.ts';

/** What a deeper step (flow, declared types) knows about a file's uses. */
export interface DeepEdges {
  /** By reference row: 1 where the step found every callee (in the tree or outside), so that scope need not answer. */
  readonly answered: Uint8Array;
  /** Rows as in LinkedFile; externals by index into `externals`. */
  readonly edges: Int32Array;
  readonly externals: readonly string[];
}

export interface FileEdgesInput {
  readonly file: FileEntry;
  readonly find: FindFile;
  readonly names: NameIndex;
  readonly byNumber: (number: number) => FileEntry | undefined;
  readonly deep: DeepEdges | undefined;
}

export interface FileEdges {
  readonly linked: LinkedFile;
  /** Numbers of the files whose exports were looked at. */
  readonly visited: ReadonlySet<number>;
  /** Names that were looked up by name alone. */
  readonly names: ReadonlySet<string>;
}

const kindOfRole: Readonly<Partial<Record<ReferenceRole, EdgeKind>>> = {
  call: 'calls',
  instantiate: 'instantiates',
  read: 'reads',
  write: 'writes',
  inherit: 'inherits',
  implement: 'implements',
  type: 'types',
  decorate: 'decorates',
};
const edgeOfRole = referenceRoles.map((role) => {
  const kind = kindOfRole[role];
  return kind === undefined ? -1 : edgeKindIndex[kind];
});
const callRole = referenceRoles.indexOf('call');
const instantiateRole = referenceRoles.indexOf('instantiate');

const builtinPrefixes: Readonly<Record<string, string>> = { python: 'py:builtins#', ecmascript: 'js:globals#' };

/** The edges that a file's own text gives rise to: imports, scope, what the deeper step found, and candidates. */
export function linkFileEdges(input: FileEdgesInput): FileEdges {
  const { file, deep } = input;
  const buffer = new EdgeBuffer();
  const visited = new Set<number>();
  const names = new Set<string>();
  const definitions: (Definition | null)[] = [];
  const importDefinition = (row: number): Definition => {
    const known = definitions[row];
    if (known !== undefined) return known ?? undefined;
    const found = definitionOfImport(file, row, input.find, visited);
    definitions[row] = found ?? null;
    return found;
  };
  addImports(input, buffer, importDefinition);
  if (deep) addDeep(deep, buffer, false);
  addReferences(input, buffer, importDefinition, names);
  if (deep) addDeep(deep, buffer, true);
  if (file.roles.includes('test')) addTests(input, buffer, importDefinition);
  return { linked: buffer.finish(), visited, names };
}

function addImports(
  { file, find }: FileEdgesInput,
  buffer: EdgeBuffer,
  definitionOf: (row: number) => Definition,
): void {
  const { imports } = file.facts;
  for (let row = 0; row * IMPORT_STRIDE < imports.length; row++) {
    const target = file.targets[row];
    if (!target || target.kind === 'missing') continue;
    const at = row * IMPORT_STRIDE;
    const line = imports[at + ImportColumn.line]!;
    const column = imports[at + ImportColumn.column]!;
    if (imports[at + ImportColumn.flags]! & ImportFlag.link) continue;
    const isTypeOnly = (imports[at + ImportColumn.flags]! & ImportFlag.typeOnly) !== 0;
    const kind = isTypeOnly ? edgeKindIndex['imports-types'] : edgeKindIndex.imports;
    if (target.kind === 'external') {
      buffer.addExternal(file.number, 0, target.name, kind, line, column);
      continue;
    }
    const module = find(target.path);
    const defined = target.submodule === undefined ? undefined : definitionOf(row);
    const imported = defined?.kind === 'module' ? defined.file : module;
    if (imported) buffer.add(file.number, 0, imported.number, 0, kind, provenanceIndex.exact, line, column);
  }
}

/** Bases come last: where the text names one, its edge is there already, at the better place. */
function addDeep(deep: DeepEdges, buffer: EdgeBuffer, bases: boolean): void {
  const { edges } = deep;
  const known = new Set<string>();
  const { rows } = buffer;
  for (let row = 0; bases && row < rows.rows; row++) {
    if (rows.get(row, LinkedEdgeColumn.kind) !== edgeKindIndex.inherits) continue;
    known.add(`${rows.get(row, 1)}:${rows.get(row, 2)}:${rows.get(row, 3)}`);
  }
  for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
    const targetFile = edges[at + LinkedEdgeColumn.targetFile]!;
    const targetSymbol = edges[at + LinkedEdgeColumn.targetSymbol]!;
    const line = edges[at + LinkedEdgeColumn.line]!;
    const column = edges[at + LinkedEdgeColumn.column]!;
    const kind = edges[at + LinkedEdgeColumn.kind]!;
    if ((kind === edgeKindIndex.inherits) !== bases) continue;
    if (bases && (targetFile === -1 || known.has(`${edges[at + 1]}:${targetFile}:${targetSymbol}`))) continue;
    if (targetFile === -1)
      buffer.addExternal(edges[at]!, edges[at + 1]!, deep.externals[targetSymbol]!, kind, line, column);
    else
      buffer.add(
        edges[at]!,
        edges[at + 1]!,
        targetFile,
        targetSymbol,
        kind,
        edges[at + LinkedEdgeColumn.provenance]!,
        line,
        column,
        edges[at + LinkedEdgeColumn.rivals]!,
      );
  }
}

function addReferences(
  input: FileEdgesInput,
  buffer: EdgeBuffer,
  definitionOf: (row: number) => Definition,
  looked: Set<string>,
): void {
  const { file, deep } = input;
  const { facts } = file;
  const { references, strings } = facts;
  for (let row = 0, at = 0; at < references.length; row++, at += REFERENCE_STRIDE) {
    const role = references[at + ReferenceColumn.role]!;
    const kind = edgeOfRole[role]!;
    if (kind < 0) continue;
    const isCall = role === callRole || role === instantiateRole;
    const line = references[at + ReferenceColumn.line]!;
    const column = references[at + ReferenceColumn.column]!;
    const symbol = references[at + ReferenceColumn.symbol]!;
    const source = isCall ? callerOf(facts, symbol) : symbol;
    const definition = definitionOfReference(file, at, definitionOf);
    if (deep?.answered[row] === 1) {
      if (definition && definition.kind !== 'external') confirm(file, definition, source, buffer, line, column);
      continue;
    }
    if (definition?.kind === 'external') {
      buffer.addExternal(file.number, source, definition.name, kind, line, column);
      continue;
    }
    if (definition && addDefined(file, definition, source, kind, isCall, line, column, buffer)) continue;
    if (!isCall) continue;
    const binding = references[at + ReferenceColumn.binding]!;
    const byName = binding === Binding.member || (binding === Binding.open && facts.level !== 'flow');
    const name = strings[references[at + ReferenceColumn.name]!];
    if (byName && name !== undefined) {
      looked.add(name);
      const rivals = input.names.rivals(file.family, name);
      for (const rival of rivals) {
        buffer.add(
          file.number,
          source,
          rival.file.number,
          rival.symbol,
          kind,
          provenanceIndex.candidate,
          line,
          column,
          rivals.length,
        );
      }
      if (rivals.length > 0) continue;
    }
    buffer.unresolvedCalls++;
  }
}

/** Flow found the callees; where the name alone says the same, the edge is exact. */
function confirm(
  file: FileEntry,
  definition: Exclude<Definition, undefined | { kind: 'external' }>,
  source: number,
  buffer: EdgeBuffer,
  line: number,
  column: number,
): void {
  if (definition.kind === 'module') return;
  const { facts, number } = definition.file;
  if (facts.symbols[definition.symbol * SYMBOL_STRIDE + SymbolColumn.flags]! & SymbolFlag.rebound) return;
  const kind = classKinds[symbolKind(facts, definition.symbol)] ? edgeKindIndex.instantiates : edgeKindIndex.calls;
  buffer.confirm(file.number, source, number, definition.symbol, kind, line, column);
}

function definitionOfReference(file: FileEntry, at: number, definitionOf: (row: number) => Definition): Definition {
  const { references, strings } = file.facts;
  const target = references[at + ReferenceColumn.target]!;
  switch (references[at + ReferenceColumn.binding]) {
    case Binding.local:
      return target < 0 ? undefined : { kind: 'symbol', file, symbol: target };
    case Binding.imported:
      return target < 0 ? undefined : definitionOf(target);
    case Binding.builtin:
      return {
        kind: 'external',
        name: `${builtinPrefixes[file.family] ?? `${file.family}:builtins#`}${strings[references[at + ReferenceColumn.name]!]}`,
      };
    default:
      return undefined;
  }
}

/** Returns false when a call's name stands for something that is not callable by itself: a variable, a module. */
function addDefined(
  file: FileEntry,
  definition: Exclude<Definition, undefined | { kind: 'external' }>,
  source: number,
  kind: number,
  isCall: boolean,
  line: number,
  column: number,
  buffer: EdgeBuffer,
): boolean {
  const target = definition.file;
  const symbol = definition.kind === 'module' ? 0 : definition.symbol;
  if (!isCall) {
    // A use inside the very symbol that it names (recursion's type, a class's own name in its header) says nothing new.
    if (target === file && symbol === source && kind !== edgeKindIndex.reads) return true;
    buffer.add(file.number, source, target.number, symbol, kind, provenanceIndex.exact, line, column);
    return true;
  }
  const targetKind = symbolKind(target.facts, symbol);
  // Where data flow exists, a name that is bound twice is for flow alone to follow.
  const rebound = (target.facts.symbols[symbol * SYMBOL_STRIDE + SymbolColumn.flags]! & SymbolFlag.rebound) !== 0;
  const provenance = rebound ? provenanceIndex.inferred : provenanceIndex.exact;
  if (classKinds[targetKind])
    buffer.add(file.number, source, target.number, symbol, edgeKindIndex.instantiates, provenance, line, column);
  else if (callableKinds[targetKind])
    buffer.add(file.number, source, target.number, symbol, edgeKindIndex.calls, provenance, line, column);
  else return false;
  return true;
}

/** From a test to what it calls, instantiates or imports of the product. */
function addTests(
  { file, byNumber }: FileEdgesInput,
  buffer: EdgeBuffer,
  definitionOf: (row: number) => Definition,
): void {
  const { rows } = buffer;
  /** One edge for each test and what it tests, at the first use. */
  const seen = new Set<string>();
  for (let row = 0, count = rows.rows; row < count; row++) {
    const kind = rows.get(row, LinkedEdgeColumn.kind);
    const targetFile = rows.get(row, LinkedEdgeColumn.targetFile);
    if ((kind !== edgeKindIndex.calls && kind !== edgeKindIndex.instantiates) || targetFile < 0) continue;
    if (
      rows.get(row, LinkedEdgeColumn.sourceFile) !== file.number ||
      rows.get(row, LinkedEdgeColumn.provenance) > provenanceIndex.inferred
    )
      continue;
    if (byNumber(targetFile)?.roles.includes('test') !== false) continue;
    const pair = `${rows.get(row, LinkedEdgeColumn.sourceSymbol)} ${targetFile} ${rows.get(row, LinkedEdgeColumn.targetSymbol)}`;
    if (seen.has(pair)) continue;
    seen.add(pair);
    buffer.add(
      file.number,
      rows.get(row, LinkedEdgeColumn.sourceSymbol),
      targetFile,
      rows.get(row, LinkedEdgeColumn.targetSymbol),
      edgeKindIndex.tests,
      rows.get(row, LinkedEdgeColumn.provenance),
      rows.get(row, LinkedEdgeColumn.line),
      rows.get(row, LinkedEdgeColumn.column),
    );
  }
  const { imports } = file.facts;
  for (let row = 0; row * IMPORT_STRIDE < imports.length; row++) {
    if (imports[row * IMPORT_STRIDE + ImportColumn.flags]! & ImportFlag.link) continue;
    const definition = definitionOf(row);
    if (!definition || definition.kind === 'external' || definition.file.roles.includes('test')) continue;
    const symbol = definition.kind === 'symbol' ? definition.symbol : 0;
    buffer.add(
      file.number,
      0,
      definition.file.number,
      symbol,
      edgeKindIndex.tests,
      provenanceIndex.exact,
      imports[row * IMPORT_STRIDE + ImportColumn.line]!,
      imports[row * IMPORT_STRIDE + ImportColumn.column]!,
    );
  }
}
