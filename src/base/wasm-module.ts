/** Just enough of the WebAssembly binary format (core specification 2.0, with 128-bit SIMD) to write arithmetic loops by hand. */

export const ValueType = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
type ValueTypeCode = (typeof ValueType)[keyof typeof ValueType];

export interface WasmFunction {
  readonly name: string;
  readonly parameters: readonly ValueTypeCode[];
  readonly results: readonly ValueTypeCode[];
  /** Beside the parameters, numbered after them. */
  readonly locals: readonly ValueTypeCode[];
  /** Instructions, without the closing `end`. */
  readonly body: readonly number[];
}

/** A module that imports its memory as `env.memory` and exports the functions by name. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters, results }) => [0x60, ...vector(parameters), ...vector(results)]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(1)];
  const exported = functions.map(({ name }, i) => [...text(name), 0x00, ...unsigned(i)]);
  const code = functions.map(({ locals, body }) => {
    const bytes = [...unsigned(locals.length), ...locals.flatMap((local) => [1, local]), ...body, 0x0b];
    return [...unsigned(bytes.length), ...bytes];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [memory]),
    ...section(
      3,
      functions.map((_, i) => unsigned(i)),
    ),
    ...section(7, exported),
    ...section(10, code),
  ]);
}

const section = (id: number, items: readonly (readonly number[])[]): number[] => {
  const bytes = [...unsigned(items.length), ...items.flat()];
  return [id, ...unsigned(bytes.length), ...bytes];
};
const vector = (items: readonly number[]): number[] => [...unsigned(items.length), ...items];
const text = (value: string): number[] => vector([...new TextEncoder().encode(value)]);

/** LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return bytes;
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const low = rest & 0x7f;
    const done = (rest >> 7 === 0 && (low & 0x40) === 0) || (rest >> 7 === -1 && (low & 0x40) !== 0);
    bytes.push(done ? low : low | 0x80);
    if (done) return bytes;
  }
}

const simd = (code: number, ...immediate: number[]): number[] => [0xfd, ...unsigned(code), ...immediate];

/** Instructions; `offset` is a constant number of bytes added to the address on the stack. */
export const op = {
  get: (local: number): number[] => [0x20, ...unsigned(local)],
  set: (local: number): number[] => [0x21, ...unsigned(local)],
  constant: (value: number): number[] => [0x41, ...signed(value)],
  add: [0x6a],
  shiftLeft: [0x74],
  lessThan: [0x49],
  addFloat: [0x92],
  load: (offset: number): number[] => simd(0x00, 4, ...unsigned(offset)),
  store: (offset: number): number[] => simd(0x0b, 4, ...unsigned(offset)),
  splat: simd(0x13),
  lane: (lane: number): number[] => simd(0x1f, lane),
  sqrt4: simd(0xe3),
  add4: simd(0xe4),
  sub4: simd(0xe5),
  mul4: simd(0xe6),
  div4: simd(0xe7),
  xor: simd(0x51),
  /** Bits that are set, of each of 16 bytes. */
  countBits: simd(0x62),
  /** 16 bytes to 8 sums of neighbours, 8 to 4. */
  pairBytes: simd(0x7d),
  pairShorts: simd(0x7f),
  splatInteger: simd(0x11),
  addIntegers: simd(0xae),
  /** 8 signed bytes as 8 shorts. */
  loadBytes: (offset: number): number[] => simd(0x01, 3, ...unsigned(offset)),
  /** Products of 8 pairs of shorts, neighbours added. */
  dotShorts: simd(0xba),
  integerLane: (lane: number): number[] => simd(0x1b, lane),
  /** The low 16 bits. */
  storeShort: [0x3b, 1, 0],
  /** Repeats `body` while it leaves a true value. */
  repeatWhile: (body: readonly number[]): number[] => [0x03, 0x40, ...body, 0x0d, 0x00, 0x0b],
} as const;
