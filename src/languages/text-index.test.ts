import { describe, expect, it } from 'vitest';
import { TextIndex } from './text-index.ts';

describe('TextIndex', () => {
  it('counts lines over LF, CRLF and lone CR', () => {
    const index = new TextIndex('a\nbb\r\nc\rd');
    expect([0, 2, 4, 6, 8].map((offset) => index.line(offset))).toEqual([1, 2, 2, 3, 4]);
    expect(index.column(3)).toBe(2);
  });

  it('maps UTF-16 units to UTF-8 bytes beyond ASCII and beyond the basic plane', () => {
    const text = 'é = "😀"\nz';
    const index = new TextIndex(text);
    const offset = text.indexOf('z');
    expect(index.byte(offset)).toBe(Buffer.byteLength(text.slice(0, offset)));
    expect(index.line(offset)).toBe(2);
  });
});
