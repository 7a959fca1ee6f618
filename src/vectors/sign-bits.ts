/**
 * The sign bits of rows, and how many of them differ from those of a question: an estimate of the angle between the two
 * (Charikar 2002) at a thirtieth of the cost of the exact product. Rows of 256 bits are counted 16 bytes at a time.
 */
import { op, ValueType, type WasmFunction, wasmModule } from '#base/wasm-module.ts';
import { linearMemory, type WasmMemory, webAssembly } from '#base/web-assembly.ts';
import { signWords, writeSigns } from './quantised-rows.ts';

/** Bytes before the rows: the question. */
const ROWS_AT = 64;

type Distances256 = (rows: number, end: number, distances: number) => void;

export class SignBits {
  readonly #dimensions: number;
  readonly #words: number;
  #memory!: WasmMemory;
  #bits!: Int32Array;
  #distances!: Uint16Array;
  #distances256: Distances256 | undefined;
  #room = 0;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#words = signWords(dimensions);
    this.reserve(64);
  }

  reserve(rows: number): void {
    if (rows <= this.#room) return;
    const bytes = rows * this.#words * 4;
    const memory = linearMemory(ROWS_AT + bytes + rows * 2);
    const bits = new Int32Array(memory.buffer, ROWS_AT, rows * this.#words);
    if (this.#room > 0) bits.set(this.#bits);
    this.#memory = memory;
    this.#bits = bits;
    this.#distances = new Uint16Array(memory.buffer, ROWS_AT + bytes, rows);
    this.#distances256 = undefined;
    this.#room = rows;
  }

  /** The signs of `values[from …]` become those of the row. */
  put(row: number, values: Int8Array, from: number): void {
    writeSigns(values, from, this.#dimensions, this.#bits, row * this.#words);
  }

  move(from: number, to: number): void {
    this.#bits.copyWithin(to * this.#words, from * this.#words, (from + 1) * this.#words);
  }

  /** Of rows [0, count); valid until the next question. */
  distancesTo(vector: Float32Array, count: number): Uint16Array {
    const question = new Int32Array(this.#memory.buffer, 0, Math.min(this.#words, ROWS_AT / 4));
    if (this.#words === 8) {
      writeSigns(vector, 0, this.#dimensions, question, 0);
      this.#distances256 ??= compile(this.#memory);
      this.#distances256(ROWS_AT, ROWS_AT + count * 32, this.#distances.byteOffset);
    } else {
      const wanted = new Int32Array(this.#words);
      writeSigns(vector, 0, this.#dimensions, wanted, 0);
      for (let row = 0; row < count; row++) this.#distances[row] = this.#distance(row, wanted);
    }
    return this.#distances;
  }

  /** Of a list of rows, by their place in it; valid until the next question. */
  distancesOf(rows: Int32Array, vector: Float32Array): Uint16Array {
    const wanted = new Int32Array(this.#words);
    writeSigns(vector, 0, this.#dimensions, wanted, 0);
    for (let at = 0; at < rows.length; at++) this.#distances[at] = this.#distance(rows[at]!, wanted);
    return this.#distances;
  }

  #distance(row: number, question: Int32Array): number {
    const bits = this.#bits;
    let sum = 0;
    for (let word = 0, at = row * this.#words; word < question.length; word++, at++)
      sum += bitCount(bits[at]! ^ question[word]!);
    return sum;
  }
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul(((nibbles >>> 4) + nibbles) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const [ROW, END, DISTANCE, LOW, HIGH, SUMS] = [0, 1, 2, 3, 4, 5];
/** A lane of 8 bits holds up to 16 differences, so that nothing overflows. */
const distances256: WasmFunction = {
  name: 'distances',
  parameters: [ValueType.i32, ValueType.i32, ValueType.i32],
  results: [],
  locals: [ValueType.v128, ValueType.v128, ValueType.v128],
  body: [
    ...[LOW, HIGH].flatMap((half, at) => [...op.constant(0), ...op.load(at * 16), ...op.set(half)]),
    ...op.repeatWhile([
      ...op.get(DISTANCE),
      ...[LOW, HIGH].flatMap((half, at) => [
        ...op.get(ROW),
        ...op.load(at * 16),
        ...op.get(half),
        ...op.xor,
        ...op.countBits,
      ]),
      ...op.addBytes,
      ...op.pairBytes,
      ...op.pairShorts,
      ...op.set(SUMS),
      ...[0, 1, 2, 3].flatMap((lane) => [
        ...op.get(SUMS),
        ...op.integerLane(lane),
        ...(lane === 0 ? [] : op.add),
      ]),
      ...op.storeShort,
      ...op.get(ROW),
      ...op.constant(32),
      ...op.add,
      ...op.set(ROW),
      ...op.get(DISTANCE),
      ...op.constant(2),
      ...op.add,
      ...op.set(DISTANCE),
      ...op.get(ROW),
      ...op.get(END),
      ...op.lessThan,
    ]),
  ],
};

let compiled: object | undefined;

function compile(memory: WasmMemory): Distances256 {
  compiled ??= new webAssembly.Module(wasmModule([distances256]));
  return new webAssembly.Instance(compiled, { env: { memory } }).exports['distances'] as Distances256;
}
