import type { FileFacts } from '#model/facts.ts';
import {
  METRIC_STRIDE,
  MetricColumn,
  PARAMETER_STRIDE,
  ParameterColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';
import type { SymbolMetrics, SymbolParameter, SymbolRecord } from '#model/snapshot.ts';
import { localKeys } from '#model/symbol-key.ts';
import { parameterKinds, symbolKinds, type SymbolKind, visibilities, type Visibility } from '#model/vocabulary.ts';

/** What the index's own row tells of a symbol. */
export interface SymbolRow {
  /** The type that it belongs to, where it is declared outside that type's body. */
  readonly owner: string | undefined;
  readonly name: string;
  readonly kind: number;
  readonly flags: number;
  readonly visibility: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly parent: number | undefined;
}

/** The keys of a file's rows without the path, the first row being the symbol `first`. */
export function keysOfRows(rows: readonly SymbolRow[], first: number): string[] {
  return localKeys(
    rows.map(({ name, kind, parent, owner }) => ({
      name,
      kind,
      parent: parent === undefined ? -1 : parent - first,
      owner,
    })),
  );
}

/** What a symbol asks of its snapshot when more than its row is wanted. */
export interface SymbolHome {
  facts(file: number): FileFacts;
  localKey(file: number, row: number): string;
  nesting(id: number): string;
}

/**
 * A symbol whose row is at hand and whose texts are read from the file's facts when they are asked for: listing a thousand
 * callers unpacks no facts. Its members are getters of the class: copy the ones you need by name, a spread has none.
 */
export class StoredSymbol implements SymbolRecord {
  readonly id: number;
  readonly file: number;
  readonly path: string;
  readonly #row: SymbolRow;
  readonly #position: number;
  readonly #home: SymbolHome;

  constructor(id: number, file: number, path: string, position: number, row: SymbolRow, home: SymbolHome) {
    this.id = id;
    this.file = file;
    this.path = path;
    this.#position = position;
    this.#row = row;
    this.#home = home;
  }

  get name(): string {
    return this.#position === 0 ? moduleName(this.path) : this.#row.name;
  }
  get kind(): SymbolKind {
    return symbolKinds[this.#row.kind]!;
  }
  get visibility(): Visibility {
    return visibilities[this.#row.visibility]!;
  }
  get flags(): number {
    return this.#row.flags;
  }
  get parent(): number | undefined {
    return this.#row.parent;
  }
  get startLine(): number {
    return this.#row.startLine;
  }
  get endLine(): number {
    return this.#row.endLine;
  }
  get qualifiedName(): string {
    return this.#home.nesting(this.id);
  }
  get key(): string {
    return `${this.path}#${this.#home.localKey(this.file, this.#position)}`;
  }
  get startColumn(): number {
    return this.#column(SymbolColumn.startColumn);
  }
  get endColumn(): number {
    return this.#column(SymbolColumn.endColumn);
  }
  get nameLine(): number {
    return this.#column(SymbolColumn.nameLine);
  }
  get nameColumn(): number {
    return this.#column(SymbolColumn.nameColumn);
  }
  get startByte(): number {
    return this.#column(SymbolColumn.startByte);
  }
  get endByte(): number {
    return this.#column(SymbolColumn.endByte);
  }
  get signature(): string | undefined {
    return this.#text(SymbolColumn.signature);
  }
  get returnType(): string | undefined {
    return this.#text(SymbolColumn.returnType);
  }
  get documentation(): string | undefined {
    return this.#text(SymbolColumn.documentation);
  }
  get decorators(): readonly string[] {
    const text = this.#text(SymbolColumn.decorators);
    return text ? text.split(',').map((name) => name.trim()) : [];
  }

  get parameters(): readonly SymbolParameter[] {
    const facts = this.#home.facts(this.file);
    const first = this.#column(SymbolColumn.parameters);
    const count = this.#column(SymbolColumn.parameterCount);
    const text = (at: number): string | undefined =>
      facts.parameters[at]! < 0 ? undefined : facts.strings[facts.parameters[at]!];
    return Array.from({ length: count }, (_, index) => {
      const at = (first + index) * PARAMETER_STRIDE;
      return {
        name: text(at + ParameterColumn.name) ?? '',
        type: text(at + ParameterColumn.type),
        default: text(at + ParameterColumn.default),
        kind: parameterKinds[facts.parameters[at + ParameterColumn.kind]!]!,
      };
    });
  }

  get metrics(): SymbolMetrics | undefined {
    const row = this.#column(SymbolColumn.metrics);
    if (row < 0) return undefined;
    const { metrics } = this.#home.facts(this.file);
    const value = (column: number): number => metrics[row * METRIC_STRIDE + column]!;
    const cohesion = value(MetricColumn.lackOfCohesion);
    return {
      codeLines: value(MetricColumn.codeLines),
      commentLines: value(MetricColumn.commentLines),
      blankLines: value(MetricColumn.blankLines),
      cyclomatic: value(MetricColumn.cyclomatic),
      cognitive: value(MetricColumn.cognitive),
      nesting: value(MetricColumn.nesting),
      statements: value(MetricColumn.statements),
      distinctOperators: value(MetricColumn.distinctOperators),
      distinctOperands: value(MetricColumn.distinctOperands),
      operators: value(MetricColumn.operators),
      operands: value(MetricColumn.operands),
      lackOfCohesion: cohesion < 0 ? undefined : cohesion,
    };
  }

  #column(column: number): number {
    return this.#home.facts(this.file).symbols[this.#position * SYMBOL_STRIDE + column]!;
  }

  #text(column: number): string | undefined {
    const index = this.#column(column);
    return index < 0 ? undefined : this.#home.facts(this.file).strings[index];
  }
}

/** A module is called like its file: facts know no path. */
export function moduleName(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dot = base.indexOf('.', 1);
  return dot < 0 ? base : base.slice(0, dot);
}
