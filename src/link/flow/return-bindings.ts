/** What links a call to what a callee returns, as rows: which slots fill which parameters, and where the result goes. */
import { IntTable } from './int-table.ts';

const Column = {
  callee: 0,
  /** An object that the function is called on, −1 for none; more of them begin at a row + 1 of their table. */
  receiver: 1,
  receivers: 2,
  returned: 3,
  destination: 4,
  /** First place of its pairs. */
  pairs: 5,
  pairCount: 6,
} as const;
const STRIDE = 7;
/** [object, next] */
const RECEIVER_STRIDE = 2;
/** [parameter index, slot] */
const PAIR_STRIDE = 2;

export class ReturnBindings {
  readonly #rows = new IntTable(STRIDE);
  readonly #receivers = new IntTable(RECEIVER_STRIDE);
  readonly #pairs = new IntTable(PAIR_STRIDE);

  /** Makes room, to spare the tables' growth. */
  expect(bindings: number): void {
    this.#rows.reserve(bindings);
    this.#pairs.reserve(bindings);
  }

  /** `pairs`: [parameter index, slot]… Returns the binding's number. */
  open(callee: number, receiver: number, returned: number, destination: number, pairs: readonly number[]): number {
    const binding = this.#rows.take();
    const at = binding * STRIDE;
    const first = this.#pairs.rows;
    for (let i = 0; i < pairs.length; i += PAIR_STRIDE) {
      const pair = this.#pairs.take() * PAIR_STRIDE;
      this.#pairs.data[pair] = pairs[i]!;
      this.#pairs.data[pair + 1] = pairs[i + 1]!;
    }
    const { data } = this.#rows;
    data[at + Column.callee] = callee;
    data[at + Column.receiver] = receiver;
    data[at + Column.receivers] = 0;
    data[at + Column.returned] = returned;
    data[at + Column.destination] = destination;
    data[at + Column.pairs] = first;
    data[at + Column.pairCount] = pairs.length / PAIR_STRIDE;
    return binding;
  }

  callee(binding: number): number {
    return this.#rows.data[binding * STRIDE + Column.callee]!;
  }

  returned(binding: number): number {
    return this.#rows.data[binding * STRIDE + Column.returned]!;
  }

  destination(binding: number): number {
    return this.#rows.data[binding * STRIDE + Column.destination]!;
  }

  hasReceivers(binding: number): boolean {
    return this.#rows.data[binding * STRIDE + Column.receiver]! >= 0;
  }

  /** Calls `each` for the objects that the function is called on. */
  eachReceiver(binding: number, each: (object: number) => void): void {
    const { data } = this.#rows;
    const first = data[binding * STRIDE + Column.receiver]!;
    if (first >= 0) each(first);
    for (let at = data[binding * STRIDE + Column.receivers]!; at > 0;) {
      const row = (at - 1) * RECEIVER_STRIDE;
      at = this.#receivers.data[row + 1]!;
      each(this.#receivers.data[row]!);
    }
  }

  /** False where the function is called on the object already. */
  addReceiver(binding: number, object: number): boolean {
    let isKnown = false;
    this.eachReceiver(binding, (known) => (isKnown ||= known === object));
    if (isKnown) return false;
    const { data } = this.#rows;
    const at = binding * STRIDE;
    if (data[at + Column.receiver]! < 0) {
      data[at + Column.receiver] = object;
      return true;
    }
    const row = this.#receivers.take();
    this.#receivers.data[row * RECEIVER_STRIDE] = object;
    this.#receivers.data[row * RECEIVER_STRIDE + 1] = data[at + Column.receivers]!;
    data[at + Column.receivers] = row + 1;
    return true;
  }

  /** Calls `each` for the slots that fill a parameter; returns whether there are any. */
  eachSlot(binding: number, parameter: number, each: (slot: number) => void): boolean {
    const at = binding * STRIDE;
    let found = false;
    const first = this.#rows.data[at + Column.pairs]!;
    for (let pair = first, end = first + this.#rows.data[at + Column.pairCount]!; pair < end; pair++) {
      if (this.#pairs.data[pair * PAIR_STRIDE] !== parameter) continue;
      found = true;
      each(this.#pairs.data[pair * PAIR_STRIDE + 1]!);
    }
    return found;
  }
}
