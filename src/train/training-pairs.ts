/** What a table is trained on: pairs of what is asked and what should be found, as rows of the vocabulary. */

/** Lists in compressed form: list i is rows[offsets[i] … offsets[i + 1]). */
export interface Runs {
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

export const PairKind = {
  /** The anchor is a description: it may name the function, and then learns to do without. */
  described: 0,
  /** The anchor is the name itself: the target goes without it. */
  named: 1,
  /** Two views of the same code: neither has a name. */
  views: 2,
} as const;

export interface TrainingPairs {
  readonly count: number;
  /** Index into `groups`: batches are made of runs from one group, so that negatives are hard. */
  readonly group: Int32Array;
  /** Repositories, packages or files: what is held out is a whole group. */
  readonly groups: readonly string[];
  readonly kind: Uint8Array;
  readonly anchor: Runs;
  readonly name: Runs;
  /** Without the name and without comments. */
  readonly body: Runs;
  readonly comments: Runs;
  /** Words of the path. */
  readonly place: Runs;
}

export const runOf = ({ offsets, rows }: Runs, i: number): Int32Array => rows.subarray(offsets[i]!, offsets[i + 1]!);

/** Collects lists one by one. */
export class RunsBuilder {
  #offsets = [0];
  #rows = new Int32Array(1 << 12);
  #length = 0;

  add(rows: Iterable<number>): void {
    for (const row of rows) {
      if (row < 0) continue;
      if (this.#length === this.#rows.length) {
        const grown = new Int32Array(this.#length * 2);
        grown.set(this.#rows);
        this.#rows = grown;
      }
      this.#rows[this.#length++] = row;
    }
    this.#offsets.push(this.#length);
  }

  finish(): Runs {
    return { offsets: Int32Array.from(this.#offsets), rows: this.#rows.slice(0, this.#length) };
  }
}

/** The pairs whose group is chosen, under the same group numbers. */
export function pairsWhere(pairs: TrainingPairs, chosen: (group: number) => boolean): Int32Array {
  return Int32Array.from(Array.from(pairs.group.keys()).filter((i) => chosen(pairs.group[i]!)));
}
