/** Writes what a lexical extractor finds as facts: places, documentation, metrics, chunks and line counts in one manner. */
import { Binding, type FileFacts, SymbolColumn } from '#model/facts.ts';
import { ExpressionOp } from '#model/declared-types.ts';
import { FactsBuilder } from '#model/facts-builder.ts';
import {
  importKinds,
  type ImportKind,
  type ParameterKind,
  parameterKinds,
  type ReferenceRole,
  referenceRoles,
  SymbolFlag,
  type SymbolKind,
  symbolKinds,
  type Visibility,
  visibilities,
} from '#model/vocabulary.ts';
import { addModuleRow } from '../module-row.ts';
import { TextIndex } from '../text-index.ts';
import { documentationBefore } from './documentation.ts';
import { lineKinds, lineSums, tokenCounts, tokensHash } from './token-metrics.ts';
import type { TokenStream } from './token-stream.ts';

export interface ParameterText {
  readonly name: string;
  readonly type?: string | undefined;
  readonly default?: string | undefined;
  readonly kind?: ParameterKind;
}

export interface Definition {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly parent: number;
  /** Token at which the declaration starts (modifiers included) and the token of its name. */
  readonly token: number;
  readonly nameToken: number;
  readonly flags?: number;
  readonly visibility?: Visibility;
  readonly signature?: string | undefined;
  readonly returnType?: string | undefined;
  readonly declaredType?: string | undefined;
  readonly documentation?: string | undefined;
  /** The type that a member declared outside of it belongs to. */
  readonly owner?: string | undefined;
  readonly decorators?: readonly string[];
  readonly parameters?: readonly ParameterText[];
}

/** What a language counts as a decision, for cyclomatic and cognitive complexity. */
export interface DecisionWords {
  /** Each is one more path (McCabe). */
  readonly paths: ReadonlySet<string>;
  /** Leaves out a token that only looks like one of `paths`. */
  readonly isPath?: (tokens: TokenStream, token: number) => boolean;
  /** Structures that nest (cognitive: 1 and 1 for each level): `if`, `for`, `case`. */
  readonly branches: ReadonlySet<string>;
  /** Cognitive: 1 each, whatever the nesting: `else`, `elsif`. */
  readonly continuations: ReadonlySet<string>;
  /** `&&`, `and`, `orelse`. */
  readonly logical: ReadonlySet<string>;
}

export class FactWriter {
  readonly tokens: TokenStream;
  readonly index: TextIndex;
  readonly builder: FactsBuilder;
  readonly #decisions: DecisionWords;
  readonly #lastToken: number[] = [];
  readonly #firstToken: number[] = [];

  constructor(language: string, tokens: TokenStream, decisions: DecisionWords) {
    this.tokens = tokens;
    this.index = new TextIndex(tokens.text);
    this.builder = new FactsBuilder(language, 'lexical');
    this.#decisions = decisions;
    addModuleRow(this.builder, this.index);
    this.#firstToken.push(0);
    this.#lastToken.push(tokens.count - 1);
  }

  /** Adds a symbol whose end is not known yet. */
  define(definition: Definition): number {
    const { builder, index, tokens } = this;
    const start = tokens.start[definition.token]!;
    const line = index.line(start);
    const nameAt = tokens.start[definition.nameToken]!;
    const nameLine = index.line(nameAt);
    const parameters = definition.parameters ?? [];
    const firstParameter = builder.parameters.rows;
    for (const parameter of parameters) {
      builder.parameters.add(
        builder.string(limited(parameter.name)),
        builder.string(limited(parameter.type)),
        builder.string(limited(parameter.default)),
        parameterKinds.indexOf(parameter.kind ?? 'positional'),
      );
    }
    const documentation = definition.documentation ?? documentationBefore(tokens, index, definition.token);
    this.#firstToken.push(definition.token);
    this.#lastToken.push(-1);
    return builder.symbols.add(
      symbolKinds.indexOf(definition.kind),
      builder.string(definition.name),
      definition.parent,
      definition.flags ?? 0,
      visibilities.indexOf(definition.visibility ?? 'public'),
      index.byte(start, line),
      0,
      line,
      index.column(start, line),
      0,
      0,
      nameLine,
      index.column(nameAt, nameLine),
      builder.string(oneLine(definition.signature)),
      builder.string(oneLine(definition.returnType)),
      builder.string(documentation),
      firstParameter,
      parameters.length,
      builder.string(
        definition.decorators && definition.decorators.length > 0 ? definition.decorators.join(',') : undefined,
      ),
      builder.string(oneLine(definition.declaredType)),
      -1,
      0,
      builder.string(definition.owner),
    );
  }

  /** Says where a symbol ends: with this token. Called again, the later one holds (clauses of one function). */
  end(symbol: number, token: number): void {
    this.#lastToken[symbol] = Math.min(token, this.tokens.count - 1);
  }

  addFlags(symbol: number, flags: number): void {
    this.builder.symbols.set(symbol, SymbolColumn.flags, this.builder.symbols.get(symbol, SymbolColumn.flags) | flags);
  }

