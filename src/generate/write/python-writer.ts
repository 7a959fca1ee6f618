import type { Assertion } from '../keep/assertion.ts';
import type { ProvenTest } from '../keep/proven-test.ts';
import { type Step, stepsUsed } from '../model/candidate.ts';
import { isMarked, type MarkedValue, type Value, valuesIn } from '../model/value.ts';
import { nameTest } from './name-test.ts';
import { PythonImports } from './python-imports.ts';
import { pythonLambda, pythonLiteral, type PythonNames, pythonText } from './python-literal.ts';
import { nameSteps, snakeCase } from './step-names.ts';
import type { TestFileRequest, WrittenFile, WrittenTest } from './test-file.ts';

/** A file of tests for Python: functions for pytest, a class for unittest. */
export function writePython({ style, modules, tests }: TestFileRequest): WrittenFile {
  const imports = new PythonImports(modules);
  const isPytest = style.framework === 'pytest';
  const written: WrittenTest[] = [];
  const used = new Set<string>();
  const bodies = tests.map((test) => {
    const name = freeName(testName(test), used);
    written.push({ test, title: name });
    return writeTest(test, name, imports, isPytest);
  });
  const heads = isPytest
    ? bodies.some((body) => body.includes('pytest.'))
      ? ['import pytest', '']
      : []
    : ['import unittest', ''];
  const known = imports.lines();
  const needed = ['asyncio', 'random']
    .filter((name) => bodies.some((body) => body.includes(`${name}.`)))
    .map((name) => `import ${name}`);
  const text = isPytest
    ? `${[...needed, ...(needed.length > 0 ? [''] : []), ...heads, ...known].join('\n')}\n\n\n${bodies.join('\n\n')}`
    : `${[...needed, ...heads, ...known].join('\n')}\n\n\nclass ${className(modules, tests)}(unittest.TestCase):\n${bodies.join('\n')}\n\nif __name__ == "__main__":\n    unittest.main()\n`;
  return { text, tests: written };
}

function className(modules: TestFileRequest['modules'], tests: readonly ProvenTest[]): string {
  const first = tests[0]?.candidate.steps.find((step) => 'module' in step.on)?.on;
  const name =
    modules.find(({ module }) => first !== undefined && 'module' in first && module === first.module)?.name ?? 'Module';
  return `${name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')}Test`;
}

function testName(test: ProvenTest): string {
  const subject = subjectOf(test);
  const phrase = nameTest(test, 'python').replaceAll(/__(\w+)__/g, '$1');
  const words = `${subject} ${phrase}`
    .replaceAll(/-(?=\d)/g, ' minus ')
    .replaceAll(/(\d)\.(\d)/g, '$1 point $2')
    .replaceAll(/[^A-Za-z0-9_]+/g, ' ')
    .trim()
    .split(/\s+/)
    .map((word) => snakeCase(word).replaceAll(/^_+|_+$/g, ''))
    .filter((word) => word !== '');
  let name = 'test';
  for (const word of words) {
    if (name.length + word.length > 76) break;
    name += `_${word}`;
  }
  return name;
}

function subjectOf({ candidate, assertions }: ProvenTest): string {
  const last = Math.max(0, ...assertions.map((assertion) => ('step' in assertion ? assertion.step : 0)));
  let step: Step | undefined = candidate.steps[last];
  while (step && 'step' in step.on) step = candidate.steps[step.on.step];
  return step && 'module' in step.on ? step.on.path.join(' ') : '';
}

function freeName(wanted: string, used: Set<string>): string {
  let name = wanted;
  for (let number = 2; used.has(name); number++) name = `${wanted}_${number}`;
  used.add(name);
  return name;
}

