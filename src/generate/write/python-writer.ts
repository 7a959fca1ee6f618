import type { Assertion } from '../keep/assertion.ts';
import type { ProvenTest } from '../keep/proven-test.ts';
import { type SeenStep, type Step, stepsUsed } from '../model/candidate.ts';
import type { Value } from '../model/value.ts';
import { nameTest } from './name-test.ts';
import { PythonImports } from './python-imports.ts';
import { check, raises } from './python-asserts.ts';
import { nameMutated, recordCallbacks } from './python-callbacks.ts';
import { pythonLiteral, type PythonNames } from './python-literal.ts';
import { fileLiteral, PythonHelpers, pythonScene, pytestFile, unittestFile, unittestStart } from './python-scene.ts';
import { stepExpression } from './python-steps.ts';
import { writePythonProperty } from './python-property.ts';
import { nameSteps, snakeCase } from './step-names.ts';
import type { TestFileRequest, WrittenFile, WrittenTest } from './test-file.ts';

/** A file of tests for Python: functions for pytest, a class for unittest. */
export function writePython({
  style,
  modules,
  tests,
  bindings = {},
  head: above = [],
  setup = [],
}: TestFileRequest): WrittenFile {
  const imports = new PythonImports(modules);
  const helpers = new PythonHelpers();
  const isPytest = style.framework === 'pytest';
  const written: WrittenTest[] = [];
  const used = new Set<string>();
  const bodies = [...Map.groupBy(tests, subjectOf).values()].flat().map((test) => {
    const name = freeName(testName(test), used);
    written.push({ test, title: name });
    const { property } = test;
    return property
      ? writePythonProperty({ ...test, property }, name, imports, style)
      : writeTest(test, name, { imports, helpers, bindings, isPytest, oneLoop: style.oneLoop === true });
  });
  const mentions = (word: string): boolean => bodies.some((body) => body.includes(word));
  if (mentions('make_file(')) {
    if (isPytest) helpers.add('make_file', pytestFile);
    else for (const name of ['pathlib', 'tempfile']) imports.whole(name);
  }
  if (mentions('asyncio.run(')) imports.whole('asyncio');
  const needsPytest = isPytest && (mentions('pytest.') || mentions('make_file('));
  if (setup.some((line) => line.startsWith('os.'))) imports.whole('os');
  const definitions = helpers
    .texts()
    .map((text) => `${text}\n\n\n`)
    .join('');
  const lines = imports.lines(isPytest ? [] : ['unittest'], needsPytest ? ['pytest'] : []);
  const first = above.length > 0 ? `${above.join('\n')}\n\n` : '';
  const before = setup.length > 0 ? `\n${setup.join('\n')}\n` : '';
  const head = `${first}${lines.join('\n')}\n${before}\n\n${definitions}`;
  if (isPytest) return { text: `${head}${bodies.join('\n\n')}`, tests: written };
  const methods = [
    ...(mentions('self.start(') ? [unittestStart] : []),
    ...(mentions('make_file(') ? [unittestFile] : []),
  ];
  return {
    text: `${head}class ${className(modules, tests)}(unittest.TestCase):\n${[...methods, ...bodies].join('\n')}\n\nif __name__ == "__main__":\n    unittest.main()\n`,
    tests: written,
  };
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

function subjectOf({ candidate, assertions, property }: ProvenTest): string {
  if (property) {
    const { receiver, path } = property.functions[0]!;
    return [...(receiver?.path ?? []), ...path].join(' ');
  }
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

interface PythonFile {
  readonly imports: PythonImports;
  readonly helpers: PythonHelpers;
  readonly bindings: Readonly<Record<string, readonly string[]>>;
  readonly isPytest: boolean;
  /** Steps share one event loop. */
  readonly oneLoop: boolean;
}

function writeTest(test: ProvenTest, name: string, file: PythonFile): string {
  const { imports, helpers, bindings, isPytest, oneLoop } = file;
  const { steps } = test.candidate;
  for (const step of steps) if ('module' in step.on) imports.expression(step.on.module, step.on.path);
  const names = nameSteps(steps, imports.taken, 'python');
  const { lines: before, doubles } = pythonScene(test, bindings, imports, helpers, isPytest);
  const lines: string[] = [...before];
  const recorded = recordCallbacks(test, lines, imports);
  const literals: PythonNames = {
    step: (index) => names[index]!,
    imported: (module, path) => imports.expression(module, path),
    callback: (id) => recorded.get(id),
    keywords: test.seen.keywords,
    made: (made) => imports.made(made),
    file: (value) => fileLiteral(value, imports, isPytest),
  };
  // Further lines are indented with the test's body.
  const write = (value: Value): string => pythonLiteral(value, literals);
  const holders = nameMutated(test, lines, write);
  const byStep = new Map<number, Assertion[]>();
  for (const assertion of test.assertions) {
    const step = 'step' in assertion ? assertion.step : steps.length - 1;
    byStep.set(step, [...(byStep.get(step) ?? []), assertion]);
  }
  const lastNeeded = Math.max(...byStep.keys(), -1);
  const used = new Set([
    ...steps.flatMap(stepsUsed),
    ...test.assertions.flatMap((assertion) =>
      assertion.kind === 'throws' || assertion.kind === 'state' || !('step' in assertion)
        ? []
        : [assertion.step, ...(assertion.kind === 'same' ? [assertion.other] : [])],
    ),
  ]);
  for (const [index, step] of steps.entries()) {
    if (index > lastNeeded) break;
    const seen = test.seen.steps[index]!;
    if (seen.outcome === 'skipped') continue;
    let expression = stepExpression(step, index, names, holders, write, imports, used.has(index));
    if (seen.awaited) expression = oneLoop ? `await ${expression}` : `asyncio.run(${expression})`;
    const mine = byStep.get(index) ?? [];
    // A look that nothing comes of, unless it changed something.
    if (isIdleLook(step, seen) && mine.length === 0 && !used.has(index)) continue;
    const throws = mine.find((assertion) => assertion.kind === 'throws');
    if (throws || seen.outcome === 'threw') lines.push(...raises(expression, throws, seen.value, imports, isPytest));
    else lines.push(used.has(index) ? `${names[index]} = ${expression}` : expression);
    const checks = mine
      .filter((assertion) => assertion !== throws)
      .flatMap((assertion) => check(assertion, test, { names, holders, recorded, doubles, write, imports, isPytest }));
    if (checks.length > 0) lines.push('', ...checks, ...(index < lastNeeded ? [''] : []));
  }
  const columns = isPytest ? 4 : 8;
  const plain = lines
    .join('\n')
    .replace(/^\n+/, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd();
  const body = oneLoop && plain.includes('await ') ? inOneLoop(plain) : plain;
  const indented = body
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(columns) + line))
    .join('\n');
  const prints = test.assertions.some(({ kind }) => kind === 'output');
  if (isPytest) {
    const fixtures = ['capsys', 'make_file', 'monkeypatch'].filter((fixture) => indented.includes(fixture));
    return `def ${name}(${fixtures.join(', ')}):\n${indented}\n`;
  }
  const decorator = prints
    ? `    @${imports.mock()}.patch("sys.stdout", new_callable=${imports.made('io.StringIO')})\n`
    : '';
  return `${decorator}    def ${name}(self${prints ? ', stdout' : ''}):\n${indented}\n`;
}

/** Locks, queues and tasks belong to the loop in which they were made. */
function inOneLoop(steps: string): string {
  const inner = steps
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
  return `async def scenario():\n${inner}\n\nasyncio.run(scenario())`;
}

function isIdleLook(step: Step, { outcome, after }: SeenStep): boolean {
  return step.op === 'get' && outcome === 'returned' && after === undefined;
}
