import { describe, expect, it } from 'vitest';
import { factsSummariser } from './facts-summariser.ts';
import type { SummarySubject } from './summary-subject.ts';

const nothing: SummarySubject = {
  kind: 'function',
  name: 'readHTTPHeader_lines',
  documentation: undefined,
  parameters: [],
  returnType: undefined,
  bases: [],
  members: [],
  calls: [],
  lines: 1,
  contentKey: '',
};
const summary = (facts: Partial<SummarySubject>): unknown => factsSummariser.summarise({ ...nothing, ...facts });

describe('a summary from facts', () => {
  it('is what the documentation says first', () => {
    expect(summary({ documentation: 'Reads the lines. Then more.\n\nAnd on.' })).toBe('Reads the lines.');
    expect(summary({ documentation: 'No end here\n@param a what' })).toBe('No end here');
    expect(summary({ documentation: '-----' })).toBe('Read httpheader lines (1 line).');
  });

  it('else what the name and the parts of a function say', () => {
    expect(summary({ parameters: ['a', 'b'], returnType: 'string', calls: ['split', 'trim'] })).toBe(
      'Read httpheader lines: takes a, b; gives string; calls split, trim.',
    );
  });

  it('else what a type is made of', () => {
    const members = ['total', 'put', 'a', 'b', 'c', 'd'].map((name) => ({ kind: 'method', name }));
    expect(
      summary({
        kind: 'class',
        name: 'Basket',
        bases: ['Bag'],
        members: [...members, { kind: 'property', name: 'x' }],
      }),
    ).toBe('Class based on Bag with 6 methods total, put, a, b, c and 1 more; 1 property x.');
  });
});
