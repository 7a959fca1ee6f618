import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { TextIndex } from '#languages/text-index.ts';
import type { FlowDefinition, FlowStep, FlowUse } from './flow-statement.ts';

const LONGEST_TEXT = 100;

/** Gathers what one step defines and reads, while an adapter walks its expressions. */
export class StepCollector {
  readonly #nodes: SyntaxNodes;
  readonly #index: TextIndex;
  readonly definitions: FlowDefinition[] = [];
  readonly uses: FlowUse[] = [];
  mayThrow = false;
  suspends: 'yield' | 'await' | undefined;
  /** Depth of `a && …`, `a ? … : …`: what is defined there may not be. */
  conditional = 0;

  constructor(nodes: SyntaxNodes, index: TextIndex) {
    this.#nodes = nodes;
    this.#index = index;
  }

  line(node: number): number {
    return this.#index.line(this.#nodes.tree.start[node]!);
  }

  define(variable: string, kind: FlowDefinition['kind'], node: number, isWeak = this.conditional > 0): void {
    this.definitions.push({
      variable,
      kind,
      line: this.line(node),
      at: this.#nodes.tree.start[node]!,
      ...(isWeak ? { isWeak } : {}),
    });
  }

  use(variable: string, node: number, captured = false): void {
    this.uses.push({ variable, line: this.line(node), at: this.#nodes.tree.start[node]!, captured });
  }

  /** The step, shown as the text from the first to the end of the last node. */
  step(first: number, last: number = first, text?: string): FlowStep {
    const { start, end } = this.#nodes.tree;
    return {
      text: text ?? this.#nodes.oneLine(start[first]!, end[last]!, LONGEST_TEXT),
      start: start[first]!,
      end: end[last]!,
      startLine: this.line(first),
      endLine: this.#index.line(Math.max(start[first]!, end[last]! - 1)),
      definitions: this.definitions,
      uses: this.uses,
      mayThrow: this.mayThrow,
      ...(this.suspends === undefined ? {} : { suspends: this.suspends }),
    };
  }
}