  setVisibility(symbol: number, visibility: Visibility): void {
    this.builder.symbols.set(symbol, SymbolColumn.visibility, visibilities.indexOf(visibility));
  }

  nameOf(symbol: number): string {
    return this.builder.strings[this.builder.symbols.get(symbol, SymbolColumn.name)] ?? '';
  }

  /** Names the module itself. */
  nameModule(name: string, documentation?: string): void {
    this.builder.symbols.set(0, SymbolColumn.name, this.builder.string(name));
    if (documentation !== undefined)
      this.builder.symbols.set(0, SymbolColumn.documentation, this.builder.string(documentation));
  }

  /** `receiver` is the qualifier as written (`lists` of `lists:map(…)`). */
  reference(
    role: ReferenceRole,
    name: string,
    token: number,
    symbol: number,
    argumentCount = -1,
    receiver?: string,
    target = -1,
  ): number {
    const { builder, index, tokens } = this;
    const at = tokens.start[token]!;
    const line = index.line(at);
    const expression =
      receiver === undefined ? -1 : builder.expressions.add(ExpressionOp.path, builder.string(receiver), 0);
    const binding = target >= 0 ? Binding.local : receiver === undefined ? Binding.open : Binding.member;
    return builder.references.add(
      referenceRoles.indexOf(role),
      builder.string(name),
      line,
      index.column(at, line),
      symbol,
      binding,
      target,
      expression,
      argumentCount,
      -1,
    );
  }

  import(
    kind: ImportKind,
    specifier: string,
    token: number,
    symbol: number,
    name?: string,
    alias?: string,
    flags = 0,
  ): number {
    const { builder, index, tokens } = this;
    const at = tokens.start[token]!;
    const line = index.line(at);
    return builder.imports.add(
      importKinds.indexOf(kind),
      builder.string(specifier),
      builder.string(name),
      builder.string(alias),
      line,
      index.column(at, line),
      symbol,
      0,
      flags,
    );
  }

  export(symbol: number): void {
    this.addFlags(symbol, SymbolFlag.exported);
    this.builder.exports.add(this.builder.symbols.get(symbol, SymbolColumn.name), symbol, -1, 0);
  }

  finish(): FileFacts {
    const { builder, index, tokens } = this;
    const { symbols } = builder;
    const kinds = lineKinds(tokens, index);
    const sums = lineSums(kinds);
    const total = sums.total;
    builder.lines = {
      total,
      code: sums.code[total]!,
      comment: sums.comment[total]!,
      blank: total - sums.code[total]! - sums.comment[total]!,
    };
    builder.partial ||= tokens.broken;
    let budget = tokens.count * DEEPEST_NESTING;
    for (let row = 0; row < symbols.rows; row++) {
      const first = this.#firstToken[row]!;
      const last = Math.max(first, this.#lastToken[row]!);
      const end = row === 0 ? tokens.text.length : tokens.end[last]!;
      const endLine = index.line(row === 0 ? end : Math.max(0, end - 1));
      symbols.set(row, SymbolColumn.endByte, index.byte(end, index.line(end)));
      symbols.set(row, SymbolColumn.endLine, endLine);
      symbols.set(row, SymbolColumn.endColumn, index.column(end, endLine));
      if (!measured.has(symbolKinds[symbols.get(row, SymbolColumn.kind)]!)) continue;
      // Symbols nested without end would make the counting quadratic: the innermost then go without.
      budget -= last - first;
      if (budget < 0) continue;
      const counts = tokenCounts(tokens, first, last, this.#decisions);
      const startLine = symbols.get(row, SymbolColumn.startLine);
      const lastLine = row === 0 ? total : Math.min(endLine, total);
      const code = sums.code[lastLine]! - sums.code[startLine - 1]!;
      const comment = sums.comment[lastLine]! - sums.comment[startLine - 1]!;
      const metric = builder.metrics.add(
        row,
        code,
        comment,
        Math.max(0, lastLine - startLine + 1 - code - comment),
        counts.cyclomatic,
        counts.cognitive,
        counts.nesting,
        counts.distinctOperators,
        counts.distinctOperands,
        counts.operators,
        counts.operands,
        counts.statements,
        -1,
      );
      symbols.set(row, SymbolColumn.metrics, metric);
      if (row > 0) symbols.set(row, SymbolColumn.bodyHash, tokensHash(tokens, first, last));
    }
    return builder.finish();
  }
}

/** How often, on average, a token may be counted for the symbols around it. */
const DEEPEST_NESTING = 60;

/** Symbols that get a row of metrics. */
const measured: ReadonlySet<SymbolKind> = new Set([
  'module',
  'namespace',
  'class',
  'struct',
  'enum',
  'trait',
  'interface',
  'function',
  'method',
  'constructor',
  'macro',
]);

function oneLine(text: string | undefined): string | undefined {
  return limited(text)?.replace(/\s+/g, ' ').trim();
}

/** Longest piece of source that is kept, in UTF-16 units: a bracket never closed holds all the rest of its file. */
const LONGEST_SOURCE = 2000;

function limited(text: string | undefined): string | undefined {
  return text !== undefined && text.length > LONGEST_SOURCE ? text.slice(0, LONGEST_SOURCE) : text;
}