function writeTest(test: ProvenTest, name: string, imports: PythonImports, isPytest: boolean): string {
  const { steps } = test.candidate;
  for (const step of steps) if ('module' in step.on) imports.expression(step.on.module, step.on.path);
  const names = nameSteps(steps, imports.taken, 'python');
  const lines: string[] = [];
  if (test.fixes.includes('random')) lines.push('random.seed(0)');
  const recorded = recordCallbacks(test, lines, imports);
  const literals: PythonNames = {
    step: (index) => names[index]!,
    imported: (module, path) => imports.expression(module, path),
    callback: (id) => recorded.get(id),
    made: (made) => imports.made(made),
  };
  const write = (value: Value): string => pythonLiteral(value, literals, isPytest ? 4 : 8);
  const holders = nameMutated(test, lines, write);
  const byStep = new Map<number, Assertion[]>();
  for (const assertion of test.assertions) {
    const step = assertion.kind === 'calls' ? steps.length - 1 : assertion.step;
    byStep.set(step, [...(byStep.get(step) ?? []), assertion]);
  }
  const lastNeeded = Math.max(...byStep.keys(), -1);
  const used = new Set([
    ...steps.flatMap(stepsUsed),
    ...test.assertions.flatMap((assertion) =>
      assertion.kind === 'throws' || assertion.kind === 'calls' || assertion.kind === 'state'
        ? []
        : [assertion.step, ...(assertion.kind === 'same' ? [assertion.other] : [])],
    ),
  ]);
  for (const [index, step] of steps.entries()) {
    if (index > lastNeeded) break;
    const seen = test.seen.steps[index]!;
    if (seen.outcome === 'skipped') continue;
    let expression = stepExpression(step, index, names, holders, write, imports);
    if (seen.awaited) expression = `asyncio.run(${expression})`;
    const mine = byStep.get(index) ?? [];
    // A look that nothing comes of.
    if (step.op === 'get' && seen.outcome === 'returned' && mine.length === 0 && !used.has(index)) continue;
    const throws = mine.find((assertion) => assertion.kind === 'throws');
    if (throws || seen.outcome === 'threw') lines.push(...raises(expression, throws, seen.value, imports, isPytest));
    else lines.push(used.has(index) ? `${names[index]} = ${expression}` : expression);
    const checks = mine
      .filter((assertion) => assertion !== throws)
      .flatMap((assertion) => check(assertion, test, { names, holders, recorded, write, isPytest }));
    if (checks.length > 0) lines.push('', ...checks, ...(index < lastNeeded ? [''] : []));
  }
  const columns = isPytest ? 4 : 8;
  const body = lines
    .join('\n')
    .replace(/^\n+/, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd();
  const indented = body
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(columns) + line))
    .join('\n');
  return isPytest ? `def ${name}():\n${indented}\n` : `    def ${name}(self):\n${indented}\n`;
}

function raises(
  expression: string,
  assertion: (Assertion & { kind: 'throws' }) | undefined,
  value: Value | undefined,
  imports: PythonImports,
  isPytest: boolean,
): string[] {
  const error = assertion?.error ?? (value !== undefined && isMarked(value) && value.$ === 'error' ? value : undefined);
  const place = (error as { readonly q?: string } | undefined)?.q;
  const type =
    error === undefined
      ? 'Exception'
      : place !== undefined && !place.startsWith('builtins:')
        ? imports.made(place)
        : error.c;
  const message = assertion?.message;
  const withWord = isPytest ? `with pytest.raises(${type})` : `with self.assertRaises(${type})`;
  if (message === undefined) return [`${withWord}:`, `    ${expression}`];
  const equal = isPytest
    ? `assert str(raised.value) == ${pythonText(message)}`
    : `self.assertEqual(str(raised.exception), ${pythonText(message)})`;
  return [`${withWord} as raised:`, `    ${expression}`, '', equal];
}

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
};
const CALLED: Readonly<Record<string, string>> = {
  __len__: 'len',
  __str__: 'str',
  __repr__: 'repr',
  __bool__: 'bool',
  __int__: 'int',
  __float__: 'float',
  __abs__: 'abs',
  __iter__: 'list',
};

