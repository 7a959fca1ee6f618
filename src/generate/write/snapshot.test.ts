import { expect, test } from 'vitest';
import type { Value } from '../model/value.ts';
import { inlineSnapshot, isSnapshot } from './snapshot.ts';

test('a snapshot is what the framework itself would write', () => {
  const value: Value = {
    $: 'record',
    e: [
      ['b', [1, 'a "quoted" `text` with ${braces} and \\', null]],
      [
        'a',
        {
          $: 'record',
          e: [
            ['empty', []],
            ['none', { $: 'undefined' }],
            ['deep', { $: 'record', e: [] }],
          ],
        },
      ],
    ],
  };
  expect(inlineSnapshot(value, 0)).toBe(
    '`\n  {\n    "a": {\n      "deep": {},\n      "empty": [],\n      "none": undefined,\n    },\n    "b": [\n      1,\n      "a "quoted" \\`text\\` with \\${braces} and \\\\",\n      null,\n    ],\n  }\n`',
  );
  // What the text above says, as this framework compares it.
  expect({ b: [1, 'a "quoted" `text` with ${braces} and \\', null], a: { empty: [], none: undefined, deep: {} } })
    .toMatchInlineSnapshot(`
    {
      "a": {
        "deep": {},
        "empty": [],
        "none": undefined,
      },
      "b": [
        1,
        "a "quoted" \`text\` with \${braces} and \\",
        null,
      ],
    }
  `);
});

test('what frameworks write otherwise stays a literal', () => {
  expect(inlineSnapshot([{ $: 'date', v: 0 }], 0)).toBeUndefined();
  expect(inlineSnapshot(['two\nlines'], 0)).toBeUndefined();
});

test('short results are expectations', () => {
  expect(isSnapshot([1, 2, 3])).toBe(false);
  expect(isSnapshot(Array.from({ length: 400 }, (_, i) => i))).toBe(true);
  expect(isSnapshot('x'.repeat(2000))).toBe(false);
});
