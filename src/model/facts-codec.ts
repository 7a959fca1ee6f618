/**
 * FileFacts as bytes: a header of 32-bit numbers, the tables, then the strings (UTF-8 with their lengths). Decoding makes
 * views on the buffer where its alignment allows, so that loading a large index copies next to nothing.
 */
import type { FileFacts } from './facts.ts';
import { FACTS_VERSION } from './facts.ts';
import { factLevels } from './vocabulary.ts';

const MAGIC = 0x54524f57; // "TROW"
const tables = [
  'symbols',
  'parameters',
  'references',
  'imports',
  'exports',
  'metrics',
  'chunks',
  'expressions',
  'locals',
  'flow',
  'flowFunctions',
  'flowClasses',
  'flowLists',
] as const;
const HEADER = 12 + tables.length;

export function encodeFacts(facts: FileFacts): Uint8Array {
  const texts = [facts.language, facts.interfaceHash, ...facts.strings];
  const { block, lengths } = encodeTexts(texts);
  const textBytes = block.length;
  const tableInts = tables.reduce((sum, table) => sum + facts[table].length, 0);
  const ints = HEADER + tableInts + texts.length;
  const bytes = new Uint8Array(ints * 4 + textBytes);
  const view = new Int32Array(bytes.buffer, 0, ints);
  view.set([
    MAGIC,
    FACTS_VERSION,
    factLevels.indexOf(facts.level),
    facts.partial ? 1 : 0,
    facts.lines.total,
    facts.lines.code,
    facts.lines.comment,
    facts.lines.blank,
    facts.flowSlots,
    texts.length,
    textBytes,
    0,
  ]);
  let at = HEADER;
  tables.forEach((table, index) => {
    view[12 + index] = facts[table].length;
    view.set(facts[table], at);
    at += facts[table].length;
  });
  view.set(lengths, at);
  bytes.set(block, ints * 4);
  return bytes;
}

/** All texts in UTF-8, one after the other, and the bytes of each. */
function encodeTexts(texts: readonly string[]): { readonly block: Uint8Array; readonly lengths: readonly number[] } {
  const encoder = new TextEncoder();
  const whole = texts.join('');
  const block = encoder.encode(whole);
  if (block.length === whole.length) return { block, lengths: texts.map(({ length }) => length) };
  const parts = texts.map((text) => encoder.encode(text));
  return { block: Buffer.concat(parts), lengths: parts.map(({ length }) => length) };
}

/** Returns undefined for bytes that are not facts of this version: the caller extracts again. */
export function decodeFacts(input: Uint8Array): FileFacts | undefined {
  const bytes = input.byteOffset % 4 === 0 ? input : input.slice();
  if (bytes.byteLength < HEADER * 4) return undefined;
  const all = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 2);
  if (all[0] !== MAGIC || all[1] !== FACTS_VERSION) return undefined;
  const lengths = tables.map((_, index) => all[12 + index]!);
  const textCount = all[9]!;
  const textStart = HEADER + lengths.reduce((sum, length) => sum + length, 0);
  if (
    lengths.some((length) => length < 0) ||
    textCount < 2 ||
    (textStart + textCount) * 4 + all[10]! !== bytes.byteLength
  )
    return undefined;
  let at = HEADER;
  const slices = lengths.map((length) => all.subarray(at, (at += length)));
  const strings: string[] = [];
  // One decode of the whole block, then slices, where the block is ASCII (one byte a unit); else text by text.
  const block = Buffer.from(bytes.buffer, bytes.byteOffset + (textStart + textCount) * 4, all[10]);
  const whole = block.toString('latin1');
  const isAscii = !/[\u0080-\u00ff]/.test(whole);
  let offset = 0;
  for (let index = 0; index < textCount; index++) {
    const length = all[textStart + index]!;
    strings.push(isAscii ? whole.slice(offset, offset + length) : block.toString('utf8', offset, offset + length));
    offset += length;
  }
  const [language, interfaceHash] = strings.splice(0, 2);
  return {
    language: language!,
    interfaceHash: interfaceHash!,
    level: factLevels[all[2]!]!,
    partial: all[3] === 1,
    lines: { total: all[4]!, code: all[5]!, comment: all[6]!, blank: all[7]! },
    flowSlots: all[8]!,
    strings,
    symbols: slices[0]!,
    parameters: slices[1]!,
    references: slices[2]!,
    imports: slices[3]!,
    exports: slices[4]!,
    metrics: slices[5]!,
    chunks: slices[6]!,
    expressions: slices[7]!,
    locals: slices[8]!,
    flow: slices[9]!,
    flowFunctions: slices[10]!,
    flowClasses: slices[11]!,
    flowLists: slices[12]!,
  };
}
