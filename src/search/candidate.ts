import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { SearchIndex } from './search-index.ts';

/** What spoke for or against a document. Of thousands, few are shown: words are made when they are asked for. */
export interface Signal {
  readonly name: string;
  readonly value: number;
  readonly reason: string | (() => string);
}

/** A document on its way to its place, with what has been said for and against it. */
export class Candidate {
  readonly document: number;
  readonly file: FileRecord;
  readonly row: number;
  score = 0;
  factor = 1;
  readonly signals: Signal[] = [];

  constructor(document: number, index: SearchIndex, snapshot: Snapshot) {
    this.document = document;
    this.file = snapshot.files()[index.file[document]!]!;
    this.row = index.symbolRow(document);
  }

  add(name: string, value: number, reason: Signal['reason']): void {
    if (value === 0) return;
    this.score += value;
    this.signals.push({ name, value, reason });
  }

  multiply(name: string, factor: number, reason: string): void {
    if (factor === 1) return;
    this.factor *= factor;
    this.signals.push({ name, value: factor - 1, reason });
  }

  /** `total` as it was when the order was last asked for. */
  settled = 0;

  settle(): void {
    this.settled = this.total;
  }

  get total(): number {
    return this.score * this.factor;
  }
}

/** Ties go by file (in order of paths) and place: nothing depends on where in the index a document lies. */
export function inOrder(candidates: readonly Candidate[]): Candidate[] {
  for (const candidate of candidates) candidate.settle();
  return candidates.toSorted(
    (a, b) => b.settled - a.settled || a.file.id - b.file.id || a.row - b.row || a.document - b.document,
  );
}
