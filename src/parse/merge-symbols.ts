import {
  Binding,
  type FileFacts,
  PARAMETER_STRIDE,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';

const stringColumns = [
  SymbolColumn.name,
  SymbolColumn.signature,
  SymbolColumn.returnType,
  SymbolColumn.documentation,
  SymbolColumn.decorators,
  SymbolColumn.declaredType,
  SymbolColumn.owner,
];

/** `facts` with the symbols and references of `other` under the same module; imports, flow and metrics of `other` are left out. */
export function mergeSymbols(facts: FileFacts, other: FileFacts): FileFacts {
  const strings = [...facts.strings];
  const moved = new Map<number, number>();
  const string = (id: number): number => {
    if (id < 0) return -1;
    let to = moved.get(id);
    if (to === undefined) {
      to = strings.push(other.strings[id] ?? '') - 1;
      moved.set(id, to);
    }
    return to;
  };
  const firstRow = facts.symbols.length / SYMBOL_STRIDE;
  /** The other module's row 0 is ours. */
  const row = (at: number): number => (at <= 0 ? at : firstRow + at - 1);
  const symbols = other.symbols.slice(SYMBOL_STRIDE);
  const firstParameter = facts.parameters.length / PARAMETER_STRIDE;
  for (let at = 0; at < symbols.length; at += SYMBOL_STRIDE) {
    for (const column of stringColumns) symbols[at + column] = string(symbols[at + column]!);
    symbols[at + SymbolColumn.parent] = row(symbols[at + SymbolColumn.parent]!);
    symbols[at + SymbolColumn.parameters]! += firstParameter;
    symbols[at + SymbolColumn.metrics] = -1;
  }
  const parameters = other.parameters.slice();
  for (let at = 0; at < parameters.length; at += PARAMETER_STRIDE)
    for (let column = 0; column < 3; column++) parameters[at + column] = string(parameters[at + column]!);
  const references = other.references.slice();
  for (let at = 0; at < references.length; at += REFERENCE_STRIDE) {
    references[at + ReferenceColumn.name] = string(references[at + ReferenceColumn.name]!);
    references[at + ReferenceColumn.symbol] = row(references[at + ReferenceColumn.symbol]!);
    references[at + ReferenceColumn.receiver] = -1;
    references[at + ReferenceColumn.subject] = -1;
    if (references[at + ReferenceColumn.binding] === Binding.local)
      references[at + ReferenceColumn.target] = row(references[at + ReferenceColumn.target]!);
    else {
      references[at + ReferenceColumn.binding] = Binding.open;
      references[at + ReferenceColumn.target] = -1;
    }
  }
  return {
    ...facts,
    strings,
    partial: facts.partial || other.partial,
    symbols: joined(facts.symbols, symbols),
    parameters: joined(facts.parameters, parameters),
    references: joined(facts.references, references),
  };
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
