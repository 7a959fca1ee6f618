/**
 * A table model as one file: `TRWLEMB1`, length of the header, checksum of all that follows it, header (JSON), then the sections
 * that the header places, each at a multiple of 64 bytes, little-endian. Reading copies nothing.
 */
import { TrowelError } from '#base/errors.ts';
import { contentHash } from '#base/hash.ts';
import { TEXT_VERSION } from '#text/text-version.ts';
import type { FieldWeighting, TableModel } from './table-model.ts';
import { buildTokenHashes } from './token-hash.ts';

const MAGIC = 'TRWLEMB1';
const PREFIX = 16;
const ALIGNMENT = 64;
const LARGEST_DIMENSIONS = 4096;

interface Header {
  readonly id: string;
  readonly name: string;
  readonly textVersion: number;
  readonly dimensions: number;
  readonly rows: number;
  readonly weighting: FieldWeighting;
  readonly origin: Readonly<Record<string, unknown>>;
  /** Byte offset after the header's end and byte length. */
  readonly sections: Readonly<Record<SectionName, readonly [number, number]>>;
}

const sectionNames = ['slots', 'lanes', 'scales', 'values', 'words'] as const;
type SectionName = (typeof sectionNames)[number];

export interface TableParts {
  readonly name: string;
  readonly dimensions: number;
  /** One for each row; distinct. */
  readonly words: readonly string[];
  readonly values: Int8Array;
  readonly scales: Float32Array;
  readonly weighting: FieldWeighting;
  readonly origin: Readonly<Record<string, unknown>>;
}

/** The file's bytes; its id follows from the parts, `origin` left out. */
export function encodeTableModel(parts: TableParts): Uint8Array {
  const { slots, lanes } = buildTokenHashes(parts.words);
  const content: Record<SectionName, Uint8Array> = {
    slots: bytesOf(slots),
    lanes: bytesOf(lanes),
    scales: bytesOf(parts.scales),
    values: bytesOf(parts.values),
    words: new TextEncoder().encode(parts.words.join('\n')),
  };
  const sections = {} as Record<SectionName, readonly [number, number]>;
  let end = 0;
  for (const name of sectionNames) {
    sections[name] = [end, content[name].length];
    end = aligned(end + content[name].length);
  }
  const { name, dimensions, weighting, origin } = parts;
  const body = new Uint8Array(end);
  for (const section of sectionNames) body.set(content[section], sections[section][0]);
  const digest = contentHash(Buffer.concat([body, Buffer.from(JSON.stringify([dimensions, weighting, TEXT_VERSION]))]));
  const header: Header = {
    id: `${name}-${digest.slice(0, 12)}`,
    name,
    textVersion: TEXT_VERSION,
    dimensions,
    rows: parts.words.length,
    weighting,
    origin,
    sections,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = aligned(PREFIX + text.length);
  const file = new Uint8Array(start + end);
  file.set(new TextEncoder().encode(MAGIC));
  file.set(text, PREFIX);
  file.set(body, start);
  const view = new DataView(file.buffer);
  view.setUint32(8, text.length, true);
  view.setInt32(12, checksum(file), true);
  return file;
}

/** Throws `model-damaged`, and `model-outdated` for one whose words are not today's. `source` names the file in messages. */
export function decodeTableModel(bytes: Uint8Array, source: string): TableModel {
  // Sections are seen as arrays of 32-bit numbers, so the bytes must start where such an array may.
  const file = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const header = readHeader(file, source);
  if (header.textVersion !== TEXT_VERSION)
    throw new TrowelError(
      'model-outdated',
      `The model ${header.id} knows words of version ${header.textVersion}, not ${TEXT_VERSION}.`,
      {
        hint: 'Train it again with `trowel train`, or choose the default with `trowel models choose default`.',
      },
    );
  const start = aligned(PREFIX + new DataView(file.buffer, file.byteOffset).getUint32(8, true));
  const section = (name: SectionName): [ArrayBufferLike, number, number] => {
    const [offset, length] = header.sections[name];
    if (start + offset + length > file.length) throw damaged(source, `its section ${name} is cut off`);
    return [file.buffer, file.byteOffset + start + offset, length];
  };
  const int32 = (name: SectionName): Int32Array => {
    const [buffer, offset, length] = section(name);
    return new Int32Array(buffer, offset, length >> 2);
  };
  const { dimensions, rows } = header;
  const values = new Int8Array(...section('values'));
  const [scaleBuffer, scaleOffset, scaleLength] = section('scales');
  const vocabulary = { slots: int32('slots'), lanes: int32('lanes') };
  const fits =
    values.length === rows * dimensions &&
    scaleLength === rows * 4 &&
    vocabulary.lanes.length === rows * 2 &&
    vocabulary.slots.length >= rows * 2 &&
    (vocabulary.slots.length & (vocabulary.slots.length - 1)) === 0;
  if (!fits) throw damaged(source, 'its sections do not fit together');
  return {
    ...header,
    vocabulary,
    values,
    scales: new Float32Array(scaleBuffer, scaleOffset, rows),
    words: new Uint8Array(...section('words')),
  };
}

function readHeader(file: Uint8Array, source: string): Header {
  if (file.length < PREFIX || new TextDecoder('latin1').decode(file.subarray(0, 8)) !== MAGIC)
    throw damaged(source, 'it does not start as a model does');
  const view = new DataView(file.buffer, file.byteOffset);
  const length = view.getUint32(8, true);
  if (PREFIX + length > file.length) throw damaged(source, 'its header is cut off');
  if (view.getInt32(12, true) !== checksum(file)) throw damaged(source, 'its checksum is wrong');
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(file.subarray(PREFIX, PREFIX + length))) as Header;
  } catch (cause) {
    throw damaged(source, 'its header is no JSON', cause);
  }
  if (!isCount(header.dimensions) || header.dimensions > LARGEST_DIMENSIONS || !isCount(header.rows))
    throw damaged(source, 'its header makes no sense');
  for (const name of sectionNames)
    if (!Array.isArray(header.sections?.[name]) || !header.sections[name].every(Number.isSafeInteger))
      throw damaged(source, `its header lacks the section ${name}`);
  return header;
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;

function damaged(source: string, why: string, cause?: unknown): TrowelError {
  return new TrowelError('model-damaged', `${source} is no usable model: ${why}.`, {
    hint: 'Nothing was changed. Remove it with `trowel models remove`, or install Trowel again if it is the default.',
    cause,
  });
}

const aligned = (length: number): number => Math.ceil(length / ALIGNMENT) * ALIGNMENT;
const bytesOf = (array: Int8Array | Int32Array | Float32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Over all 32-bit words after the checksum itself. Each step is a bijection, so one changed word never goes unseen; 16 MB take some milliseconds. */
function checksum(file: Uint8Array): number {
  const words = new Int32Array(file.buffer, file.byteOffset, file.length >> 2);
  let sum = file.length | 0;
  for (let i = PREFIX >> 2; i < words.length; i++) sum = mixed(sum ^ words[i]!);
  for (let i = words.length << 2; i < file.length; i++) sum = mixed(sum ^ file[i]!);
  return sum;
}

function mixed(value: number): number {
  const product = Math.imul(value, 0x9e3779b1);
  return (product << 13) | (product >>> 19);
}
