import fc from 'fast-check';
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

  it('knows the byte at which each line of any text starts', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\n', '\r\n', '\r', '\ud83d', '\ude00', 'ж', '語'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const index = new TextIndex(text);
        for (const [line, start] of index.lineStarts.entries())
          expect(index.byte(start, line + 1)).toBe(Buffer.byteLength(text.slice(0, start)));
      }),
    );
  });
});
