import type { Assertion } from '../keep/assertion.ts';
import type { ProvenTest } from '../keep/proven-test.ts';
import { isMarked, type Value } from '../model/value.ts';
import type { PythonImports } from './python-imports.ts';
import { pythonText } from './python-literal.ts';
import { isSnapshot, SNAPSHOT_NOTE } from './snapshot.ts';

export function raises(
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

export interface CheckContext {
  readonly names: readonly string[];
  readonly holders: ReadonlyMap<string, string>;
  readonly recorded: ReadonlyMap<number, string>;
  readonly doubles: ReadonlyMap<string, string>;
  write(value: Value): string;
  readonly imports: PythonImports;
  readonly isPytest: boolean;
}

export function check(assertion: Assertion, test: ProvenTest, context: CheckContext): string[] {
  const { names, write, isPytest } = context;
  const equal = (left: string, value: Value): string => equalLine(left, value, write, isPytest);
  switch (assertion.kind) {
    case 'equals':
      return [
        ...(isSnapshot(assertion.value) ? [`# ${SNAPSHOT_NOTE}`] : []),
        equal(names[assertion.step]!, assertion.value),
      ];
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
      return [...lines, ...assertion.fields.map(([field, value]) => equal(fieldOf(name, field), value))];
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
      if (given !== undefined && isMarked(given) && given.$ === 'file') {
        const path = `${context.imports.made('pathlib.Path')}(${subject})`;
        return [
          assertion.value === null ? equal(`${path}.exists()`, false) : equal(`${path}.read_text()`, assertion.value),
        ];
      }
      if (isMarked(assertion.value) && assertion.value.$ === 'instance')
        return assertion.value.p.map(([field, value]) => equal(fieldOf(subject, field), value));
      return [equal(subject, assertion.value)];
    }
    case 'calls':
      return [
        equal(
          context.recorded.get(Number(assertion.callback))!.replace('callback', 'calls'),
          (assertion.value as readonly Value[]).map((given): Value => ({ $: 'tuple', v: given as readonly Value[] })),
        ),
      ];
    case 'asked': {
      const calls = assertion.calls.map(
        ([given, named]) =>
          `${context.imports.mock()}.call(${[...given.map(write), ...named.map(([name, value]) => `${name}=${write(value)}`)].join(', ')})`,
      );
      const list = `${context.doubles.get(assertion.target)}.call_args_list`;
      return [
        isPytest ? `assert ${list} == [${calls.join(', ')}]` : `self.assertEqual(${list}, [${calls.join(', ')}])`,
      ];
    }
    case 'output':
      return [equal(isPytest ? 'capsys.readouterr().out' : 'stdout.getvalue()', assertion.text)];
    case 'throws':
      return [];
  }
}

/** `[]` and `{}`: what an object is as a list and as a dict. */
function fieldOf(subject: string, field: string): string {
  return field === '[]' ? `list(${subject})` : field === '{}' ? `dict(${subject})` : `${subject}.${field}`;
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
