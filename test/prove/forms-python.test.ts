/** Forms of generated files that need packages from the registry: Hypothesis, pytest-benchmark, doubles of requests and httpx. */
import os from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TestReport } from '#model/test-report.ts';
import type { ProofRequest } from '#prove/prove-tests.ts';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { pythonEnvironment } from '../installed-packages.ts';
import { makeProject, proveProject, sandboxes } from './prove-project.ts';

const runs = `"""Run lengths: aab is 2a1b."""


def encode_runs(text: str) -> str:
    result = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and text[end] == text[at]:
            end += 1
        result.append("%d%s;" % (end - at, text[at]))
        at = end
    return "".join(result)


def decode_runs(code: str) -> str:
    result = []
    at = 0
    while at < len(code):
        end = at
        while code[end] in "0123456789":
            end += 1
        if end == at or code[end + 1 : end + 2] != ";":
            raise ValueError("not a code")
        result.append(code[end] * int(code[at:end]))
        at = end + 2
    return "".join(result)


def slug(title: str) -> str:
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.lower()).split()
    return "-".join(words)
`;

const client = `import httpx
import requests


def title_of(url):
    """The title in a JSON document."""
    try:
        answer = requests.get(url, timeout=5)
    except requests.ConnectionError:
        return "unreachable"
    if answer.status_code == 404:
        return None
    answer.raise_for_status()
    document = answer.json()
    return document.get("name", "untitled") if isinstance(document, dict) else "no object"


def save(url, name):
    session = requests.Session()
    answer = session.post(url, json={"name": name})
    return answer.ok


def length_of(url):
    with httpx.Client() as client:
        answer = client.get(url)
    if answer.is_error:
        return -1
    return len(answer.text)


async def kind_of(url):
    async with httpx.AsyncClient() as client:
        try:
            answer = await client.get(url)
        except httpx.ConnectError:
            return "unreachable"
    return answer.headers["Content-Type"] if answer.status_code == 200 else "failed"
`;

describe.skipIf(!sandboxes)('forms that need packages of Python', () => {
  let installed: string | undefined;
  beforeAll(async () => {
    const environment: NodeJS.ProcessEnv = { ...process.env };
    delete environment['VIRTUAL_ENV'];
    const { python } = await findToolchains({ tree: os.tmpdir(), environment, home: os.homedir() });
    installed = python === undefined ? undefined : pythonEnvironment(python.program);
  }, 600_000);

  async function prove(root: string, more: Partial<ProofRequest> = {}): Promise<TestReport> {
    const environment = { ...process.env, VIRTUAL_ENV: installed };
    const report = await proveProject(root, { environment, ...more });
    expect(report.left).toEqual([]);
    expect(report.dropped).toEqual([]);
    expect(report.steadyRuns).toBe(3);
    return report;
  }

  test.for([
    ['pytest', '[tool.pytest.ini_options]\npythonpath = ["."]\n'],
    ['unittest', ''],
  ] as const)('Hypothesis, by %s', { timeout: 300_000 }, async ([framework, settings], { skip }) => {
    skip(installed === undefined, 'no registry answers');
    const report = await prove(
      makeProject(`hypothesis-${framework}`, {
        'pyproject.toml': `[project]\nname = "runs"\n[dependency-groups]\ntest = ["hypothesis"]\n${settings}`,
        'runs.py': runs,
      }),
    );
    const { text, tests, framework: used } = report.files[0]!;
    expect(used).toBe(framework);
    expect(text).toMatch(/^from hypothesis import example, given, settings, strategies as st$/m);
    expect(text).toMatch(/@given\(text=st\.text\(\)\)/);
    expect(text).toMatch(/decode_runs\(encode_runs\(text\)\)/);
    expect(tests.filter(({ origin }) => origin === 'properties').length).toBeGreaterThanOrEqual(2);
    expect(report.healing.filter(({ helped }) => helped)).toEqual([]);
  });

  test('Hypothesis is declared and not there: loops instead', { timeout: 300_000 }, async () => {
    const root = makeProject('hypothesis-missing', {
      'pyproject.toml': '[project]\nname = "runs"\n[dependency-groups]\ntest = ["hypothesis"]\n',
      'runs.py': runs,
      // Shadows an installed one.
      'hypothesis.py': 'raise ModuleNotFoundError("No module named \'hypothesis\'")\n',
    });
    const report = await proveProject(root, { scope: 'runs.py' });
    expect(report.healing.filter(({ helped }) => helped).map(({ what }) => what)).toEqual([
      'hypothesis is not installed: loops over inputs instead',
    ]);
    expect(report.files[0]!.text).toMatch(/for text in \[/);
    expect(report.steadyRuns).toBe(3);
  });

  test('pytest-benchmark', { timeout: 300_000 }, async ({ skip }) => {
    skip(installed === undefined, 'no registry answers');
    const report = await prove(
      makeProject('benchmarks', {
        'pyproject.toml':
          '[project]\nname = "runs"\n[dependency-groups]\ntest = ["pytest", "pytest-benchmark"]\n[tool.pytest.ini_options]\n',
        'runs.py': runs,
      }),
      { benchmarks: true },
    );
    const bench = report.files.find(({ framework }) => framework === 'pytest-benchmark');
    expect(bench!.path).toBe('benchmarks/bench_runs.py');
    expect(bench!.text).toMatch(/^def test_encode_runs_\w+\(benchmark\):\n {4}benchmark\(encode_runs, /m);
  });

  test('doubles of requests and httpx', { timeout: 300_000 }, async ({ skip }) => {
    skip(installed === undefined, 'no registry answers');
    const report = await prove(
      makeProject('client', {
        'pyproject.toml': '[project]\nname = "client"\ndependencies = ["requests", "httpx"]\n',
        'client.py': client,
      }),
      { secondsPerModule: 20 },
    );
    const { text } = report.files[0]!;
    for (const maker of ['answer_request', 'answer_httpx', 'answer_httpx_later'])
      expect(text).toMatch(new RegExp(`mock\\.Mock\\(side_effect=${maker}\\(\\d+, `));
    const { byTests } = report.modules[0]!;
    expect(byTests.statements.reached).toBe(byTests.statements.total);
  });
});
