import { SYMBOL_STRIDE, SymbolColumn, type FileFacts } from '#model/facts.ts';
import { SymbolFlag } from '#model/vocabulary.ts';

/** Symbols by row, named as Python's `co_qualname` does without `<locals>`. */
export class FactsView {
  readonly #facts: FileFacts;

  constructor(facts: FileFacts) {
    this.#facts = facts;
  }

  name(row: number): string {
    const names: string[] = [];
    for (let at = row; at > 0; at = this.#column(at, SymbolColumn.parent)) {
      const isLambda = (this.#column(at, SymbolColumn.flags) & SymbolFlag.anonymous) !== 0;
      names.unshift(isLambda ? '<lambda>' : (this.#facts.strings[this.#column(at, SymbolColumn.name)] ?? ''));
    }
    return names.join('.');
  }

  /** Whether calling the symbol runs none of its body: a generator or coroutine. */
  isSuspended(row: number): boolean {
    return (this.#column(row, SymbolColumn.flags) & (SymbolFlag.generator | SymbolFlag.async)) !== 0;
  }

  #column(row: number, column: number): number {
    return this.#facts.symbols[row * SYMBOL_STRIDE + column]!;
  }
}
