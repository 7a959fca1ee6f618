import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { type SummarySubject, summarySubject } from './summary-subject.ts';

/** Says in one line what a piece of code is for. A language model may be one: it is asked once for equal code. */
export interface Summariser {
  /** Changes when its words would. */
  readonly id: string;
  summarise(subject: SummarySubject, signal?: AbortSignal): string | Promise<string>;
}

/** Kept summaries, a line each. */
const KEPT = 50_000;

/** Summaries by content: a file that did not change is not summed up again, whatever its path or revision. */
export class Summaries {
  readonly #summariser: Summariser;
  readonly #kept = new Map<string, string>();

  constructor(summariser: Summariser) {
    this.#summariser = summariser;
  }

  async of(snapshot: Snapshot, symbol: SymbolRecord, signal?: AbortSignal): Promise<string> {
    const subject = summarySubject(snapshot, symbol);
    const key = `${this.#summariser.id} ${subject.contentKey}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = (await this.#summariser.summarise(subject, signal)).replace(/\s+/g, ' ').trim();
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, made);
    return made;
  }
}
