/** What Python code reads from outside of itself is stood in for in the tests that are written, in both frameworks' ways. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { gatewayModule } from './effect-modules.ts';
import { proveProject, sandboxes } from './prove-project.ts';

const toolchains = await findToolchains({ tree: os.tmpdir(), environment: process.env, home: os.homedir() });
const hasPytest = ((): boolean => {
  try {
    execFileSync(toolchains.python!.program, ['-c', 'import pytest'], { stdio: 'ignore', cwd: '/' });
    return true;
  } catch {
    return false;
  }
})();
const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-effects-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function textFor(framework: 'pytest' | 'unittest') {
  const root = path.join(folder, framework);
  mkdirSync(root);
  const settings = framework === 'pytest' ? '[tool.pytest.ini_options]\npythonpath = ["."]\n' : '';
  writeFileSync(path.join(root, 'pyproject.toml'), `[project]\nname = "gateway"\nversion = "1"\n${settings}`);
  writeFileSync(path.join(root, 'gateway.py'), gatewayModule);
  const report = await proveProject(root, { secondsPerModule: 24, mostModules: 1 });
  expect(report.files.map((file) => file.framework)).toEqual([framework]);
  expect(report.steadyRuns).toBe(3);
  expect(report.dropped).toEqual([]);
  const { byTests } = report.modules[0]!;
  expect(byTests.functions.reached).toBe(byTests.functions.total);
  return report.files[0]!.text;
}

/** What both frameworks' files hold. */
function expectDoubles(text: string): void {
  expect(text).toMatch(/mock\.Mock\(side_effect=answer_url\((?:404|500), /);
  expect(text).toContain('mock.Mock(side_effect=run_program(1, "", "failed\\n"))');
  expect(text).toContain('popen.call_args_list');
  expect(text).toMatch(/"time\.sleep", lambda seconds=0: None/);
  expect(text).toMatch(/"datetime\.datetime", FixedDatetime/);
  expect(text).toMatch(/"os\.urandom", lambda size/);
  expect(text).toMatch(/"sys\.argv", \["program", /);
  expect(text).toMatch(/"sys\.stdin", io\.StringIO\("/);
  expect(text).toContain('random.seed(0)');
  expect(text).toMatch(/make_file\("notes\./);
  expect(text).toMatch(/pathlib\.Path\(given\)\.read_text\(\)/);
}

describe.skipIf(!sandboxes)('the world outside, in Python', () => {
  test('by unittest', { timeout: 300_000 }, async () => {
    const text = await textFor('unittest');
    expectDoubles(text);
    expect(text).toContain('self.start(mock.patch("gateway.urlopen", urlopen))');
    expect(text).toContain('mock.patch.dict("os.environ", {"DEBUG": "1"}, clear=True)');
    expect(text).toContain('@mock.patch("sys.stdout", new_callable=io.StringIO)');
  });

  test.skipIf(!hasPytest)('by pytest', { timeout: 300_000 }, async () => {
    const text = await textFor('pytest');
    expectDoubles(text);
    expect(text).toContain('monkeypatch.setattr("gateway.urlopen", urlopen)');
    expect(text).toContain('monkeypatch.setenv("DEBUG", "1")');
    expect(text).toContain('capsys.readouterr().out');
  });
});
