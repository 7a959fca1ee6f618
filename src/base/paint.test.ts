import { describe, expect, it } from 'vitest';
import { painter, printable } from './paint.ts';

describe('printable', () => {
  it('leaves no control character that a terminal would obey', () => {
    const hostile = 'a\u001b]0;title\u0007b\rc\u009bd\u007f\te\n';
    expect(printable(hostile)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(printable(hostile)).toContain('\te\n');
    expect(printable('plain é 😀')).toBe('plain é 😀');
  });
});

describe('painter', () => {
  it('adds nothing without colour', () => {
    expect(painter(false).red('x')).toBe('x');
    expect(painter(true).red('x')).toBe('\u001b[31mx\u001b[39m');
    expect(painter(true).red('')).toBe('');
  });
});
