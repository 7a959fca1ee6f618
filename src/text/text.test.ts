import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifierParts } from './identifier-parts.ts';
import { stem } from './stem.ts';
import { queryWords, stopWords } from './stop-words.ts';
import { WordCounter } from './word-bag.ts';
import { WordReader } from './word-reader.ts';
import { WordStream } from './word-stream.ts';
import { WordTable } from './word-table.ts';
import { joinedIdentifier, LONGEST_RUN, wordsOf } from './words.ts';

describe('identifierParts', () => {
  it.each([
    ['readFileSync', ['read', 'file', 'sync']],
    ['HTTPServer2_names', ['http', 'server', '2', 'names']],
    ['parseURLs', ['parse', 'urls']],
    ['userIDs_byKey', ['user', 'ids', 'by', 'key']],
    ['__init__', ['init']],
    ['MAX_VALUE', ['max', 'value']],
    ['utf8', ['utf', '8']],
    ['x', ['x']],
    ['', []],
    ['___', []],
  ])('cuts %s', (identifier, parts) => {
    expect(identifierParts(identifier)).toEqual(parts);
  });
});

describe('stem', () => {
  it.each([
    ['parse', 'parsing', 'parsed', 'parses'],
    ['validate', 'validation', 'validates', 'validated'],
    ['connect', 'connection', 'connecting', 'connections'],
    ['query', 'queries'],
    ['run', 'running', 'runs'],
    ['class', 'classes'],
    ['match', 'matches', 'matching'],
    ['call', 'calling', 'called'],
  ])('joins the forms of %s', (...forms) => {
    expect(new Set(forms.map(stem)).size).toBe(1);
  });

  it.each([
    ['head', 'header'],
    ['string', 'str'],
    ['need', 'ne'],
    ['process', 'proc'],
    ['bus', 'bu'],
    ['session', 'ses'],
    ['red', 'r'],
    ['thing', 'th'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(stem(one)).not.toBe(stem(other));
  });
});

describe('wordsOf', () => {
  it('yields the joined identifier before its parts', () => {
    expect(wordsOf('const readFiles = open(path)')).toEqual(['const', 'readfil', 'read', 'fil', 'open', 'path']);
  });

  it('keeps short numbers and drops long ones', () => {
    expect(wordsOf('404 in 2048 of 1234567')).toEqual(['404', 'in', '2048', 'of']);
  });

  it('folds accents, and pairs characters of scripts without spaces', () => {
    expect(wordsOf('Résumé“naïve” ключ 検索機能')).toEqual(['resum', 'naiv', 'ключ', '検索', '索機', '機能']);
  });

  it('reads only the start of an endless run', () => {
    expect(wordsOf('a'.repeat(5000))).toEqual(['a'.repeat(LONGEST_RUN)]);
  });

  it('knows the joined form of an identifier', () => {
    expect(joinedIdentifier('open_files')).toBe('openfil');
    expect(joinedIdentifier('open')).toBeUndefined();
  });
});

describe('queryWords', () => {
  it('drops stop words, unless nothing else is there', () => {
    expect(queryWords('how are the files opened?')).toEqual(['fil', 'open']);
    expect(queryWords('what is this')).toEqual(wordsOf('what is this'));
    expect(stopWords.size).toBeGreaterThan(100);
  });
});

describe('WordReader', () => {
  const encoder = new TextEncoder();
  const table = new WordTable();
  const reader = new WordReader(table);
  const read = (text: string): string[] => {
    const bytes = encoder.encode(text);
    const stream = new WordStream();
    reader.read(bytes, 0, bytes.length, stream);
    return Array.from(stream.view(), (number) => table.word(number));
  };

  it('yields what wordsOf yields, whatever was read before', () => {
    const words = fc.constantFrom(
      'readFile',
      'parse_url',
      'x',
      'HTTPServer',
      '42',
      'für',
      '検索',
      ' ',
      '\n',
      '_',
      '(',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words).map((all) => all.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          fc.pre(text.length <= LONGEST_RUN / 4);
          expect(read(text)).toEqual(wordsOf(text));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('survives any bytes and reads only its range', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.nat(300), (bytes, a, b) => {
        const start = Math.min(a, b, bytes.length);
        const end = Math.min(Math.max(a, b), bytes.length);
        const stream = new WordStream();
        reader.read(bytes, start, end, stream);
        const copy = new WordStream();
        reader.read(bytes.slice(start, end), 0, end - start, copy);
        expect(stream.view()).toEqual(copy.view());
      }),
    );
  });

  it('keeps its table through growth', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `name${i}Of`);
    const text = names.join(' ');
    expect(read(text)).toEqual(read(text));
    expect(read('name19999Of')).toEqual(wordsOf('name19999Of'));
  });
});

describe('WordCounter', () => {
  it('counts words in order of appearance, again and again', () => {
    const counter = new WordCounter();
    const stream = new WordStream();
    for (const number of [7, 5000, 7, 2, 7]) stream.push(number);
    const expected = { words: Int32Array.of(7, 5000, 2), counts: Int32Array.of(3, 1, 1) };
    expect(counter.count(stream)).toEqual(expected);
    expect(counter.count(stream)).toEqual(expected);
    expect(counter.count(stream, 1, 3)).toEqual({ words: Int32Array.of(5000, 7), counts: Int32Array.of(1, 1) });
  });
});
