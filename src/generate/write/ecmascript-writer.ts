import type { Assertion } from '../keep/assertion.ts';
import type { ProvenTest } from '../keep/proven-test.ts';
import { type Step, stepsUsed } from '../model/candidate.ts';
import { isMarked, type MarkedValue, type Value, valuesIn } from '../model/value.ts';
import { SEEN_TIME } from '../search/goal.ts';
import { type EcmascriptAsserts, assertsFor } from './ecmascript-asserts.ts';
import { closeTest, openTest } from './ecmascript-it.ts';
import { EcmascriptImports } from './ecmascript-imports.ts';
import { EcmascriptScene } from './ecmascript-scene.ts';
import { callbackLiteral, ecmascriptLiteral, type LiteralNames, quote } from './ecmascript-literal.ts';
import { writeEcmascriptProperty } from './ecmascript-property.ts';
import { distinctNames, nameTest } from './name-test.ts';
import { nameSteps } from './step-names.ts';
import type { TestFileRequest, TestStyle, WrittenFile, WrittenTest } from './test-file.ts';

/** A file of tests for JavaScript or TypeScript, grouped by what they are about. */
export function writeEcmascript({ style, modules, tests, head = [], setup = [] }: TestFileRequest): WrittenFile {
  const imports = new EcmascriptImports(modules, style);
  const scene = new EcmascriptScene(style);
  const asserts = assertsFor(style);
  const groups = new Map<string, ProvenTest[]>();
  for (const test of tests) {
    const group = groupOf(test, (module) => modules.find((one) => one.module === module)?.name ?? 'module');
    groups.set(group, [...(groups.get(group) ?? []), test]);
  }
  const written: WrittenTest[] = [];
  const bodies = [...groups].map(([group, members]) => {
    const titles = distinctNames(members.map((test) => nameTest(test, 'ecmascript')));
    const texts = members.map((test, i) => {
      written.push({ test, title: `${group} › ${titles[i]!}` });
      const { property } = test;
      return property
        ? writeEcmascriptProperty({ ...test, property }, titles[i]!, style, imports)
        : writeTest(test, titles[i]!, { style, imports, asserts, scene });
    });
    return `describe(${quote(group)}, () => {\n${texts.join('\n')}});\n`;
  });
  const draws = style.properties === 'fast-check' && tests.some(({ property }) => property !== undefined);
  const needs = needsOf(tests);
  const heads = [
    ...asserts.imports(style, needs, scene),
    ...(draws
      ? [style.format === 'module' ? "import fc from 'fast-check';" : "const fc = require('fast-check');"]
      : []),
    ...scene.imports(),
    ...imports.lines(),
  ];
  const helpers = scene.texts().map((text) => `${text}\n\n`);
  const clean = asserts.cleanUp(style, needs, scene);
  const above = head.map((line) => `${line}\n`).join('');
  const before = setup.length > 0 ? `${setup.join('\n')}\n\n` : '';
  return {
    text: `${above}${heads.join('\n')}\n\n${before}${helpers.join('')}${clean}${bodies.join('\n')}`,
    tests: written,
  };
}

interface EcmascriptFile {
  readonly style: TestStyle;
  readonly imports: EcmascriptImports;
  readonly asserts: EcmascriptAsserts;
  readonly scene: EcmascriptScene;
}

function needsOf(tests: readonly ProvenTest[]): ReadonlySet<'time' | 'random'> {
  return new Set(tests.flatMap(({ fixes }) => fixes));
}

function groupOf({ candidate, assertions, property }: ProvenTest, moduleName: (module: number) => string): string {
  const last = Math.max(0, ...assertions.map((assertion) => ('step' in assertion ? assertion.step : 0)));
  let step: Step | undefined = candidate.steps[property ? 0 : last];
  const names: string[] = [];
  while (step && 'step' in step.on) step = candidate.steps[step.on.step];
  if (step && 'module' in step.on) {
    const path = step.on.path.filter((name) => name !== 'default');
    names.push(...(path.length > 0 ? path : [moduleName(step.on.module)]));
  }
  return names.join('.');
}