function stepExpression(
  step: Step,
  index: number,
  names: readonly string[],
  holders: ReadonlyMap<string, string>,
  write: (value: Value) => string,
  imports: PythonImports,
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
    const [first = 'None', second = 'None'] = values;
    if (BINARY[name]) return `${root} ${BINARY[name]} ${first}`;
    if (CALLED[name]) return `${CALLED[name]}(${root})`;
    if (name === '__reversed__') return `list(reversed(${root}))`;
    if (name === '__neg__') return `-${root}`;
    if (name === '__invert__') return `~${root}`;
    if (name === '__radd__') return `${first} + ${root}`;
    if (name === '__hash__') return `isinstance(hash(${root}), int)`;
    if (name === '__getitem__') return `${root}[${first}]`;
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

interface CheckContext {
  readonly names: readonly string[];
  readonly holders: ReadonlyMap<string, string>;
  readonly recorded: ReadonlyMap<number, string>;
  write(value: Value): string;
  readonly isPytest: boolean;
}

function check(assertion: Assertion, test: ProvenTest, context: CheckContext): string[] {
  const { names, write, isPytest } = context;
  const equal = (left: string, value: Value): string => equalLine(left, value, write, isPytest);
  switch (assertion.kind) {
    case 'equals':
      return [equal(names[assertion.step]!, assertion.value)];
    case 'same':
      return [
        isPytest
          ? `assert ${names[assertion.step]} is ${names[assertion.other]}`
          : `self.assertIs(${names[assertion.step]}, ${names[assertion.other]})`,
      ];
    case 'function':
      return [
        isPytest ? `assert callable(${names[assertion.step]})` : `self.assertTrue(callable(${names[assertion.step]}))`,
      ];
    case 'instance': {
      const name = names[assertion.step]!;
      const lines =
        assertion.class === 'generator'
          ? [isPytest ? `assert iter(${name}) is ${name}` : `self.assertIs(iter(${name}), ${name})`]
          : [equal(`type(${name}).__name__`, assertion.class)];
      return [...lines, ...assertion.fields.map(([field, value]) => equal(`${name}.${field}`, value))];
    }
    case 'state': {
      const step = test.candidate.steps[assertion.step]!;
      const given = assertion.of === 'receiver' ? undefined : step.with?.[Number(assertion.of)];
      const subject =
        assertion.of === 'receiver'
          ? 'step' in step.on
            ? names[step.on.step]
            : undefined
          : given !== undefined && isMarked(given) && given.$ === 'step'
            ? names[given.i]
            : context.holders.get(`${assertion.step} ${assertion.of}`);
      if (subject === undefined) return [];
      if (isMarked(assertion.value) && assertion.value.$ === 'instance')
        return assertion.value.p.map(([field, value]) => equal(`${subject}.${field}`, value));
      return [equal(subject, assertion.value)];
    }
    case 'calls':
      return [
        equal(
          context.recorded.get(Number(assertion.callback))!.replace('callback', 'calls'),
          (assertion.value as readonly Value[]).map((given): Value => ({ $: 'tuple', v: given as readonly Value[] })),
        ),
      ];
    case 'throws':
      return [];
  }
}

function equalLine(left: string, value: Value, write: (value: Value) => string, isPytest: boolean): string {
  if (value === null) return isPytest ? `assert ${left} is None` : `self.assertIsNone(${left})`;
  if (typeof value === 'boolean')
    return isPytest
      ? `assert ${left} is ${value ? 'True' : 'False'}`
      : `self.assertIs(${left}, ${value ? 'True' : 'False'})`;
  if (isMarked(value) && value.$ === 'number' && value.v === 'nan')
    return isPytest ? `assert ${left} != ${left}` : `self.assertNotEqual(${left}, ${left})`;
  return isPytest ? `assert ${left} == ${write(value)}` : `self.assertEqual(${left}, ${write(value)})`;
}

function recordCallbacks(test: ProvenTest, lines: string[], imports: PythonImports): Map<number, string> {
  const recorded = new Map<number, string>();
  const wanted = new Set(
    test.assertions.flatMap((assertion) => (assertion.kind === 'calls' ? [Number(assertion.callback)] : [])),
  );
  const nested = (value: Value): string =>
    pythonLiteral(value, {
      step: String,
      imported: () => 'None',
      callback: () => undefined,
      made: (made) => imports.made(made),
    });
  const passed = test.candidate.steps
    .flatMap((step) => [...(step.with ?? []), ...(step.named ?? []).map(([, item]) => item)])
    .flatMap((item) => [...valuesIn(item)])
    .filter((value) => isMarked(value))
    .filter((value) => value.$ === 'callback');
  for (const value of passed) {
    const isShared = passed.filter(({ id }) => id === value.id).length > 1;
    if (recorded.has(value.id) || !(isShared || wanted.has(value.id) || value.throws !== undefined)) continue;
    const suffix = recorded.size === 0 ? '' : String(recorded.size + 1);
    lines.push(...defineCallback(value, suffix, wanted.has(value.id), nested), '');
    recorded.set(value.id, `callback${suffix}`);
  }
  return recorded;
}

function defineCallback(
  callback: MarkedValue & { $: 'callback' },
  suffix: string,
  records: boolean,
  nested: (value: Value) => string,
): string[] {
  const body: string[] = [];
  if (records) body.push(`calls${suffix}.append(given)`);
  if (callback.throws !== undefined) body.push(`raise ValueError(${pythonText(callback.throws)})`);
  else
    body.push(
      `return (${pythonLambda(callback, nested)})(*given)`.replace('return (lambda *_: None)(*given)', 'return None'),
    );
  return [
    ...(records ? [`calls${suffix} = []`, ''] : []),
    `def callback${suffix}(*given):`,
    ...body.map((line) => `    ${line}`),
  ];
}

function nameMutated(test: ProvenTest, lines: string[], write: (value: Value) => string): Map<string, string> {
  const holders = new Map<string, string>();
  for (const assertion of test.assertions) {
    if (assertion.kind !== 'state' || assertion.of === 'receiver') continue;
    const value = test.candidate.steps[assertion.step]?.with?.[Number(assertion.of)];
    if (value === undefined || (isMarked(value) && value.$ === 'step')) continue;
    const name = holders.size === 0 ? 'given' : `given_${holders.size + 1}`;
    holders.set(`${assertion.step} ${assertion.of}`, name);
    lines.push(`${name} = ${write(value)}`);
  }
  return holders;
}
