import type { FileContent } from '#model/source-file.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: FileContent['encoding'];
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Bytes as text: by byte order mark, else UTF-16 where every other byte of the start is zero, else UTF-8, else Latin-1, which
 * takes any bytes (the answer says so). Undefined: NULs that no encoding explains. A byte order mark is no part of the text.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf)
    return decodeUtf8(buffer.subarray(3), 'utf-8-bom');
  const isUtf32 = buffer[2] === 0 && buffer[3] === 0;
  if (buffer[0] === 0xff && buffer[1] === 0xfe && !isUtf32)
    return { text: buffer.toString('utf16le', 2), encoding: 'utf-16le' };
  if (buffer[0] === 0xfe && buffer[1] === 0xff) return { text: bigEndian(buffer.subarray(2)), encoding: 'utf-16be' };
  const sample = buffer.subarray(0, 8000);
  if (!sample.includes(0)) return decodeUtf8(buffer, 'utf-8');
  const guess = utf16Without(sample);
  if (guess === 'utf-16le') return { text: buffer.toString('utf16le'), encoding: guess };
  if (guess === 'utf-16be') return { text: bigEndian(buffer), encoding: guess };
  return undefined;
}

function decodeUtf8(buffer: Buffer, encoding: 'utf-8' | 'utf-8-bom'): DecodedText {
  try {
    return { text: strict.decode(buffer), encoding };
  } catch {
    return { text: buffer.toString('latin1'), encoding: 'latin1' };
  }
}

function bigEndian(buffer: Buffer): string {
  const even = Buffer.from(buffer.subarray(0, buffer.length & ~1));
  return even.swap16().toString('utf16le');
}

/** UTF-16 without a mark: mostly ASCII, so that nearly all high bytes are zero and no low byte is. */
function utf16Without(sample: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const pairs = sample.length >> 1;
  if (pairs < 2) return undefined;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let at = 0; at + 1 < sample.length; at += 2) {
    if (sample[at] === 0) evenZeros++;
    if (sample[at + 1] === 0) oddZeros++;
  }
  if (oddZeros > pairs * 0.7 && evenZeros < pairs * 0.02) return 'utf-16le';
  if (evenZeros > pairs * 0.7 && oddZeros < pairs * 0.02) return 'utf-16be';
  return undefined;
}
