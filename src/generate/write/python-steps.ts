import type { Step } from '../model/candidate.ts';
import type { Value } from '../model/value.ts';
import type { PythonImports } from './python-imports.ts';

const BINARY: Readonly<Record<string, string>> = {
  __eq__: '==',
  __lt__: '<',
  __le__: '<=',
  __gt__: '>',
  __ge__: '>=',
  __add__: '+',
  __sub__: '-',
  __mul__: '*',
  __truediv__: '/',
  __floordiv__: '//',
  __mod__: '%',
  __and__: '&',
  __or__: '|',
  __xor__: '^',
  __pow__: '**',
  __ne__: '!=',
  __matmul__: '@',
  __lshift__: '<<',
  __rshift__: '>>',
};
/** The object stands on the right. */
const REFLECTED: Readonly<Record<string, string>> = {
  __radd__: '+',
  __rsub__: '-',
  __rmul__: '*',
  __rtruediv__: '/',
  __rfloordiv__: '//',
  __rmod__: '%',
  __rand__: '&',
  __ror__: '|',
  __rxor__: '^',
  __rpow__: '**',
};
/** Statements in Python; their functions give what they leave. */
const IN_PLACE: Readonly<Record<string, string>> = {
  __iadd__: 'operator.iadd',
  __isub__: 'operator.isub',
  __ior__: 'operator.ior',
  __iand__: 'operator.iand',
  __imul__: 'operator.imul',
  __ixor__: 'operator.ixor',
  __index__: 'operator.index',
};
const PICKLED = new Set(['__reduce__', '__reduce_ex__', '__getstate__', '__setstate__', '__getnewargs__']);
const CALLED: Readonly<Record<string, string>> = {
  __len__: 'len',
  __str__: 'str',
  __repr__: 'repr',
  __bool__: 'bool',
  __int__: 'int',
  __float__: 'float',
  __abs__: 'abs',
  __iter__: 'list',
  __next__: 'next',
  __bytes__: 'bytes',
  __round__: 'round',
};

/** The expression that performs a step. */
export function stepExpression(
  step: Step,
  index: number,
  names: readonly string[],
  holders: ReadonlyMap<string, string>,
  write: (value: Value) => string,
  imports: PythonImports,
  /** Its value is needed: what is a statement in Python is called as the method that it is. */
  isValue: boolean,
): string {
  const root = 'step' in step.on ? names[step.on.step]! : undefined;
  const target =
    root === undefined
      ? imports.expression((step.on as { module: number }).module, step.on.path)
      : [root, ...step.on.path].join('.');
  const values = (step.with ?? []).map((value, place) => holders.get(`${index} ${place}`) ?? write(value));
  if (step.op === 'get') return target;
  if (step.op === 'collect') return `list(${target})`;
  if (step.op === 'set') return `${target} = ${values[0] ?? 'None'}`;
  const name = step.on.path[0] ?? '';
  if (root !== undefined && step.on.path.length === 1 && name.startsWith('__')) {
    // Beside an operator both stand alone.
    const [first = 'None', second = 'None'] = values.map((value) =>
      /^(?:lambda\b|-)/.test(value) && !/^__(?:get|set|del)item__$/.test(name) ? `(${value})` : value,
    );
    if (BINARY[name]) return `${root} ${BINARY[name]} ${first}`;
    if (CALLED[name]) return `${CALLED[name]}(${root})`;
    if (name === '__reversed__') return `list(reversed(${root}))`;
    if (name === '__neg__') return `-${root}`;
    if (name === '__invert__') return `~${root}`;
    if (REFLECTED[name]) return `${first} ${REFLECTED[name]} ${root}`;
    if (IN_PLACE[name]) return `${imports.made(IN_PLACE[name])}(${[root, ...values].join(', ')})`;
    if (name === '__divmod__') return `divmod(${root}, ${first})`;
    if (name === '__copy__') return `${imports.made('copy.copy')}(${root})`;
    if (name === '__deepcopy__') return `${imports.made('copy.deepcopy')}(${root})`;
    if (PICKLED.has(name)) return `${imports.made('pickle.loads')}(${imports.made('pickle.dumps')}(${root}))`;
    if (name === '__exit__') return `${root}.__exit__(None, None, None)`;
    if (name === '__pos__') return `+${root}`;
    if (name === '__setattr__') return `setattr(${root}, ${first}, ${second})`;
    if (name === '__delattr__') return `delattr(${root}, ${first})`;
    if (name === '__hash__') return `isinstance(hash(${root}), int)`;
    if (name === '__getitem__') return `${root}[${first}]`;
    if (isValue && /^__(?:set|del)item__$/.test(name)) return `${root}.${name}(${values.join(', ')})`;
    if (name === '__setitem__') return `${root}[${first}] = ${second}`;
    if (name === '__delitem__') return `del ${root}[${first}]`;
    if (name === '__contains__') return `${first} in ${root}`;
    if (name === '__call__') return `${root}(${values.join(', ')})`;
    if (name === '__format__') return `format(${root}, ${first})`;
    if (name === '__getattr__') return `getattr(${root}, ${first})`;
  }
  for (const [key, value] of step.named ?? []) values.push(`${key}=${write(value)}`);
  return `${target}(${values.join(', ')})`;
}
