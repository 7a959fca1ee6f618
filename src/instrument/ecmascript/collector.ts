import type { BranchKind, BranchPoint, CodePlace, FunctionPoint, Mutant, StatementPoint } from '#model/instrumented.ts';
import { EditBuffer } from './edit-buffer.ts';
import type { FlatText } from './flat-text.ts';
import { LineIndex } from './line-index.ts';
import type { Mutation } from './mutations.ts';
import type { Node, NodeOf } from './tree.ts';

export interface InstrumentOptions {
  /** Names the file at run time: a short text without quotes, unique in the session. */
  readonly id: string;
  /** Mutants are compiled in, numbered from `firstMutant`. */
  readonly mutants?: boolean;
  /** Default 1. */
  readonly firstMutant?: number;
  /** Conditions measure how near they come to their other outcome, and keep the values that they compare. */
  readonly distances?: boolean;
}

/** Where a node stands: what counts it, and whether it runs while the file is loaded. */
export interface Scope {
  readonly counter: number;
  readonly static: boolean;
}

/** The walks over parts of a tree, which call each other in a circle. */
export interface Walks {
  eachChild(node: Node, visit: (child: Node) => void): void;
  expression(node: Node, scope: Scope, collector: Collector, owner?: Node): void;
  statements(list: readonly Node[], scope: Scope, collector: Collector, shared?: number): void;
  block(node: NodeOf<'BlockStatement'>, scope: Scope, collector: Collector): void;
}

/** What one walk over a file gathers. */
export class Collector {
  readonly text: string;
  readonly edits: EditBuffer;
  readonly flat: FlatText;
  readonly options: InstrumentOptions;
  readonly statements: StatementPoint[] = [];
  readonly functions: FunctionPoint[] = [];
  readonly branches: BranchPoint[] = [];
  readonly mutants: Mutant[] = [];
  readonly #lines: LineIndex;
  readonly walk: Walks;
  counters = 0;
  conditions = 0;

  constructor(text: string, flat: FlatText, options: InstrumentOptions, walk: Walks) {
    this.text = text;
    this.edits = new EditBuffer(text);
    this.flat = flat;
    this.options = options;
    this.walk = walk;
    this.#lines = new LineIndex(text);
  }

  place(node: { readonly start: number; readonly end: number }): CodePlace {
    return this.#lines.place(node.start, node.end);
  }

  newCounter(): number {
    return this.counters++;
  }

  branch(
    kind: BranchKind,
    node: Node,
    arms: readonly { readonly node: Node; readonly counter: number }[],
    scope: Scope,
    condition?: number,
  ): void {
    this.branches.push({
      kind,
      place: this.place(node),
      arms: arms.map((arm) => ({ place: this.place(arm.node), counter: arm.counter })),
      counted: kind !== 'loop',
      static: scope.static,
      ...(condition === undefined ? {} : { condition }),
    });
  }

  /** Registers a mutant and returns its number; undefined where mutants are not asked for. */
  mutant(mutation: Mutation, scope: Scope): number | undefined {
    if (!this.options.mutants) return undefined;
    const id = (this.options.firstMutant ?? 1) + this.mutants.length;
    this.mutants.push({
      id,
      operator: mutation.operator,
      place: this.place(mutation),
      replacement: mutation.replacement,
      counter: scope.counter,
      static: scope.static,
    });
    return id;
  }

  /**
   * Puts mutated texts beside an expression: `($tw.m===7?mutated:original)`. `within` is the expression that is wrapped: the
   * mutated one itself, or the whole optional chain that it is part of.
   */
  switchExpression(mutations: readonly Mutation[], within: Node, scope: Scope): void {
    if (!this.options.mutants) return;
    for (const mutation of mutations) {
      const before = this.flat.of(within.start, mutation.start);
      const after = this.flat.of(mutation.end, within.end);
      if (before === undefined || after === undefined) continue;
      const id = this.mutant(mutation, scope);
      this.edits.wrap(within.start, within.end, `($tw.m===${id}?(${before}${mutation.replacement}${after}):`, ')');
    }
  }

  /** Position of a token behind `from`, comments passed over. */
  find(token: string, from: number): number {
    for (let at = from; at < this.text.length; at++) {
      if (this.text.startsWith('//', at)) at = this.#endOf('\n', at) - 1;
      else if (this.text.startsWith('/*', at)) at = this.#endOf('*/', at + 2) + 1;
      else if (this.text.startsWith(token, at)) return at;
    }
    return this.text.length;
  }

  #endOf(mark: string, from: number): number {
    const at = this.text.indexOf(mark, from);
    return at < 0 ? this.text.length : at;
  }
}
