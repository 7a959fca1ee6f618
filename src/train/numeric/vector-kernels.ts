/**
 * The three loops that training spends its time in, four floats at a time, over one linear memory. Addresses are in bytes and
 * lengths in floats, a multiple of 16. Each is a fixed sequence of IEEE operations: the same result on every machine.
 */
import { op, ValueType, wasmModule } from '#base/wasm-module.ts';
import type { WasmFunction } from '#base/wasm-module.ts';
import { type WasmMemory, webAssembly } from '#base/web-assembly.ts';

export interface VectorKernels {
  /** Σ xᵢ·yᵢ */
  dot(x: number, y: number, length: number): number;
  /** y ← y + a·x */
  addScaled(x: number, y: number, a: number, length: number): void;
  /**
   * One AdamW step (Loshchilov & Hutter 2019): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², p ← p − rate·m / (√(v·correction) + ε) −
   * decay·p, where `rate` already holds the learning rate with m's bias correction, `decay` the learning rate times the weight
   * decay, and `correction` v's bias correction.
   */
  adam(
    parameters: number,
    first: number,
    second: number,
    gradient: number,
    length: number,
    settings: AdamScalars,
  ): void;
}

export interface AdamScalars {
  readonly beta1: number;
  readonly beta2: number;
  readonly rate: number;
  readonly correction: number;
  readonly epsilon: number;
  readonly decay: number;
}

const { i32, f32, v128 } = ValueType;
const BLOCK = 64; // bytes: four vectors an iteration
const lanes = [0, 16, 32, 48];

const endOf = (start: number, length: number, end: number): number[] => [
  ...op.get(start),
  ...op.get(length),
  ...op.constant(2),
  ...op.shiftLeft,
  ...op.add,
  ...op.set(end),
];
const advance = (...pointers: number[]): number[] =>
  pointers.flatMap((pointer) => [...op.get(pointer), ...op.constant(BLOCK), ...op.add, ...op.set(pointer)]);
const before = (pointer: number, end: number): number[] => [...op.get(pointer), ...op.get(end), ...op.lessThan];

const dot: WasmFunction = {
  name: 'dot',
  parameters: [i32, i32, i32],
  results: [f32],
  locals: [i32, v128, v128, v128, v128], // 3 end, 4–7 sums
  body: [
    ...endOf(0, 2, 3),
    ...op.repeatWhile([
      ...lanes.flatMap((offset, i) => [
        ...op.get(4 + i),
        ...op.get(0),
        ...op.load(offset),
        ...op.get(1),
        ...op.load(offset),
        ...op.mul4,
        ...op.add4,
        ...op.set(4 + i),
      ]),
      ...advance(0, 1),
      ...before(0, 3),
    ]),
    ...[...op.get(4), ...op.get(5), ...op.add4, ...op.get(6), ...op.get(7), ...op.add4, ...op.add4, ...op.set(4)],
    ...[...op.get(4), ...op.lane(0), ...op.get(4), ...op.lane(1), ...op.addFloat],
    ...[...op.get(4), ...op.lane(2), ...op.get(4), ...op.lane(3), ...op.addFloat, ...op.addFloat],
  ],
};

const addScaled: WasmFunction = {
  name: 'addScaled',
  parameters: [i32, i32, f32, i32],
  results: [],
  locals: [i32, v128], // 4 end, 5 the factor
  body: [
    ...endOf(0, 3, 4),
    ...[...op.get(2), ...op.splat, ...op.set(5)],
    ...op.repeatWhile([
      ...lanes.flatMap((offset) => [
        ...op.get(1),
        ...op.get(1),
        ...op.load(offset),
        ...op.get(0),
        ...op.load(offset),
        ...op.get(5),
        ...op.mul4,
        ...op.add4,
        ...op.store(offset),
      ]),
      ...advance(0, 1),
      ...before(0, 4),
    ]),
  ],
};

/** Parameters: 0 p, 1 m, 2 v, 3 g, 4 length, 5 β₁, 6 1−β₁, 7 β₂, 8 1−β₂, 9 rate, 10 correction, 11 ε, 12 decay. */
const adamStep = (offset: number): number[] => [
  // m ← β₁m + (1−β₁)g, kept in 14
  ...[...op.get(1), ...op.load(offset), ...op.get(17), ...op.mul4],
  ...[...op.get(3), ...op.load(offset), ...op.get(18), ...op.mul4, ...op.add4, ...op.set(14)],
  ...[...op.get(1), ...op.get(14), ...op.store(offset)],
  // v ← β₂v + (1−β₂)g², kept in 15
  ...[...op.get(2), ...op.load(offset), ...op.get(19), ...op.mul4],
  ...[...op.get(3), ...op.load(offset), ...op.get(3), ...op.load(offset), ...op.mul4, ...op.get(20), ...op.mul4],
  ...[...op.add4, ...op.set(15)],
  ...[...op.get(2), ...op.get(15), ...op.store(offset)],
  // p, kept in 16, less the step and the decay
  ...[...op.get(0), ...op.load(offset), ...op.set(16)],
  ...op.get(0),
  ...op.get(16),
  ...[...op.get(14), ...op.get(21), ...op.mul4],
  ...[...op.get(15), ...op.get(22), ...op.mul4, ...op.sqrt4, ...op.get(23), ...op.add4, ...op.div4],
  ...op.sub4,
  ...[...op.get(16), ...op.get(24), ...op.mul4, ...op.sub4],
  ...op.store(offset),
];

const adam: WasmFunction = {
  name: 'adam',
  parameters: [i32, i32, i32, i32, i32, f32, f32, f32, f32, f32, f32, f32, f32],
  results: [],
  locals: [i32, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128, v128], // 13 end, 14–16 scratch, 17–24 scalars
  body: [
    ...endOf(0, 4, 13),
    ...Array.from({ length: 8 }, (_, i) => [...op.get(5 + i), ...op.splat, ...op.set(17 + i)]).flat(),
    ...op.repeatWhile([...lanes.flatMap(adamStep), ...advance(0, 1, 2, 3), ...before(0, 13)]),
  ],
};

interface RawExports {
  readonly dot: VectorKernels['dot'];
  readonly addScaled: VectorKernels['addScaled'];
  readonly adam: (...numbers: number[]) => void;
}

/** Kernels over this memory. */
export function makeVectorKernels(memory: WasmMemory): VectorKernels {
  const module = new webAssembly.Module(wasmModule([dot, addScaled, adam]));
  const raw = new webAssembly.Instance(module, { env: { memory } }).exports as unknown as RawExports;
  return {
    dot: raw.dot,
    addScaled: raw.addScaled,
    adam(parameters, first, second, gradient, length, { beta1, beta2, rate, correction, epsilon, decay }) {
      raw.adam(
        parameters,
        first,
        second,
        gradient,
        length,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        rate,
        correction,
        epsilon,
        decay,
      );
    },
  };
}
