import { describe, expect, it } from 'vitest';
import { nestsTooDeep } from './nesting-limit.ts';

const many = (text: string): string => text.repeat(5000);

describe('nestsTooDeep', () => {
  for (const [name, text] of Object.entries({
    brackets: `x = ${many('[')}${many(']')}`,
    'brackets over lines': `x = ${many('[\n')}${many(']\n')}`,
    blocks: many('{') + many('}'),
    conditionals: `a${many('?a:a')}`,
    negations: `${many('!')}a`,
    arrows: `f = ${many('x=>')}x`,
    assignments: `${many('a =\n')} a`,
    branches: `if (a) {}${many('\nelse if (a) {}')}`,
    elements: `x = (${many('<a>')}${many('</a>')})`,
    'types in types': `type A = ${many('A<')}A${many('>')}`,
    'brackets behind strings that hold brackets': `x = ${many('["]",')}1${many(']')}`,
  })) {
    it(`finds ${name}`, () => expect(nestsTooDeep(text)).toBe(true));
  }

  for (const [name, text] of Object.entries({
    'many statements without semicolons': many('let a = b ? c : d\n'),
    'many statements on one line': many('a = b;'),
    'a long list': `x = [${many('{ a: 1, b: [2] },\n')}]`,
    'many functions': many('function f() { if (a) { b(); } else { c(); } }\n'),
    'a long string': `x = "${many('[')}"`,
    'a comment': `/* ${many('(')} */ // ${many('[')}`,
  })) {
    it(`lets ${name} pass`, () => expect(nestsTooDeep(text)).toBe(false));
  }
});
