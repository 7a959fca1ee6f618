import path from 'node:path';
import type { TestStyle } from '#generate/write/test-file.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { Toolchain } from '#sandbox/toolchains/toolchain.ts';
import { propertyLibrary } from './property-library.ts';
import type { FrameworkRun, StudiedFile, StudiedProject, TestPlace } from '../proving-language.ts';

const TEST = /(?:^|\/)test_[^/]*\.py$|_test\.py$/;

/** pytest where the project uses it, else unittest; beside the existing tests, else in `tests/`. */
export function placePythonTests(file: StudiedFile, project: StudiedProject): TestPlace {
  const existing = project.paths.filter((one) => TEST.test(one));
  const declared = project.declared?.tests.map(({ framework }) => framework) ?? [];
  const usesPytest =
    declared.includes('pytest') ||
    existing.some((one) => /^\s*(?:import|from) pytest|^def test_/m.test(project.readText(one) ?? ''));
  const usesUnittest =
    declared.includes('unittest') ||
    existing.some((one) => /^\s*import unittest|^\s*from unittest/m.test(project.readText(one) ?? ''));
  const sample = existing[0];
  const folder =
    sample === undefined ? path.posix.join(project.declared?.folder ?? '', 'tests') : path.posix.dirname(sample);
  const stem = file.path.endsWith('/__init__.py')
    ? path.posix.basename(path.posix.dirname(file.path))
    : path.posix.basename(file.path, '.py');
  const target = path.posix.join(folder === '.' ? '' : folder, `test_${stem.replace(/^_+/, '')}.py`);
  return {
    path: target,
    style: {
      framework: usesPytest && !(usesUnittest && !declared.includes('pytest')) ? 'pytest' : 'unittest',
      format: 'module',
      globals: false,
      typescript: false,
      ...propertyLibrary(project, existing, 'python'),
    },
  };
}

const RUNNER = `
import importlib.util, json, os, random, sys, unittest
paths, seed = json.loads(sys.argv[1]), int(sys.argv[2])
passed, failed, cases = [], {}, []
def flatten(suite):
    for one in suite:
        if isinstance(one, unittest.TestSuite):
            yield from flatten(one)
        else:
            yield one
for number, path in enumerate(paths):
    spec = importlib.util.spec_from_file_location("generated_%d" % number, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    cases.extend(flatten(unittest.defaultTestLoader.loadTestsFromModule(module)))
random.Random(seed).shuffle(cases)
for case in cases:
    result = unittest.TestResult()
    case.run(result)
    name = case.id().split(".")[-1]
    bad = result.errors + result.failures
    if bad:
        failed[name] = bad[0][1].strip().split("\\n")[-1]
    else:
        passed.append(name)
sys.stdout.write("\\n@@" + json.dumps({"passed": passed, "failed": failed}) + "\\n")
`;

const PLUGIN = `
import json, os, random
import pytest
passed, failed = [], {}
def pytest_collection_modifyitems(items):
    random.Random(int(os.environ["TROWEL_SEED"])).shuffle(items)
def pytest_runtest_logreport(report):
    name = report.nodeid.split("::")[-1]
    if report.failed:
        failed[name] = str(report.longrepr).strip().split("\\n")[-1]
    elif report.when == "call":
        passed.append(name)
def pytest_sessionfinish():
    os.write(1, ("\\n@@" + json.dumps({"passed": passed, "failed": failed}) + "\\n").encode())
`;

export async function runPythonTests(
  python: Toolchain,
  roots: readonly string[],
  sandbox: Sandbox,
  paths: readonly string[],
  style: TestStyle,
  seed: number,
): Promise<FrameworkRun> {
  const environment = {
    ...python.environment,
    PYTHONPATH: ['.trowel', ...roots].map((folder) => path.join(sandbox.root, folder)).join(':'),
    PYTHONHASHSEED: String(seed),
    PYTHONDONTWRITEBYTECODE: '1',
    TROWEL_SEED: String(seed),
  };
  const isPytest = style.framework === 'pytest';
  await sandbox.writeFile(
    isPytest ? '.trowel/trowel_order.py' : '.trowel/run_generated.py',
    isPytest ? PLUGIN : RUNNER,
  );
  const words = isPytest
    ? ['-m', 'pytest', '-q', '-p', 'trowel_order', '-p', 'no:cacheprovider', ...paths]
    : ['.trowel/run_generated.py', JSON.stringify(paths), String(seed)];
  const { output, errors } = await sandbox.run({ program: python.program, arguments: words, environment });
  const line = output.split('\n').findLast((one) => one.startsWith('@@'));
  if (line === undefined)
    return {
      passed: new Set(),
      failed: new Map(),
      broken: `${errors}\n${output}`.trim().split('\n').slice(-2).join(' ').slice(0, 600),
    };
  const found = JSON.parse(line.slice(2)) as {
    readonly passed: readonly string[];
    readonly failed: Readonly<Record<string, string>>;
  };
  return { passed: new Set(found.passed), failed: new Map(Object.entries(found.failed)), broken: undefined };
}
