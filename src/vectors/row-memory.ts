/**
 * Quantised rows in one linear memory, compared with a question by two loops that look at sixteen bytes at a time: how many
 * sign bits differ, an estimate of the angle (Charikar 2002) at a thirtieth of the cost of the product, and the product.
 * All numbers are whole, so that the result is the same on every machine.
 */
import { op, ValueType, type WasmFunction, wasmModule } from '#base/wasm-module.ts';
import { linearMemory, webAssembly } from '#base/web-assembly.ts';
import { signWords, writeSigns } from './quantised-rows.ts';

interface Loops {
  readonly distances: (rows: number, end: number, wordBytes: number, distances: number) => void;
  readonly dot: (row: number, end: number) => number;
}

interface Layout {
  readonly bits: Int32Array;
  readonly values: Int8Array;
  readonly distances: Uint16Array;
  readonly questionBits: Int32Array;
  readonly question: Int16Array;
  readonly loops: Loops;
}

/** Bytes: where the question's numbers lie; its sign bits lie before. */
const QUESTION_AT = 1024;

export class RowMemory {
  readonly #dimensions: number;
  /** Bytes of a row of values and of signs, each a multiple of 16. */
  readonly #valueBytes: number;
  readonly #signBytes: number;
  #layout: Layout;
  #room = 64;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#valueBytes = (dimensions + 15) & ~15;
    this.#signBytes = ((signWords(dimensions) + 3) & ~3) * 4;
    this.#layout = this.#make(this.#room);
  }

  reserve(rows: number): void {
    if (rows <= this.#room) return;
    const { bits, values } = this.#layout;
    this.#layout = this.#make(rows);
    this.#layout.bits.set(bits);
    this.#layout.values.set(values);
    this.#room = rows;
  }

  put(row: number, values: Int8Array, from: number): void {
    const dimensions = this.#dimensions;
    this.#layout.values.set(values.subarray(from, from + dimensions), row * this.#valueBytes);
    writeSigns(values, from, dimensions, this.#layout.bits, (row * this.#signBytes) >> 2);
  }

  move(from: number, to: number): void {
    const { bits, values } = this.#layout;
    const words = this.#signBytes >> 2;
    values.copyWithin(to * this.#valueBytes, from * this.#valueBytes, (from + 1) * this.#valueBytes);
    bits.copyWithin(to * words, from * words, (from + 1) * words);
  }

  row(row: number): Int8Array {
    return this.#layout.values.subarray(row * this.#valueBytes, row * this.#valueBytes + this.#dimensions);
  }

  /** Differing sign bits of rows [0, count); valid until the next call. */
  distancesTo(vector: Float32Array, count: number): Uint16Array {
    const { bits, distances, questionBits, loops } = this.#layout;
    writeSigns(vector, 0, this.#dimensions, questionBits, 0);
    const end = bits.byteOffset + count * this.#signBytes;
    if (count > 0) loops.distances(bits.byteOffset, end, this.#signBytes, distances.byteOffset);
    return distances;
  }

  /** A function from a row to its product with the vector. */
  productsWith(vector: Float32Array): (row: number) => number {
    const { values, question, loops } = this.#layout;
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    // The sum of all products stays below 2³¹.
    const scale = Math.min(32_767, Math.floor(2 ** 31 / (128 * this.#dimensions))) / largest;
    for (let at = 0; at < vector.length; at++) question[at] = Math.round(vector[at]! * scale);
    const { byteOffset } = values;
    const bytes = this.#valueBytes;
    return (row) => loops.dot(byteOffset + row * bytes, byteOffset + (row + 1) * bytes) / scale;
  }

  #make(rows: number): Layout {
    const bitsAt = (QUESTION_AT + this.#valueBytes * 2 + 63) & ~63;
    const valuesAt = bitsAt + rows * this.#signBytes;
    const distancesAt = valuesAt + rows * this.#valueBytes;
    const memory = linearMemory(distancesAt + rows * 2);
    const { buffer } = memory;
    compiled ??= new webAssembly.Module(wasmModule([distances, dot]));
    const instance = new webAssembly.Instance(compiled, { env: { memory } });
    return {
      bits: new Int32Array(buffer, bitsAt, (rows * this.#signBytes) >> 2),
      values: new Int8Array(buffer, valuesAt, rows * this.#valueBytes),
      distances: new Uint16Array(buffer, distancesAt, rows),
      questionBits: new Int32Array(buffer, 0, this.#signBytes >> 2),
      question: new Int16Array(buffer, QUESTION_AT, this.#valueBytes),
      loops: instance.exports as unknown as Loops,
    };
  }
}

let compiled: object | undefined;

const { i32, v128 } = ValueType;
const lanes = (sums: number): number[] =>
  [0, 1, 2, 3].flatMap((lane) => [...op.get(sums), ...op.integerLane(lane), ...(lane === 0 ? [] : op.add)]);
const advance = (pointer: number, bytes: number): number[] => [
  ...op.get(pointer),
  ...op.constant(bytes),
  ...op.add,
  ...op.set(pointer),
];

/** (row, end, bytes of a row, distance, 4 place in the row, 5 end of the row, 6 sums) */
const distances: WasmFunction = {
  name: 'distances',
  parameters: [i32, i32, i32, i32],
  results: [],
  locals: [i32, i32, v128],
  body: op.repeatWhile([
    ...[...op.constant(0), ...op.set(4)],
    ...[...op.constant(0), ...op.splatInteger, ...op.set(6)],
    ...op.repeatWhile([
      ...[...op.get(6), ...op.get(0), ...op.load(0)],
      ...[...op.get(4), ...op.load(0), ...op.xor, ...op.countBits, ...op.pairBytes, ...op.pairShorts],
      ...[...op.addIntegers, ...op.set(6)],
      ...advance(0, 16),
      ...advance(4, 16),
      ...[...op.get(4), ...op.get(2), ...op.lessThan],
    ]),
    ...[...op.get(3), ...lanes(6), ...op.storeShort],
    ...advance(3, 2),
    ...[...op.get(0), ...op.get(1), ...op.lessThan],
  ]),
};

/** (row, end, 2 place in the question, 3 sums) */
const dot: WasmFunction = {
  name: 'dot',
  parameters: [i32, i32],
  results: [i32],
  locals: [i32, v128],
  body: [
    ...[...op.constant(QUESTION_AT), ...op.set(2)],
    ...op.repeatWhile([
      ...[...op.get(3), ...op.get(0), ...op.loadBytes(0), ...op.get(2), ...op.load(0), ...op.dotShorts],
      ...[...op.get(0), ...op.loadBytes(8), ...op.get(2), ...op.load(16), ...op.dotShorts],
      ...[...op.addIntegers, ...op.addIntegers, ...op.set(3)],
      ...advance(0, 16),
      ...advance(2, 32),
      ...[...op.get(0), ...op.get(1), ...op.lessThan],
    ]),
    ...lanes(3),
  ],
};
