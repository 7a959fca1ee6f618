/**
 * A projection head on top of an encoder that stays as it is (Chen et al. 2020): two layers with a rectifier between them, then
 * unit length. `train --head` fits one to a repository; a transformer's 768 dimensions become 256.
 */
import { createHash } from 'node:crypto';
import { TrowelError } from '#base/errors.ts';

export interface HeadShape {
  readonly input: number;
  readonly hidden: number;
  readonly output: number;
}

/** 768 → 512 → 256, in the same proportions for encoders of another width. */
export function headShape(input: number): HeadShape {
  const sized = (share: number): number => Math.max(8, Math.round((input * share) / 8) * 8);
  return { input, hidden: sized(2 / 3), output: sized(1 / 3) };
}

/** Where each part lies among the parameters: weights row by row (one row an output), then biases. */
export interface HeadLayout {
  readonly firstWeights: number;
  readonly firstBias: number;
  readonly secondWeights: number;
  readonly secondBias: number;
  readonly count: number;
}

export function headLayout({ input, hidden, output }: HeadShape): HeadLayout {
  const firstBias = hidden * input;
  const secondWeights = firstBias + hidden;
  const secondBias = secondWeights + output * hidden;
  return { firstWeights: 0, firstBias, secondWeights, secondBias, count: secondBias + output };
}

/** What the layers yield for some rows; all but `units` is what training needs to go back. */
export interface Projected {
  /** count × hidden, after the rectifier. */
  readonly hidden: Float32Array;
  /** count × output, of unit length; zeros stay zeros. */
  readonly units: Float32Array;
  /** Lengths of the outputs before they were shortened, at least a tiny number. */
  readonly lengths: Float64Array;
}

/** `rows` is count × input. */
export function project(shape: HeadShape, parameters: Float32Array, rows: Float32Array): Projected {
  const { input, hidden: width, output } = shape;
  const at = headLayout(shape);
  const count = rows.length / input;
  const hidden = new Float32Array(count * width);
  const units = new Float32Array(count * output);
  const lengths = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    for (let unit = 0; unit < width; unit++) {
      const sum = dot(rows, row * input, parameters, at.firstWeights + unit * input, input);
      hidden[row * width + unit] = Math.max(0, sum + parameters[at.firstBias + unit]!);
    }
    let square = 0;
    for (let unit = 0; unit < output; unit++) {
      const sum = dot(hidden, row * width, parameters, at.secondWeights + unit * width, width);
      const value = sum + parameters[at.secondBias + unit]!;
      units[row * output + unit] = value;
      square += value * value;
    }
    const length = Math.max(Math.sqrt(square), 1e-12);
    lengths[row] = length;
    for (let unit = 0; unit < output; unit++) units[row * output + unit]! /= length;
  }
  return { hidden, units, lengths };
}

/** Four sums side by side, in a fixed order. */
function dot(a: Float32Array, from: number, b: Float32Array, to: number, length: number): number {
  let [one, two, three, four] = [0, 0, 0, 0];
  const whole = length & ~3;
  for (let i = 0; i < whole; i += 4) {
    one += a[from + i]! * b[to + i]!;
    two += a[from + i + 1]! * b[to + i + 1]!;
    three += a[from + i + 2]! * b[to + i + 2]!;
    four += a[from + i + 3]! * b[to + i + 3]!;
  }
  for (let i = whole; i < length; i++) one += a[from + i]! * b[to + i]!;
  return one + two + (three + four);
}

export interface StoredHead {
  readonly id: string;
  /** The encoder that it sits on, as it is chosen, and the id that its vectors had. */
  readonly encoder: string;
  readonly encoderId: string;
  readonly shape: HeadShape;
  readonly parameters: Float32Array;
  readonly origin: Readonly<Record<string, unknown>>;
}

/** A line of JSON, then the parameters, 32 bits each. The id is the hash of both. */
export function encodeHead(head: Omit<StoredHead, 'id'>): { readonly id: string; readonly file: Uint8Array } {
  const { parameters, ...about } = head;
  const file = Buffer.concat([
    Buffer.from(`${JSON.stringify(about)}\n`),
    Buffer.from(parameters.buffer, parameters.byteOffset, parameters.byteLength),
  ]);
  return { id: idOf(file), file };
}

/** Throws `model-damaged`. `source` names the file in messages. */
export function decodeHead(file: Uint8Array, source: string): StoredHead {
  const damaged = (why: string, cause?: unknown): TrowelError =>
    new TrowelError('model-damaged', `${source} is no usable projection head: ${why}.`, {
      hint: 'Choose another model, or fit it again: trowel train --head',
      cause,
    });
  const end = file.indexOf(10);
  let about: Omit<StoredHead, 'id' | 'parameters'> | null;
  try {
    about = JSON.parse(new TextDecoder().decode(file.subarray(0, Math.max(0, end)))) as typeof about;
  } catch (cause) {
    throw damaged('its first line is no JSON', cause);
  }
  const { input, hidden, output } = about?.shape ?? {};
  if (!about || ![input, hidden, output].every((size) => Number.isInteger(size) && size! > 0 && size! < 65_536))
    throw damaged('its shape is none');
  const bytes = Uint8Array.from(file.subarray(end + 1));
  if (bytes.length !== headLayout(about.shape).count * 4) throw damaged('its length is wrong');
  const parameters = new Float32Array(bytes.buffer);
  if (!parameters.every(Number.isFinite)) throw damaged('it holds what is no number');
  return { ...about, id: idOf(file), parameters };
}

function idOf(file: Uint8Array): string {
  return `head-${createHash('sha256').update(file).digest('hex').slice(0, 12)}`;
}
