/** The state of a run as bytes: what is needed to go on as if nothing had happened. */
import { TrowelError } from '#base/errors.ts';

export interface Checkpoint {
  /** Of the settings and the data: a run goes on only from a checkpoint of its own. */
  readonly fingerprint: string;
  /** Steps taken; each step's random numbers follow from the seed and its number. */
  readonly step: number;
  /** Best held-out score so far, −1 before the first, and looks at it since then. */
  readonly bestScore: number;
  readonly looksSinceBest: number;
  /** Table, both moments, and the best table so far. */
  readonly arrays: readonly Float32Array[];
}

const MAGIC = 0x31504354; // "TCP1"

export function encodeCheckpoint({ arrays, ...rest }: Checkpoint): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify({ ...rest, lengths: arrays.map(({ length }) => length) }));
  const start = Math.ceil((8 + header.length) / 4) * 4;
  const bytes = new Uint8Array(start + arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, header.length, true);
  bytes.set(header, 8);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** Throws `model-damaged`. `source` names it in messages. */
export function decodeCheckpoint(bytes: Uint8Array, source: string): Checkpoint {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(0, true) !== MAGIC) throw new Error('it does not start as a checkpoint does');
    const length = view.getUint32(4, true);
    const { lengths, ...rest } = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as Omit<
      Checkpoint,
      'arrays'
    > & { lengths: number[] };
    let at = Math.ceil((8 + length) / 4) * 4;
    const arrays = lengths.map((count) => {
      // A copy: a slice of a Buffer would share its memory.
      const part = new Uint8Array(bytes.subarray(at, at + count * 4));
      if (part.length !== count * 4) throw new Error('it is cut off');
      at += part.length;
      return new Float32Array(part.buffer);
    });
    return { ...rest, arrays };
  } catch (cause) {
    throw new TrowelError('model-damaged', `${source} is no usable checkpoint.`, {
      hint: 'Remove it; training then starts from the beginning.',
      cause,
    });
  }
}
