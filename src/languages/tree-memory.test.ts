/** Trees read from memory equal those that tree-sitter's cursor shows: every grammar, its own language and all others. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { grammarNames } from './grammars.ts';
import { loadGrammar, parseSyntaxTree, readsMemory } from './tree-sitter.ts';

const folder = path.join(import.meta.dirname, '../../test/fixtures/languages');
const python = `
@decorated(1)
async def f(a, /, b: int = 2, *c, d=None, **e) -> "text":
    """Documentation: é, 🌍."""
    with open(a) as g, h: pass
    return [x async for x in (yield) if not x], {**e}, f"{a!r:>{b}}" "…"
class K(Base, metaclass=M):
    x: int; y = lambda: 0
try: print >>f, 1
except (A, B) as e: raise E from e
else:
\tmatch k:
\t    case {"a": [1, *_], **rest} | P(x=1) if x: del x[1:2]
`;
const texts = [
  python,
  ...readdirSync(folder)
    .filter((name) => !name.endsWith('.facts.txt'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8').slice(0, 900)),
];

type Columns = Omit<SyntaxTree, 'text' | 'units' | 'typeNames' | 'fieldNames'>;

/** A copy: the arrays are views on scratch memory. */
function columns({ count, hasError, type, field, start, end, parent, subtreeEnd, flags }: SyntaxTree): Columns {
  return structuredClone({ count, hasError, type, field, start, end, parent, subtreeEnd, flags });
}

describe.each(grammarNames())('%s', (grammar) => {
  beforeAll(() => loadGrammar(grammar));

  const expectAlike = (text: string): void => {
    const read = columns(parseSyntaxTree(text, grammar));
    expect(read).toEqual(columns(parseSyntaxTree(text, grammar, 'cursor')));
  };

  it('is laid out as expected', () => expect(readsMemory(grammar)).toBe(true));

  it('agrees on small and on deeply nested texts', () =>
    ['', ' ', '\n\n# é\n', 'x'.repeat(300), `${'('.repeat(400)}${')'.repeat(400)}`].forEach(expectAlike));

  it('agrees on samples of many languages, most of them not its own', () => texts.forEach(expectAlike));

  it('agrees on words and marks in any order', () => {
    const words = fc.constantFrom(
      ...[
        'a',
        'b1',
        '1',
        '"',
        "'",
        '(',
        ')',
        '{',
        '}',
        '[',
        ']',
        '<',
        '>',
        ';',
        ':',
        ',',
        '.',
        '=',
        '+',
        '-',
        '*',
        '/',
        '//',
      ],
      ...[
        '\n',
        '\n  ',
        '\t',
        '#',
        '@',
        '$',
        '%',
        'if',
        'else',
        'end',
        'def',
        'class',
        'function',
        'return',
        'let',
        'é',
        '🌍',
      ],
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), (parts) => expectAlike(parts.join(parts.length % 2 ? ' ' : ''))),
      { numRuns: 25 },
    );
  });
});
