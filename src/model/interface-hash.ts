import type { FileFacts } from './facts.ts';
import {
  EXPORT_STRIDE,
  ImportColumn,
  IMPORT_STRIDE,
  PARAMETER_STRIDE,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from './facts.ts';
import { EXPRESSION_STRIDE, ExpressionOp, LOCAL_STRIDE, LocalColumn } from './declared-types.ts';
import { Hash64 } from './hash64.ts';
import { referenceRoles } from './vocabulary.ts';

/** Columns of a symbol that other files can see; places and bodies are not among them. */
const visibleColumns = [SymbolColumn.kind, SymbolColumn.flags, SymbolColumn.visibility, SymbolColumn.parent] as const;
const visibleStrings = [
  SymbolColumn.name,
  SymbolColumn.returnType,
  SymbolColumn.declaredType,
  SymbolColumn.decorators,
  SymbolColumn.owner,
] as const;

/**
 * FNV-1a, twice 32 bits, over the tables with strings in place of their numbers: the same interface has the same hash
 * whatever else the file's string table holds.
 */
export function interfaceHash(facts: Omit<FileFacts, 'interfaceHash'>): string {
  const hash = new Hash64();
  const text = (index: number): void => hash.text(index < 0 ? '' : (facts.strings[index] ?? ''));
  hash.number(facts.symbols.length);
  for (let at = 0; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    for (const column of visibleColumns) hash.number(facts.symbols[at + column]!);
    for (const column of visibleStrings) text(facts.symbols[at + column]!);
    const first = facts.symbols[at + SymbolColumn.parameters]!;
    const count = facts.symbols[at + SymbolColumn.parameterCount]!;
    hash.number(count);
    for (let row = first; row < first + count; row++) {
      text(facts.parameters[row * PARAMETER_STRIDE]!);
      text(facts.parameters[row * PARAMETER_STRIDE + 1]!);
      hash.number(facts.parameters[row * PARAMETER_STRIDE + 3]!);
    }
  }
  for (let at = 0; at < facts.imports.length; at += IMPORT_STRIDE) {
    hash.number(facts.imports[at + ImportColumn.kind]!);
    text(facts.imports[at + ImportColumn.specifier]!);
    text(facts.imports[at + ImportColumn.name]!);
    text(facts.imports[at + ImportColumn.alias]!);
    hash.number(facts.imports[at + ImportColumn.level]!);
    hash.number(facts.imports[at + ImportColumn.flags]!);
  }
  for (let at = 0; at < facts.exports.length; at += EXPORT_STRIDE) {
    text(facts.exports[at]!);
    for (let column = 1; column < EXPORT_STRIDE; column++) hash.number(facts.exports[at + column]!);
  }
  hashDeclaredTypes(facts, hash, text);
  return hash.digest();
}

const inheritRole = referenceRoles.indexOf('inherit');
const implementRole = referenceRoles.indexOf('implement');

function operandIsExpression(op: number): boolean {
  return (
    op === ExpressionOp.member || op === ExpressionOp.call || op === ExpressionOp.element || op === ExpressionOp.unwrap
  );
}

/** Supertypes, and what untyped fields and globals are initialized with: both decide what members mean in other files. */
function hashDeclaredTypes(facts: Omit<FileFacts, 'interfaceHash'>, hash: Hash64, text: (index: number) => void): void {
  const expression = (row: number): void => {
    if (row < 0) return;
    const at = row * EXPRESSION_STRIDE;
    const op = facts.expressions[at]!;
    hash.number(op);
    if (operandIsExpression(op)) expression(facts.expressions[at + 1]!);
    else text(facts.expressions[at + 1]!);
    if (op === ExpressionOp.member) text(facts.expressions[at + 2]!);
    else if (op === ExpressionOp.call) hash.number(facts.expressions[at + 2]!);
  };
  for (let at = 0; at < facts.references.length; at += REFERENCE_STRIDE) {
    const role = facts.references[at]!;
    if (role !== inheritRole && role !== implementRole) continue;
    hash.number(role);
    hash.number(facts.references[at + ReferenceColumn.symbol]!);
    text(facts.references[at + ReferenceColumn.name]!);
    expression(facts.references[at + ReferenceColumn.receiver]!);
    expression(facts.references[at + ReferenceColumn.subject]!);
  }
  for (let at = 0; at < facts.locals.length; at += LOCAL_STRIDE) {
    if (facts.locals[at + LocalColumn.startLine] !== 0) continue;
    hash.number(facts.locals[at + LocalColumn.symbol]!);
    hash.number(facts.locals[at + LocalColumn.position]!);
    expression(facts.locals[at + LocalColumn.initializer]!);
  }
}
