/**
 * SCIP (github.com/sourcegraph/scip): the code-intelligence protocol's index file. Messages are written field by field with the
 * protobuf wire writer; field numbers are those of scip.proto.
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { pathToFileURL } from 'node:url';
import type { EdgeRecord, FileRecord, Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { type EdgeKind, SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { ExportContext, GraphFormat, GraphSelection } from './graph-format.ts';
import { selectedFiles } from './selected-graph.ts';

const Role = { definition: 1, import: 2, write: 4, read: 8, generated: 16, test: 32, forwardDefinition: 64 } as const;

/** SymbolInformation.Kind */
const kindNumbers: Readonly<Record<SymbolKind, number>> = {
  module: 29,
  namespace: 30,
  class: 7,
  interface: 21,
  trait: 53,
  enum: 11,
  struct: 49,
  union: 59,
  type: 54,
  function: 17,
  method: 26,
  constructor: 9,
  property: 41,
  field: 15,
  'enum-member': 12,
  constant: 8,
  variable: 61,
  macro: 25,
  section: 0,
};

const typeKinds = new Set<SymbolKind>(['class', 'interface', 'trait', 'enum', 'struct', 'union', 'type']);
const callableKinds = new Set<SymbolKind>(['function', 'method', 'constructor']);
const UTF8 = 1;
const UTF16_FROM_LINE_START = 2;

function message(writer: BinaryWriter, field: number, body: (writer: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  body(writer);
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  if (value !== '') writer.tag(field, WireType.LengthDelimited).string(value);
}

function int(writer: BinaryWriter, field: number, value: number): void {
  if (value !== 0) writer.tag(field, WireType.Varint).int32(value);
}

function identifier(name: string): string {
  return /^[\w+$-]+$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
}

/** The descriptors of a symbol: its file as namespaces, then its nesting. */
class SymbolNames {
  readonly #snapshot: Snapshot;
  readonly #known = new Map<number, string>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  of(symbol: SymbolRecord): string {
    let name = this.#known.get(symbol.id);
    if (name === undefined) {
      name =
        symbol.parent === undefined
          ? `trowel . . . ${symbol.path
              .split('/')
              .map((part) => `${identifier(part)}/`)
              .join('')}`
          : this.of(this.#snapshot.symbol(symbol.parent)) + descriptor(symbol);
      this.#known.set(symbol.id, name);
    }
    return name;
  }
}

function descriptor(symbol: SymbolRecord): string {
  const ordinal = /~(\d+)$/.exec(symbol.key)?.[1];
  const name = identifier(
    symbol.name === '' || (symbol.flags & SymbolFlag.anonymous) !== 0
      ? `λ${symbol.nameLine}_${symbol.nameColumn}`
      : symbol.name,
  );
  if (callableKinds.has(symbol.kind)) return `${name}(${ordinal === undefined ? '' : `+${ordinal}`}).`;
  if (symbol.kind === 'macro') return `${name}!`;
  if (symbol.kind === 'namespace' || symbol.kind === 'module') return `${name}/`;
  const unique = ordinal === undefined ? name : identifier(`${symbol.name}~${ordinal}`);
  return typeKinds.has(symbol.kind) ? `${unique}#` : `${unique}.`;
}

const referenceRoles: Partial<Record<EdgeKind, number>> = {
  imports: Role.import,
  'imports-types': Role.import,
  writes: Role.write,
  reads: Role.read,
};

function occurrence(
  writer: BinaryWriter,
  line: number,
  column: number,
  length: number,
  symbol: string,
  roles: number,
): void {
  message(writer, 2, (inner) => {
    inner.tag(1, WireType.LengthDelimited).fork();
    for (const value of [line - 1, column - 1, column - 1 + length]) inner.int32(value);
    inner.join();
    text(inner, 2, symbol);
    int(inner, 3, roles);
  });
}

function information(writer: BinaryWriter, symbol: SymbolRecord, names: SymbolNames, snapshot: Snapshot): void {
  message(writer, 3, (inner) => {
    text(inner, 1, names.of(symbol));
    if (symbol.signature) text(inner, 3, `\`\`\`\n${symbol.signature}\n\`\`\``);
    if (symbol.documentation) text(inner, 3, symbol.documentation);
    for (const edge of snapshot.edgesFrom(symbol.id, ['inherits', 'implements', 'overrides'])) {
      if (edge.target < 0 || edge.provenance === 'candidate') continue;
      message(inner, 4, (relationship) => {
        text(relationship, 1, names.of(snapshot.symbol(edge.target)));
        relationship.tag(3, WireType.Varint).bool(true);
      });
    }
    int(inner, 5, kindNumbers[symbol.kind]);
    text(inner, 6, symbol.name);
    if (symbol.parent !== undefined) text(inner, 8, names.of(snapshot.symbol(symbol.parent)));
  });
}

function isReference(edge: EdgeRecord, selection: GraphSelection): boolean {
  return (
    edge.target >= 0 &&
    edge.line > 0 &&
    edge.kind !== 'tests' &&
    edge.kind !== 'overrides' &&
    (edge.provenance !== 'candidate' || selection.candidates)
  );
}

function document(
  file: FileRecord,
  snapshot: Snapshot,
  names: SymbolNames,
  selection: GraphSelection,
  context: ExportContext,
): Uint8Array {
  const writer = new BinaryWriter();
  message(writer, 2, (inner) => {
    text(inner, 1, file.path);
    const fileRoles =
      (file.roles.includes('test') ? Role.test : 0) | (file.roles.includes('generated') ? Role.generated : 0);
    const symbols = snapshot.symbolsOf(file.id);
    for (const symbol of symbols) {
      const declares = (symbol.flags & SymbolFlag.declaration) !== 0 ? Role.forwardDefinition : 0;
      const length =
        symbol.parent === undefined || (symbol.flags & SymbolFlag.anonymous) !== 0 ? 0 : symbol.name.length;
      occurrence(
        inner,
        symbol.nameLine,
        symbol.nameColumn,
        length,
        names.of(symbol),
        Role.definition | declares | fileRoles,
      );
      for (const edge of snapshot.edgesFrom(symbol.id)) {
        if (!isReference(edge, selection)) continue;
        const target = snapshot.symbol(edge.target);
        occurrence(
          inner,
          edge.line,
          edge.column,
          target.parent === undefined ? 0 : target.name.length,
          names.of(target),
          (referenceRoles[edge.kind] ?? 0) | fileRoles,
        );
      }
    }
    for (const symbol of symbols) information(inner, symbol, names, snapshot);
    text(inner, 4, context.languageName(file.language));
    int(inner, 6, UTF16_FROM_LINE_START);
  });
  return writer.finish();
}

export const scip: GraphFormat = {
  id: 'scip',
  summary: 'a SCIP index, for Sourcegraph and other code-intelligence servers',
  files: (snapshot, selection, context) => [
    {
      name: 'index.scip',
      content: (function* () {
        const head = new BinaryWriter();
        message(head, 1, (metadata) => {
          message(metadata, 2, (tool) => {
            text(tool, 1, 'trowel');
            text(tool, 2, context.toolVersion);
          });
          text(metadata, 3, pathToFileURL(snapshot.root).href);
          int(metadata, 4, UTF8);
        });
        yield head.finish();
        const names = new SymbolNames(snapshot);
        for (const file of selectedFiles(snapshot, selection))
          yield document(file, snapshot, names, selection, context);
      })(),
    },
  ],
};
