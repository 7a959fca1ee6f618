/** Collects a file's facts into packed tables. One builder a file; extractors share it, so that all facts look alike. */
import type { FileFacts, LineCounts } from './facts.ts';
import {
  CHUNK_STRIDE,
  EXPORT_STRIDE,
  IMPORT_STRIDE,
  METRIC_STRIDE,
  PARAMETER_STRIDE,
  REFERENCE_STRIDE,
  SYMBOL_STRIDE,
} from './facts.ts';
import { EXPRESSION_STRIDE, LOCAL_STRIDE } from './declared-types.ts';
import { FLOW_CLASS_STRIDE, FLOW_FUNCTION_STRIDE, FLOW_STRIDE } from './flow.ts';
import type { FactLevel } from './vocabulary.ts';
import { interfaceHash } from './interface-hash.ts';
import { PackedTable } from './packed-table.ts';

export class FactsBuilder {
  readonly language: string;
  level: FactLevel;
  partial = false;
  lines: LineCounts = { total: 0, code: 0, comment: 0, blank: 0 };
  flowSlots = 0;
  readonly strings: string[] = [];
  readonly symbols = new PackedTable(SYMBOL_STRIDE);
  readonly parameters = new PackedTable(PARAMETER_STRIDE);
  readonly references = new PackedTable(REFERENCE_STRIDE);
  readonly imports = new PackedTable(IMPORT_STRIDE);
  readonly exports = new PackedTable(EXPORT_STRIDE);
  readonly metrics = new PackedTable(METRIC_STRIDE);
  readonly chunks = new PackedTable(CHUNK_STRIDE);
  readonly expressions = new PackedTable(EXPRESSION_STRIDE);
  readonly locals = new PackedTable(LOCAL_STRIDE);
  readonly flow = new PackedTable(FLOW_STRIDE);
  readonly flowFunctions = new PackedTable(FLOW_FUNCTION_STRIDE);
  readonly flowClasses = new PackedTable(FLOW_CLASS_STRIDE);
  readonly flowLists = new PackedTable(1);
  readonly #ids = new Map<string, number>();

  constructor(language: string, level: FactLevel) {
    this.language = language;
    this.level = level;
  }

  /** Index of the text in `strings`; −1 for undefined. */
  string(text: string | undefined): number {
    if (text === undefined) return -1;
    let id = this.#ids.get(text);
    if (id === undefined) {
      id = this.strings.length;
      // A slice of the source would keep the whole source alive; the codec copies, so nothing is copied here.
      this.strings.push(text);
      this.#ids.set(text, id);
    }
    return id;
  }

  /** The builder is empty afterwards. */
  finish(): FileFacts {
    const facts = {
      language: this.language,
      level: this.level,
      partial: this.partial,
      lines: this.lines,
      strings: this.strings,
      symbols: this.symbols.finish(),
      parameters: this.parameters.finish(),
      references: this.references.finish(),
      imports: this.imports.finish(),
      exports: this.exports.finish(),
      metrics: this.metrics.finish(),
      chunks: this.chunks.finish(),
      expressions: this.expressions.finish(),
      locals: this.locals.finish(),
      flow: this.flow.finish(),
      flowFunctions: this.flowFunctions.finish(),
      flowClasses: this.flowClasses.finish(),
      flowLists: this.flowLists.finish(),
      flowSlots: this.flowSlots,
    };
    for (const table of this.#tables()) table.release();
    return { ...facts, interfaceHash: interfaceHash(facts) };
  }

  #tables(): readonly PackedTable[] {
    return [
      this.symbols,
      this.parameters,
      this.references,
      this.imports,
      this.exports,
      this.metrics,
      this.chunks,
      this.expressions,
      this.locals,
      this.flow,
      this.flowFunctions,
      this.flowClasses,
      this.flowLists,
    ];
  }
}
