import type { TestStyle } from '#generate/write/test-file.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Toolchain } from '#sandbox/toolchains/toolchain.ts';
import type { FrameworkRun, StudiedProject } from '../proving-language.ts';

/** Runs test files with the project's framework in the sandbox; titles are `group › test`. */
export async function runEcmascriptTests(
  node: Toolchain,
  sandbox: Sandbox,
  paths: readonly string[],
  style: TestStyle,
  project: StudiedProject,
  seed: number,
): Promise<FrameworkRun> {
  const ordered = seed % 2 === 0 ? paths : paths.toReversed();
  const command = commandFor(style, ordered, project, seed);
  const result = await sandbox.run({
    program: node.program,
    arguments: command,
    environment: { ...node.environment, FORCE_COLOR: '0', CI: '1' },
  });
  if (style.framework === 'vitest')
    return readJson(await textOf(sandbox, VITEST_REPORT), result.output + result.errors);
  return style.framework === 'jest'
    ? readJson(result.output, result.errors)
    : style.framework === 'mocha'
      ? readMocha(result.output, result.errors)
      : readTap(result.output, result.errors);
}

/** Vitest 5 writes its report to a file of its own choice, others to standard output, where code under test may write as well. */
const VITEST_REPORT = '.trowel/vitest.json';

async function textOf(sandbox: Sandbox, file: string): Promise<string> {
  try {
    const text = new TextDecoder().decode(await sandbox.readFile(file));
    await sandbox.writeFile(file, '');
    return text;
  } catch {
    return '';
  }
}

function commandFor(style: TestStyle, paths: readonly string[], project: StudiedProject, seed: number): string[] {
  const script = (name: string, ...tries: string[]): string => {
    for (const one of tries)
      if (project.readText(`node_modules/${name}/${one}`) !== undefined) return `node_modules/${name}/${one}`;
    return `node_modules/${name}/${tries[0]}`;
  };
  switch (style.framework) {
    case 'vitest':
      return [
        script('vitest', 'vitest.mjs'),
        'run',
        '--reporter=json',
        `--outputFile=${VITEST_REPORT}`,
        `--sequence.shuffle`,
        `--sequence.seed=${seed}`,
        ...paths,
      ];
    case 'jest':
      return [
        ...(style.format === 'module' ? ['--experimental-vm-modules'] : []),
        script('jest', 'bin/jest.js'),
        '--json',
        '--randomize',
        `--seed=${seed}`,
        '--runTestsByPath',
        ...paths,
      ];
    case 'mocha':
      return [script('mocha', 'bin/mocha.js', 'bin/mocha'), '--reporter=json', ...paths];
    default:
      return ['--test', '--test-reporter=tap', ...paths];
  }
}

interface JsonReport {
  readonly testResults?: readonly {
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

function readJson(output: string, errors: string): FrameworkRun {
  const report = parseObject<JsonReport>(output);
  if (!report?.testResults) return broken(output, errors);
  const passed = new Set<string>();
  const failed = new Map<string, string>();
  for (const { assertionResults } of report.testResults) {
    for (const { ancestorTitles, title, status, failureMessages } of assertionResults) {
      const name = [...ancestorTitles, title].join(' › ');
      if (status === 'passed') passed.add(name);
      else failed.set(name, reasonOf(failureMessages?.[0] ?? status));
    }
  }
  const message = report.testResults.find(
    ({ message: text, assertionResults }) => assertionResults.length === 0 && text,
  )?.message;
  return { passed, failed, broken: passed.size + failed.size === 0 ? (message ?? errors.slice(0, 600)) : undefined };
}

/** Vitest says of a test that took too long only where it was declared, under a name of its own. */
function reasonOf(message: string): string {
  return message.startsWith('Error: STACK_TRACE_ERROR') ? 'Error: Test timed out.' : message;
}

function readMocha(output: string, errors: string): FrameworkRun {
  type MochaTest = { readonly title: string; readonly fullTitle: string; readonly err?: { readonly message?: string } };
  const report = parseObject<{ readonly passes?: readonly MochaTest[]; readonly failures?: readonly MochaTest[] }>(
    output,
  );
  if (!report?.passes) return broken(output, errors);
  const name = ({ title, fullTitle }: MochaTest): string =>
    `${fullTitle.slice(0, fullTitle.length - title.length).trim()} › ${title}`;
  return {
    passed: new Set(report.passes.map(name)),
    failed: new Map((report.failures ?? []).map((test) => [name(test), test.err?.message ?? 'failed'])),
    broken: undefined,
  };
}

/** Nested TAP of node:test: a subtest's own line is indented by four columns more than its group's. */
function readTap(output: string, errors: string): FrameworkRun {
  const passed = new Set<string>();
  const failed = new Map<string, string>();
  const open: string[] = [];
  let lastFailed: string | undefined;
  for (const line of output.split('\n')) {
    const begun = /^( *)# Subtest: (.*)$/.exec(line);
    if (begun) {
      open.length = begun[1]!.length / 4;
      open.push(unescapeTap(begun[2]!));
      continue;
    }
    const ended = /^( *)(not ok|ok) \d+ - (.*?)(?: # (?:time|SKIP|TODO).*)?$/.exec(line);
    if (ended) {
      const depth = ended[1]!.length / 4;
      const title = [...open.slice(0, depth), unescapeTap(ended[3]!)];
      const name = title.slice(-2).join(' › ');
      lastFailed = undefined;
      if (title.length < 2) {
        if (ended[2] === 'not ok') lastFailed = '';
        continue;
      }
      if (ended[2] === 'ok') passed.add(name);
      else {
        failed.set(name, 'failed');
        lastFailed = name;
      }
      continue;
    }
    const reason = /^\s+error: (.*)$/.exec(line);
    if (reason && lastFailed) failed.set(lastFailed, /^[|>]-?$/.test(reason[1]!) ? '' : reason[1]!);
    else if (lastFailed && failed.get(lastFailed) === '' && line.trim() !== '') failed.set(lastFailed, line.trim());
  }
  return passed.size + failed.size === 0 ? broken(output, errors) : { passed, failed, broken: undefined };
}

function unescapeTap(text: string): string {
  return text.replaceAll(/\\([\\#])/g, '$1');
}

function broken(output: string, errors: string): FrameworkRun {
  const all = `${errors}\n${output}`;
  const reason =
    /\b\w*Error(?: \[\w+\])?: [^\n]*/.exec(all)?.[0] ??
    /(?:Error|error)[^\n]*/.exec(all)?.[0] ??
    `${errors}${output}`.trim().split('\n').slice(-3).join(' ');
  return { passed: new Set(), failed: new Map(), broken: reason.slice(0, 600) || 'The framework said nothing.' };
}

function parseObject<T>(text: string): T | undefined {
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1)) as T;
  } catch {
    return undefined;
  }
}
