import type { Step } from '../model/candidate.ts';
import { isMarked } from '../model/value.ts';
import type { Assertion } from '../keep/assertion.ts';
import type { ProvenTest } from '../keep/proven-test.ts';
import { describeValue } from './describe-value.ts';
import { nameProperty } from './property-words.ts';
import { isSnapshot } from './snapshot.ts';

const LONGEST = 110;

/** What a test shows, in one phrase: `returns 'a-b' for 'a b'`. Its subject is named by the group that it stands in. */
export function nameTest(test: ProvenTest, language: 'ecmascript' | 'python'): string {
  if (test.property) return cut(nameProperty(test.property, language === 'ecmascript'));
  const { steps, note } = test.candidate;
  const main = mainAssertion(test.assertions);
  const index = main && 'step' in main ? main.step : steps.length - 1;
  const last = steps[index]!;
  // What a promise gives is what its call gives.
  const step = last.op === 'await' && 'step' in last.on ? steps[last.on.step]! : last;
  const given = describeInputs(step, language, steps);
  if (note === 'round trip' && givesBack(test, main))
    return cut(`gives back ${describeInputs(steps[0]!, language).replace(/^for /, '') || 'what was put in'}`);
  if (note === 'idempotent' && main?.kind === 'equals' && main.step === steps.length - 1)
    return cut(`changes nothing the second time ${describeInputs(steps[0]!, language)}`);
  const subject = subjectOf(step, index);
  const outcome = main ? describeOutcome(main, test, language) : 'runs';
  return cut(`${subject}${outcome}${given === '' ? '' : ` ${given}`}`);
}

/** Whether the last step is asserted to be what the first was given. */
function givesBack({ candidate: { steps } }: ProvenTest, main: Assertion | undefined): boolean {
  return (
    main?.kind === 'equals' &&
    main.step === steps.length - 1 &&
    JSON.stringify(main.value) === JSON.stringify(steps[0]?.with?.[0])
  );
}

function mainAssertion(assertions: readonly Assertion[]): Assertion | undefined {
  return assertions.findLast(({ kind }) => kind === 'equals' || kind === 'throws') ?? assertions.at(-1);
}

function subjectOf(step: Step, index: number): string {
  if ('module' in step.on || index === 0) return '';
  const name = step.on.path.at(-1);
  return name === undefined ? '' : `${name} `;
}

function describeOutcome(
  assertion: Assertion,
  { seen, candidate }: ProvenTest,
  language: 'ecmascript' | 'python',
): string {
  const isGet = 'step' in assertion && candidate.steps[assertion.step]?.op === 'get';
  const returns = isGet ? 'is' : 'step' in assertion && seen.steps[assertion.step]?.awaited ? 'resolves to' : 'returns';
  switch (assertion.kind) {
    case 'equals':
      if (isSnapshot(assertion.value)) return 'matches its snapshot';
      return isMarked(assertion.value) && assertion.value.$ === 'undefined'
        ? `${returns} undefined`
        : `${returns} ${describeValue(assertion.value, language)}`;
    case 'same':
      return `${returns} ${candidate.steps[assertion.other]?.op === 'new' ? 'the object itself' : 'the same object'}`;
    case 'throws': {
      const name = assertion.error.c;
      const article = /^[AEIOU]/.test(name) ? 'an' : 'a';
      const verb = language === 'python' ? 'raises' : seen.steps[assertion.step]?.awaited ? 'rejects with' : 'throws';
      return `${verb} ${article} ${name}`;
    }
    case 'instance':
      return `${candidate.steps[assertion.step]?.op === 'new' ? 'makes' : returns} ${/^[AEIOU]/.test(assertion.class) ? 'an' : 'a'} ${assertion.class || 'object'}`;
    case 'function':
      return `${returns} a function`;
    case 'state':
      return assertion.of === 'receiver' ? 'changes the object' : 'changes its argument';
    case 'calls':
      return 'calls the callback';
    case 'asked':
      return `asks ${assertion.target.split('.').slice(-2).join(' ')}`;
    case 'output':
      return `prints ${describeValue(assertion.text, language)}`;
  }
}

function describeInputs(step: Step, language: 'ecmascript' | 'python', steps: readonly Step[] = []): string {
  if (step.op === 'get' || step.op === 'collect' || step.op === 'await') return '';
  const parts = (step.with ?? []).map((value) =>
    isMarked(value) && value.$ === 'step' ? describeReference(steps[value.i]) : describeValue(value, language),
  );
  for (const [name, value] of step.named ?? []) parts.push(`${name}=${describeValue(value, language)}`);
  if (parts.length === 0) return step.op === 'new' ? '' : 'without arguments';
  const last = parts.pop()!;
  return `for ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}`;
}

/** What an earlier step gave. */
function describeReference(step: Step | undefined): string {
  const name = step?.on.path.filter((part) => part !== 'default').at(-1);
  if (step === undefined || name === undefined) return 'an object';
  return step.op === 'new' ? `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}` : `what ${name} gives`;
}

function cut(phrase: string): string {
  const plain = phrase.replaceAll(/\s+/g, ' ').trim();
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST - 1).replace(/[\s,]+\S*$/, '')}…`;
}

/** Makes names of one group distinct, with plain numbers where words do not do it. */
export function distinctNames(names: readonly string[]): string[] {
  const total = new Map<string, number>();
  for (const name of names) total.set(name, (total.get(name) ?? 0) + 1);
  const used = new Map<string, number>();
  return names.map((name) => {
    if (total.get(name) === 1) return name;
    const number = (used.get(name) ?? 0) + 1;
    used.set(name, number);
    return number === 1 ? name : `${name} (${number})`;
  });
}
