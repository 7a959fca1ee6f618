import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractFile } from '#parse/extract-file.ts';
import { decodeSegment, encodeSegment } from '#model/search-segment-codec.ts';
import { COUNTS_FOLLOW, FIELD_COUNT, type SearchSegment, searchFields } from '#model/search-segment.ts';
import { imageFromParts, imageToParts } from './base-image.ts';
import { SegmentMaker } from './make-segment.ts';
import { mergeImage } from './merge-image.ts';
import { nameMatcher } from './name-matches.ts';
import { SearchIndex } from './search-index.ts';
import { ScoreBoard, scoreCompound, scoreWords } from './score-words.ts';
import { encodeTerms, TermTable } from './term-table.ts';
import { understandQuery } from './understand-query.ts';

async function segmentOf(language: string, text: string): Promise<SearchSegment> {
  const { facts, spans } = await extractFile({ text, language, declarations: false });
  return new SegmentMaker().make({ text, facts, spans });
}

/** `document name: field×count` of one word. */
function places(segment: SearchSegment, word: string): string[] {
  const term = segment.terms.indexOf(word);
  if (term < 0) return [];
  const found: string[] = [];
  let document = -1;
  for (let at = segment.offsets[term]!; at < segment.offsets[term + 1]!;) {
    document += segment.postings[at++]! + 1;
    const mask = segment.postings[at++]!;
    searchFields.forEach((field, bit) => {
      if ((mask & (1 << bit)) === 0) return;
      const count = (mask & COUNTS_FOLLOW) === 0 ? 1 : segment.postings[at++]!;
      found.push(`${segment.names[document] || 'file'}: ${field}×${count}`);
    });
  }
  return found;
}

const python = `"""Module words."""
import os

class Greeter(Base):
    """Says hello."""
    default = 'friend'

    def greet(self, name):
        # politely
        return 'hello ' + name

def helper():
    pass
`;

describe('segments', () => {
  it('a catalogue of messages is one document without words', async () => {
    const segment = await segmentOf('gettext', 'msgid "Save the page"\nmsgstr "Seite sichern"\n');
    expect(segment.names).toEqual(['']);
    expect(segment.terms).toEqual([]);
  });

  it('a word belongs to the innermost document and to its field', async () => {
    const segment = await segmentOf('python', python);
    expect(segment.names).toEqual(['', 'Greeter', 'default', 'greet', 'helper']);
    expect(places(segment, 'hello')).toEqual(['Greeter: documentation×1', 'greet: string×1']);
    expect(places(segment, 'polit')).toEqual([]);
    expect(places(segment, 'politely')).toEqual(['greet: documentation×1']);
    expect(places(segment, 'greeter')).toContain('greet: container×1');
    expect(places(segment, 'friend')).toEqual(['Greeter: string×1', 'default: signature×1']);
    expect(places(segment, 'modul')).toEqual(['file: documentation×1']);
  });

  it('a comment above a declaration is its own, also behind characters of several bytes', async () => {
    const text =
      '// é first\nconst a = 1;\n\n// adds numbers\n// quickly\nexport function plus(a, b) {\n  return a + b;\n}\n';
    for (const source of [text, text.replace('é', 'e')]) {
      const segment = await segmentOf('javascript', source);
      expect(places(segment, 'quickly')).toEqual(['plus: documentation×1']);
    }
  });

  it('prose is cut along its headings', async () => {
    const segment = await segmentOf('markdown', '# Guide\n\nintro\n\n## Install\n\nrun it\n');
    expect(places(segment, 'run')).toEqual(['Install: prose×1']);
    expect(places(segment, 'guid')).toContain('Install: container×1');
  });

  it('survive the way through bytes', async () => {
    const segment = await segmentOf('python', python);
    expect(decodeSegment(encodeSegment(segment))).toEqual(segment);
    expect(decodeSegment(encodeSegment(segment).subarray(0, 100))).toBeUndefined();
    expect(decodeSegment(new Uint8Array(3))).toBeUndefined();
  });

  it('do not depend on what the maker read before', async () => {
    const { facts, spans } = await extractFile({ text: python, language: 'python', declarations: false });
    const maker = new SegmentMaker();
    const first = maker.make({ text: python, facts, spans });
    maker.make({
      text: 'zeta alpha hello',
      facts: { ...facts, symbols: facts.symbols.slice(0, 23) },
      spans: undefined,
    });
    expect(maker.make({ text: python, facts, spans })).toEqual(first);
  });
});

