import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonWithComments } from './json-with-comments.ts';

describe('parseJsonWithComments', () => {
  it('takes comments, trailing commas and a byte order mark', () => {
    const text = '\ufeff{ // a\n "a": [1, 2, /* b */ ], /* c, } */\n "url": "https://x/*y*/", "quote": "\\"//", }';
    expect(parseJsonWithComments(text)).toEqual({ a: [1, 2], url: 'https://x/*y*/', quote: '"//' });
  });

  it('refuses what is no JSON', () => {
    for (const text of ['{,}', '[1,,2]', '{ /* open', '', '{"a": }', '[,]'])
      expect(() => parseJsonWithComments(text), text).toThrow(SyntaxError);
  });

  it('reads every JSON document as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJsonWithComments(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});
