import { expect, it } from 'vitest';
import type { Callable, Parameter } from '../model/surface.ts';
import { matchClasses } from './match-classes.ts';

const parameter = (name: string, more: Partial<Parameter> = {}): Parameter => ({
  name,
  shape: { kind: 'any' },
  optional: false,
  variadic: false,
  declared: false,
  ...more,
});
const callable = (
  kind: Callable['kind'],
  name: string,
  parameters: readonly Parameter[],
  members: readonly Callable[] = [],
): Callable => ({ path: [name], kind, name, parameters, returns: { kind: 'any' }, members });

it('a parameter that is called like a class takes its instances, an operator those of its own class', () => {
  const tree = callable('class', 'Tree', [], [callable('method', '__eq__', [parameter('x')])]);
  const paste = callable('function', 'paste', [
    parameter('new_tree'),
    parameter('tree', { shape: { kind: 'string' }, declared: true }),
    parameter('index'),
  ]);
  const { callables } = matchClasses([{ module: 0, callables: [tree, paste], constants: [] }])[0]!;
  const instance = { kind: 'union', of: [{ kind: 'instance', of: 'Tree' }, { kind: 'any' }] };
  expect(callables[0]!.members[0]!.parameters[0]!.shape).toEqual(instance);
  expect(callables[1]!.parameters.map(({ shape }) => shape)).toEqual([instance, { kind: 'string' }, { kind: 'any' }]);
});