describe('TermTable', () => {
  it('finds and lists what it was made of', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 })), fc.string(), (words, other) => {
        const sorted = words.toSorted();
        const table = new TermTable(encodeTerms(sorted));
        expect([...table.words()]).toEqual(sorted);
        for (const word of sorted) expect(table.at(table.find(word))).toBe(word);
        expect(table.find(other)).toBe(sorted.indexOf(other));
        expect(table.lowerBound(other)).toBe(sorted.filter((word) => word < other).length);
      }),
    );
  });
});

describe('images', () => {
  const weights = { weight: searchFields.map(() => 1), b: searchFields.map(() => 0.5), k1: 1.2 };
  const words = ['alpha', 'beta', 'gamma', 'delta'];
  const file = fc.array(fc.array(fc.constantFrom(...words), { maxLength: 6 }), { maxLength: 3 });

  /** Scores by file and document, whatever the layout. */
  function scoresOf(index: SearchIndex): string[] {
    const board = new ScoreBoard(index);
    const { scores } = board;
    const found = scoreWords(
      index,
      words.map((word) => ({ word, weight: 1 })),
      weights,
      board,
    );
    const first = new Map<number, number>();
    const lines = [...scores].flatMap((score, document) => {
      const of = index.file[document]!;
      if (of < 0) return [];
      if (!first.has(of)) first.set(of, document);
      return [`${of}.${document - first.get(of)!} ${score} ${index.name(document)}`];
    });
    return [...found.map(({ word, frequency }) => `${word} ${frequency}`), ...lines.sort()];
  }

  it('merged or beside each other: the same scores', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(4), file), { maxLength: 4 }),
        async (before, edits) => {
          const make = (sections: readonly (readonly string[])[]): Promise<SearchSegment> =>
            segmentOf('markdown', sections.map((section, at) => `# t${at}\n\n${section.join(' ')}\n`).join('\n'));
          const segments = await Promise.all(before.map(make));
          const all = segments.map((segment, at) => ({ file: at + 1, segment }));
          const round = (content: ReturnType<typeof mergeImage>): ReturnType<typeof imageFromParts> => {
            const parts = imageToParts(content);
            return imageFromParts((name) => parts[name]);
          };
          const image = round(mergeImage(undefined, () => true, all))!;
          const now = new Map(all.map((entry) => [entry.file, entry]));
          for (const [at, sections] of edits) now.set(at + 1, { file: at + 1, segment: await make(sections) });
          const changed = [...now.values()].filter((entry) => !all.includes(entry));
          const fileOf = (number: number): number => number - 1;
          const beside = changed.map(({ file: number, segment }) => ({ file: fileOf(number), segment }));
          const layered = scoresOf(new SearchIndex(image, fileOf, beside));
          const fresh = scoresOf(
            new SearchIndex(round(mergeImage(undefined, () => true, [...now.values()])), fileOf, []),
          );
          const isLive = (number: number): boolean => !changed.some((entry) => entry.file === number);
          const merged = scoresOf(new SearchIndex(round(mergeImage(image, isLive, changed)), fileOf, []));
          expect(layered).toEqual(fresh);
          expect(merged).toEqual(fresh);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('BM25F by hand', async () => {
    const segment = await segmentOf('markdown', '# one\n\nalpha alpha beta\n\n# two\n\nbeta\n');
    const image = mergeImage(undefined, () => true, [{ file: 1, segment }]);
    const parts = imageToParts(image);
    const index = new SearchIndex(
      imageFromParts((name) => parts[name]),
      () => 0,
      [],
    );
    expect(FIELD_COUNT).toBe(7);
    const board = new ScoreBoard(index);
    const { scores } = board;
    const one = searchFields.map(() => 1);
    scoreWords(index, [{ word: 'alpha', weight: 1 }], { weight: one, b: one.map(() => 0), k1: 1.2 }, board);
    // Three documents (the file, two sections), one of them holds the word twice; no length normalisation.
    const idf = Math.log(1 + (3 - 1 + 0.5) / 1.5);
    expect(scores[1]).toBeCloseTo((idf * 2 * 2.2) / (1.2 + 2), 10);
    expect([scores[0], scores[2]]).toEqual([0, 0]);
  });
});