function writeTest(test: ProvenTest, title: string, { style, imports, asserts, scene }: EcmascriptFile): string {
  const around = scene.begin(test);
  const { steps } = test.candidate;
  for (const step of steps) if ('module' in step.on) imports.expression(step.on.module, step.on.path);
  const names = nameSteps(steps, imports.taken, 'ecmascript');
  const byStep = new Map<number, Assertion[]>();
  for (const assertion of test.assertions) {
    const step = 'step' in assertion ? assertion.step : steps.length - 1;
    byStep.set(step, [...(byStep.get(step) ?? []), assertion]);
  }
  const lastNeeded = Math.max(...byStep.keys(), -1);
  const used = new Set([...steps.flatMap(stepsUsed), ...test.assertions.flatMap(stepsNamed)]);
  const lines: string[] = [];
  const recorded = recordedCallbacks(test, lines);
  const literals: LiteralNames = {
    step: (index) => names[index]!,
    imported: (module, path) => imports.expression(module, path),
    callback: (id) => recorded.get(id),
    file: (name, text) => scene.makeFile(name, text),
    plain: style.plainSyntax === true,
  };
  const holders = nameMutated(test, lines, literals);
  // Further lines are indented with the test's body.
  const write = (value: Value): string => ecmascriptLiteral(value, literals);
  const context = { write, names, holders, recorded, test, imports, scene };
  let isAsync = false;
  for (const [index, step] of steps.entries()) {
    if (index > lastNeeded) break;
    const seen = test.seen.steps[index]!;
    if (seen.outcome === 'skipped') continue;
    const awaited = seen.awaited === true;
    isAsync ||= awaited;
    const expression = stepExpression(step, index, context);
    if (awaited && step.op === 'collect' && seen.outcome === 'returned') {
      lines.push(`const ${names[index]} = [];`, `for await (const item of ${expression}) ${names[index]}.push(item);`);
      lines.push('', ...(byStep.get(index) ?? []).flatMap((assertion) => asserts.check(assertion, context)));
      continue;
    }
    const mine = byStep.get(index) ?? [];
    // A look that nothing comes of, unless it changed something.
    const isIdle = step.op === 'get' && seen.outcome === 'returned' && seen.after === undefined;
    if (isIdle && mine.length === 0 && !used.has(index)) continue;
    const throws = mine.find((assertion) => assertion.kind === 'throws');
    if (throws) lines.push(...asserts.throws(expression, throws, awaited, context));
    else if (seen.outcome === 'threw') {
      // What it does to later steps is what the test is about.
      lines.push(...asserts.throwsAnything(expression, awaited));
    } else if (used.has(index)) lines.push(`const ${names[index]} = ${awaited ? 'await ' : ''}${expression};`);
    else lines.push(`${awaited ? 'await ' : ''}${expression};`);
    const checks = mine
      .filter((assertion) => assertion !== throws)
      .flatMap((assertion) => asserts.check(assertion, context));
    if (checks.length > 0) lines.push('', ...checks, ...(index < lastNeeded ? [''] : []));
  }
  const body = lines
    .join('\n')
    .replace(/^\n+/, '')
    .replaceAll(/\n{3,}/g, '\n\n');
  const fixes = asserts.fix(test.fixes, SEEN_TIME, style);
  const argument = fixes.usesContext || around.usesContext ? 't' : '';
  const text = [...fixes.lines, ...around.lines, body].join('\n');
  return `${openTest(title, style, isAsync, argument)}\n${indentLines(text, 4)}\n${closeTest(style)}\n`;
}

export interface WriteContext {
  write(value: Value): string;
  readonly names: readonly string[];
  /** `step place` → variable that holds an argument whose later state is asserted. */
  readonly holders: ReadonlyMap<string, string>;
  readonly recorded: ReadonlyMap<number, string>;
  readonly test: ProvenTest;
  readonly imports: EcmascriptImports;
  readonly scene: EcmascriptScene;
}

