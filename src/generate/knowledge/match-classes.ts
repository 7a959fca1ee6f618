import { type Callable, type ModuleSurface, type Parameter, type Shape, union } from '../model/surface.ts';

/** Methods whose argument is most often of the same class. */
const OPERATORS =
  /^__(?:eq|ne|lt|le|gt|ge|i?r?(?:add|sub|mul|truediv|floordiv|mod|and|or|xor|pow|matmul)|contains)__$|^(?:equals|compareTo|compare|isEqual|merge|union|intersect(?:ion)?|difference|isSame|copyFrom|plus|minus)$/;

/**
 * Parameters without a declared type that are called like a class take its instances: `tree`, `other_node`, `newCache`; and what
 * an operator is given is of the class that has it.
 */
export function matchClasses(surfaces: readonly ModuleSurface[]): ModuleSurface[] {
  const classes = new Map<string, string>();
  for (const { callables } of surfaces)
    for (const { kind, name } of callables) if (kind === 'class') classes.set(plain(name), name);
  const match = (callable: Callable, owner?: Callable): Callable => ({
    ...callable,
    parameters: callable.parameters.map((parameter) => withInstances(parameter, classes, callable, owner)),
    members: callable.members.map((member) => match(member, callable)),
  });
  return surfaces.map((surface) => ({ ...surface, callables: surface.callables.map((one) => match(one)) }));
}

function withInstances(
  parameter: Parameter,
  classes: ReadonlyMap<string, string>,
  callable: Callable,
  owner: Callable | undefined,
): Parameter {
  if (parameter.declared && parameter.shape.kind !== 'any') return parameter;
  const name = plain(parameter.name);
  const called = [...classes].find(([one]) => name === one || (one.length > 2 && name.endsWith(one)))?.[1];
  const of = owner?.kind === 'class' && OPERATORS.test(callable.name) ? owner.name : called;
  if (of === undefined) return parameter;
  const instance: Shape = { kind: 'instance', of };
  return { ...parameter, shape: union([instance, parameter.shape]) };
}

function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}
