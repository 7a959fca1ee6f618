let scratch = new Uint16Array(0);

/** A text's UTF-16 units: a view on scratch memory, valid until the next call on this thread. */
export function unitsOf(text: string): Uint16Array {
  if (scratch.length < text.length) scratch = new Uint16Array(Math.max(1 << 16, text.length * 1.5));
  Buffer.from(scratch.buffer, scratch.byteOffset, scratch.byteLength).write(text, 'utf16le');
  return scratch.subarray(0, text.length);
}