function stepsNamed(assertion: Assertion): number[] {
  switch (assertion.kind) {
    case 'throws':
    case 'calls':
    case 'asked':
    case 'output':
      return [];
    case 'state':
      return [];
    case 'same':
      return [assertion.step, assertion.other];
    default:
      return [assertion.step];
  }
}

function stepExpression(step: Step, index: number, { write, names, holders, imports, test }: WriteContext): string {
  const target = imports.place(step.on, (i) => names[i]!);
  if (step.op === 'get' || step.op === 'await') return target;
  if (step.op === 'collect') return test.seen.steps[index]!.awaited ? target : `[...${target}]`;
  const values = (step.with ?? []).map((value, place) => holders.get(`${index} ${place}`) ?? write(value));
  if (step.op === 'set') return `${target} = ${values[0] ?? 'undefined'}`;
  const flat = values.join(', ');
  return `${step.op === 'new' ? 'new ' : ''}${target}(${flat})`;
}

/** Callbacks whose calls are asserted get an array that records them. */
function recordedCallbacks(test: ProvenTest, lines: string[]): Map<number, string> {
  const recorded = new Map<number, string>();
  const wanted = test.assertions.flatMap((assertion) =>
    assertion.kind === 'calls' ? [Number(assertion.callback)] : [],
  );
  const passed = test.candidate.steps
    .flatMap((step) => step.with ?? [])
    .flatMap((item) => [...valuesIn(item)])
    .filter((value) => isMarked(value))
    .filter((value) => value.$ === 'callback');
  for (const value of passed) {
    const isShared = passed.filter(({ id }) => id === value.id).length > 1;
    if (!(isShared || wanted.includes(value.id)) || recorded.has(value.id)) continue;
    const suffix = recorded.size === 0 ? '' : String(recorded.size + 1);
    if (wanted.includes(value.id)) lines.push(`const calls${suffix} = [];`, recordingCallback(value, suffix));
    else
      lines.push(`const callback${suffix} = ${callbackLiteral(value, (inner) => ecmascriptLiteral(inner, NO_NAMES))};`);
    recorded.set(value.id, `callback${suffix}`);
  }
  return recorded;
}

function recordingCallback(callback: MarkedValue & { $: 'callback' }, suffix: string): string {
  const plain = callbackLiteral(callback, (value) => ecmascriptLiteral(value, NO_NAMES));
  const isEmpty = plain === '() => {}';
  const isAsync = callback.async ? 'async ' : '';
  if (isEmpty) return `const callback${suffix} = (...given) => {\n  calls${suffix}.push(given);\n};`;
  const answer =
    callback.argument !== undefined
      ? `given[${callback.argument}]`
      : callback.returns !== undefined
        ? ecmascriptLiteral(callback.returns, NO_NAMES)
        : `(${plain})(...given)`;
  return `const callback${suffix} = ${isAsync}(...given) => {\n  calls${suffix}.push(given);\n  return ${answer};\n};`;
}

const NO_NAMES: LiteralNames = {
  step: (index) => `step${index}`,
  imported: () => 'undefined',
  callback: () => undefined,
};

/** Arguments that a step changes get a name before it. */
function nameMutated(test: ProvenTest, lines: string[], literals: LiteralNames): Map<string, string> {
  const holders = new Map<string, string>();
  for (const assertion of test.assertions) {
    if (assertion.kind !== 'state' || assertion.of === 'receiver') continue;
    const value = test.candidate.steps[assertion.step]?.with?.[Number(assertion.of)];
    if (value === undefined || (isMarked(value) && value.$ === 'step')) continue;
    const name = holders.size === 0 ? 'input' : `input${holders.size + 1}`;
    holders.set(`${assertion.step} ${assertion.of}`, name);
    lines.push(`const ${name} = ${ecmascriptLiteral(value, literals)};`);
  }
  return holders;
}

function indentLines(text: string, columns: number): string {
  const pad = ' '.repeat(columns);
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : pad + line))
    .join('\n');
}
