/** Facts as short lines of text, for tests and for looking at what an extractor finds. */
import {
  Binding,
  EXPORT_STRIDE,
  type FileFacts,
  ImportColumn,
  IMPORT_STRIDE,
  MetricColumn,
  METRIC_STRIDE,
  PARAMETER_STRIDE,
  ReferenceColumn,
  REFERENCE_STRIDE,
  SymbolColumn,
  SYMBOL_STRIDE,
} from '#model/facts.ts';
import { EXPRESSION_STRIDE, ExpressionOp } from '#model/declared-types.ts';
import {
  importKinds,
  parameterKinds,
  referenceRoles,
  SymbolFlag,
  symbolKinds,
  visibilities,
} from '#model/vocabulary.ts';

const text = (facts: FileFacts, id: number): string => (id < 0 ? '' : facts.strings[id]!);

function qualifiedName(facts: FileFacts, row: number): string {
  const at = row * SYMBOL_STRIDE;
  const parent = facts.symbols[at + SymbolColumn.parent]!;
  const name = text(facts, facts.symbols[at + SymbolColumn.name]!);
  return parent > 0 ? `${qualifiedName(facts, parent)}.${name}` : name;
}

/** `kind qualified.name startLine-endLine`, then visibility unless public, then flags. The module itself is left out. */
export function listSymbols(facts: FileFacts): readonly string[] {
  const lines: string[] = [];
  for (let row = 1; row * SYMBOL_STRIDE < facts.symbols.length; row++) {
    const column = (name: keyof typeof SymbolColumn): number =>
      facts.symbols[row * SYMBOL_STRIDE + SymbolColumn[name]]!;
    const visibility = visibilities[column('visibility')]!;
    const flags = Object.entries(SymbolFlag)
      .filter(([, bit]) => (column('flags') & bit) !== 0)
      .map(([name]) => ` ${name}`);
    lines.push(
      `${symbolKinds[column('kind')]!} ${qualifiedName(facts, row)} ${column('startLine')}-${column('endLine')}${visibility === 'public' ? '' : ` ${visibility}`}${flags.join('')}`,
    );
  }
  return lines;
}

export interface ListedSymbol {
  readonly signature: string;
  readonly documentation: string;
  readonly returnType: string;
  readonly declaredType: string;
  readonly decorators: string;
  /** `name: type = default`, with `*` before a variadic. */
  readonly parameters: readonly string[];
  readonly bytes: readonly [number, number];
  readonly place: readonly [line: number, column: number];
  readonly cyclomatic: number | undefined;
  readonly cognitive: number | undefined;
  readonly nesting: number | undefined;
}

/** The first symbol with this qualified name. */
export function describeSymbol(facts: FileFacts, name: string): ListedSymbol {
  let row = 0;
  while (row * SYMBOL_STRIDE < facts.symbols.length && qualifiedName(facts, row) !== name) row++;
  if (row * SYMBOL_STRIDE >= facts.symbols.length) throw new Error(`No symbol ${name}`);
  const column = (of: keyof typeof SymbolColumn): number => facts.symbols[row * SYMBOL_STRIDE + SymbolColumn[of]]!;
  const metric = (of: keyof typeof MetricColumn): number | undefined =>
    column('metrics') < 0 ? undefined : facts.metrics[column('metrics') * METRIC_STRIDE + MetricColumn[of]];
  const parameters: string[] = [];
  for (let at = column('parameters'); at < column('parameters') + column('parameterCount'); at++) {
    const [parameter, type, value, kind] = facts.parameters.subarray(
      at * PARAMETER_STRIDE,
      (at + 1) * PARAMETER_STRIDE,
    );
    const star = { positional: '', 'positional-only': '', 'keyword-only': '', variadic: '*', 'keyword-variadic': '**' }[
      parameterKinds[kind!]!
    ];
    parameters.push(
      `${star}${text(facts, parameter!)}${type! < 0 ? '' : `: ${text(facts, type!)}`}${value! < 0 ? '' : ` = ${text(facts, value!)}`}`,
    );
  }
  return {
    signature: text(facts, column('signature')),
    documentation: text(facts, column('documentation')),
    returnType: text(facts, column('returnType')),
    declaredType: text(facts, column('declaredType')),
    decorators: text(facts, column('decorators')),
    parameters,
    bytes: [column('startByte'), column('endByte')],
    place: [column('nameLine'), column('nameColumn')],
    cyclomatic: metric('cyclomatic'),
    cognitive: metric('cognitive'),
    nesting: metric('nesting'),
  };
}

const named: ReadonlySet<number> = new Set([ExpressionOp.name, ExpressionOp.type, ExpressionOp.path]);

function expressionText(facts: FileFacts, row: number): string {
  const [op, a, b] = facts.expressions.subarray(row * EXPRESSION_STRIDE, (row + 1) * EXPRESSION_STRIDE);
  if (named.has(op!)) return text(facts, a!);
  if (op === ExpressionOp.self) return 'self';
  if (op === ExpressionOp.super) return 'super';
  return op === ExpressionOp.member
    ? `${expressionText(facts, a!)}.${text(facts, b!)}`
    : `${expressionText(facts, a!)}()`;
}

/** `role receiver.name@line in symbol -> target`; `-> …` only where the file itself binds the name to a symbol. */
export function listReferences(facts: FileFacts): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < facts.references.length; at += REFERENCE_STRIDE) {
    const column = (name: keyof typeof ReferenceColumn): number => facts.references[at + ReferenceColumn[name]]!;
    const receiver = column('receiver') < 0 ? '' : `${expressionText(facts, column('receiver'))}.`;
    const owner = qualifiedName(facts, column('symbol')) || '<module>';
    const target = column('binding') === Binding.local ? ` -> ${qualifiedName(facts, column('target'))}` : '';
    lines.push(
      `${referenceRoles[column('role')]!} ${receiver}${text(facts, column('name'))}@${column('line')} in ${column('symbol') === 0 ? '<module>' : owner}${target}`,
    );
  }
  return lines;
}

/** `kind specifier name as alias`. */
export function listImports(facts: FileFacts): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < facts.imports.length; at += IMPORT_STRIDE) {
    const name = text(facts, facts.imports[at + ImportColumn.name]!);
    const alias = text(facts, facts.imports[at + ImportColumn.alias]!);
    lines.push(
      [
        importKinds[facts.imports[at]!]!,
        text(facts, facts.imports[at + ImportColumn.specifier]!),
        name,
        alias && `as ${alias}`,
      ]
        .filter(Boolean)
        .join(' '),
    );
  }
  return lines;
}

export function listExports(facts: FileFacts): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < facts.exports.length; at += EXPORT_STRIDE) names.push(text(facts, facts.exports[at]!));
  return names;
}
