import type { ProvenTest } from '../keep/proven-test.ts';
import { isMarked, type MarkedValue, type Value, valuesIn } from '../model/value.ts';
import type { PythonImports } from './python-imports.ts';
import { pythonLambda, pythonLiteral, pythonText } from './python-literal.ts';

/** Defines functions that a test passes more than once or asserts the calls of; their names by number. */
export function recordCallbacks(test: ProvenTest, lines: string[], imports: PythonImports): Map<number, string> {
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
    const named = test.seen.keywords?.includes(value.id) === true;
    lines.push(...defineCallback(value, suffix, wanted.has(value.id), named, nested), '');
    recorded.set(value.id, `callback${suffix}`);
  }
  return recorded;
}

function defineCallback(
  callback: MarkedValue & { $: 'callback' },
  suffix: string,
  records: boolean,
  named: boolean,
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
    `def callback${suffix}(*given${named ? ', **_' : ''}):`,
    ...body.map((line) => `    ${line}`),
  ];
}

/** Names arguments whose state is asserted later. */
export function nameMutated(test: ProvenTest, lines: string[], write: (value: Value) => string): Map<string, string> {
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