describe('understandQuery', () => {
  it.each([
    ['parseConfig', 'symbol'],
    ['Model.save', 'symbol'],
    ['std::vector::push_back', 'symbol'],
    ['router', 'symbol'],
    ['src/main.ts', 'path'],
    ['models.py', 'path'],
    ['where are passwords hashed', 'words'],
    ['how does the request pipeline work', 'architecture'],
    ['overview of the module structure', 'architecture'],
    ['TypeError: cannot read properties of undefined', 'error-message'],
    ['for (let i = 0; i < n; i++) { sum += a[i]; }', 'code'],
    ['"exact words"', 'literal'],
    ['/raise \\w+Error/', 'regex'],
    ['', 'nothing'],
    ['\u0000\u0007 \u202e', 'nothing'],
  ])('%j is a %s', (query, kind) => {
    expect(understandQuery(query).kind).toBe(kind);
  });

  it('takes qualified names apart and joins neighbouring words', () => {
    expect(understandQuery('Model.save()')).toMatchObject({ names: ['save'], qualifiers: ['Model'] });
    expect(understandQuery('a rate limiter').joined.map(({ word }) => word)).toContain('ratelimiter');
  });

  it('refuses what is too long and survives any text', () => {
    expect(() => understandQuery('x'.repeat(1_000_000))).toThrow(/limit/);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (query) => void understandQuery(query)));
  });
});

it.each([
  ['gqs', 'get_query_set', 'humps'],
  ['HttpSer', 'HttpServer', 'prefix'],
  ['httpserver', 'HttpServer', 'folded'],
  ['parseConfg', 'parseConfig', 'spelling'],
  ['server', 'HttpServer', 'inside'],
  ['zebra', 'HttpServer', undefined],
])('%s meets %s as %s', (typed, name, match) => {
  expect(nameMatcher(typed)(name)).toBe(match);
});

describe('a word and its like', () => {
  const weights = { weight: searchFields.map(() => 1), b: searchFields.map(() => 0), k1: 1.2 };

  async function indexOf(...texts: readonly string[]): Promise<SearchIndex> {
    const files: { file: number; segment: SearchSegment }[] = [];
    for (const [file, text] of texts.entries()) files.push({ file, segment: await segmentOf('python', text) });
    return new SearchIndex(undefined, () => 0, files);
  }

  it('a word that a name writes as two is found where both parts stand in one field', async () => {
    const index = await indexOf(
      'class WebSocket:\n    pass\n',
      'class RealWebSocket:\n    pass\n',
      'class Socket:\n    web = 1\n',
    );
    const board = new ScoreBoard(index);
    const [own] = scoreWords(index, [{ word: 'websocket', weight: 1 }], weights, board);
    const compound = scoreCompound(index, own!, 1, weights, board)!;
    expect([...compound.documents].map((document) => index.name(document))).toEqual(['RealWebSocket']);
    expect(board.scores[compound.documents[0]!]).toBeGreaterThan(0);
    const [plain] = scoreWords(index, [{ word: 'socket', weight: 1 }], weights, board);
    expect(scoreCompound(index, plain!, 1, weights, board)).toBeUndefined();
  });

  it('a file counts the words of all its documents, divided by how many it holds', async () => {
    const index = await indexOf(
      'def a():\n    alpha()\n\ndef b():\n    beta()\n',
      'def c():\n    alpha()\n\ndef d():\n    pass\n',
      'def e():\n    pass\n',
    );
    const board = new ScoreBoard(index);
    scoreWords(
      index,
      [
        { word: 'alpha', weight: 1 },
        { word: 'beta', weight: 1 },
      ],
      weights,
      board,
    );
    expect(board.files[0]).toBeGreaterThan(board.files[1]!);
    expect(board.files[1]).toBeGreaterThan(0);
    expect(board.files[2]).toBe(0);
    expect([...board.scoredFiles].sort()).toEqual([0, 1]);
    board.clear();
    expect([...board.files]).toEqual([0, 0, 0]);
  });
});

it.each([
  ['error codes and error creation structure', 'architecture'],
  ['error: cannot borrow as mutable', 'error-message'],
  ['TypeError: x is not a function', 'error-message'],
])('%s is asked as %s', (text, kind) => {
  expect(understandQuery(text).kind).toBe(kind);
});

it.each([
  ['tests for the basket', true, false],
  ['unit tests of checkout', true, false],
  ['call an application directly in tests', false, false],
  ['generate documentation for commands', false, false],
  ['documentation of the basket', false, true],
  ['readme', false, true],
])('%s: tests %s, documents %s', (text, tests, documentation) => {
  expect(understandQuery(text).wants).toMatchObject({ tests, documentation });
});
