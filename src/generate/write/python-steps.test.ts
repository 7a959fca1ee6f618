import { expect, it } from 'vitest';
import type { Step } from '../model/candidate.ts';
import type { Value } from '../model/value.ts';
import { PythonImports } from './python-imports.ts';
import { pythonLiteral } from './python-literal.ts';
import { stepExpression } from './python-steps.ts';

function written(name: string, given: readonly Value[], isValue = false): string {
  const step: Step = { op: 'call', on: { step: 0, path: [name] }, with: given };
  const imports = new PythonImports([]);
  const names = {
    step: () => 'box',
    imported: () => '',
    callback: () => undefined,
    made: (one: string) => imports.made(one),
  };
  return stepExpression(step, 1, ['box'], new Map(), (value) => pythonLiteral(value, names), imports, isValue);
}

it('operators stand as people write them', () => {
  expect(written('__add__', [1])).toBe('box + 1');
  expect(written('__rsub__', [1])).toBe('1 - box');
  expect(written('__contains__', ['a'])).toBe('"a" in box');
  expect(written('__reduce__', [])).toBe('pickle.loads(pickle.dumps(box))');
});

it('what would read as something else stands in brackets', () => {
  expect(written('__eq__', [{ $: 'callback', id: 0, argument: 0 }])).toBe('box == (lambda value, *_: value)');
  expect(written('__rpow__', [-1])).toBe('(-1) ** box');
});

it('a statement whose value is asked for is the call of its method', () => {
  expect(written('__delitem__', ['a'])).toBe('del box["a"]');
  expect(written('__delitem__', ['a'], true)).toBe('box.__delitem__("a")');
});
