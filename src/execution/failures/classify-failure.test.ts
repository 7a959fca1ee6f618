/** What real interpreters write, run here where they are there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { classifyFailure } from './classify-failure.ts';
import type { Failure } from './failure.ts';

const root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'trowel-failures-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function failureOf(program: string, name: string, text: string): Failure | undefined {
  writeFileSync(path.join(root, name), text);
  const { status, stdout, stderr } = spawnSync(program, [path.join(root, name)], { encoding: 'utf8' });
  return classifyFailure({ exit: { kind: 'exited', code: status ?? 1 }, output: stdout, errors: stderr, root });
}

const hasPython = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!hasPython)('Python', () => {
  const cases: readonly (readonly [kind: string, text: string, line: number | undefined])[] = [
    ['import', 'x = 1\nimport no_such_module_here\n', 2],
    ['import', 'from os import no_such_name\n', 1],
    ['attribute', 'def f(x):\n    return x.nothing\nf(3)\n', 2],
    ['name', 'print(undefined_thing)\n', 1],
    ['type', '1 + "a"\n', 1],
    ['value', 'int("x")\n', 1],
    ['value', 'import json\njson.loads("{")\n', 2],
    ['syntax', 'x = 1\ndef f(:\n    pass\n', 2],
    ['syntax', 'def f():\nreturn 1\n', 2],
    ['assertion', 'assert 1 == 2, "no"\n', 1],
    ['permission', 'raise PermissionError(13, "Permission denied", "/x")\n', 1],
    ['memory', 'raise MemoryError\n', 1],
    ['time', 'raise TimeoutError("late")\n', 1],
    ['run time', 'x = [1][5]\n', 1],
    ['run time', 'class Own(Exception): pass\nraise Own("mine")\n', 2],
    ['type', 'try:\n    int("x")\nexcept ValueError as e:\n    raise TypeError("later") from e\n', 4],
  ];
  it.each(cases)('%s: %j', (kind, text, line) => {
    expect(failureOf('python3', 'case.py', text)).toMatchObject({ kind, file: 'case.py', line });
  });

  it('names the module that is missing', () => {
    expect(failureOf('python3', 'case.py', 'import yaml_no_such.deep\n')?.missing).toEqual({
      ecosystem: 'python',
      module: 'yaml_no_such',
    });
  });
});

describe('Node', () => {
  const cases: readonly (readonly [kind: string, name: string, text: string, line: number | undefined])[] = [
    ['import', 'case.cjs', '\nrequire("no-such-package-here");\n', 2],
    ['import', 'case.mjs', 'import "no-such-package-here";\n', undefined],
    ['import', 'case.mjs', 'import { nothing } from "node:fs";\n', undefined],
    ['attribute', 'case.cjs', 'const x = undefined;\nx.y;\n', 2],
    ['name', 'case.cjs', 'undefinedThing();\n', 1],
    ['type', 'case.cjs', 'const f = 1;\nf();\n', 2],
    ['value', 'case.cjs', 'JSON.parse("{");\n', 1],
    ['value', 'case.cjs', 'new Array(-1);\n', 1],
    ['syntax', 'case.cjs', 'const x = 1;\nfunction ( {\n', 2],
    ['assertion', 'case.cjs', 'require("assert").equal(1, 2);\n', 1],
    ['run time', 'case.cjs', 'function f() { f(); }\nf();\n', 1],
    ['run time', 'case.cjs', '\nthrow new Error("mine");\n', 2],
  ];
  it.each(cases)('%s: %s %j', (kind, name, text, line) => {
    const failure = failureOf(process.execPath, name, text);
    expect(failure).toMatchObject({ kind });
    if (line !== undefined) expect(failure).toMatchObject({ file: name, line });
  });

  it('tells a package from a file that is missing', () => {
    expect(failureOf(process.execPath, 'case.mjs', 'import "@some/thing/part.js";\n')?.missing).toEqual({
      ecosystem: 'npm',
      module: '@some/thing',
    });
    const file = failureOf(process.execPath, 'case.cjs', 'require("./nothing");\n');
    expect(file?.missing).toBeUndefined();
    expect(file?.hint).toContain('not there');
  });
});

describe('how it ended', () => {
  const ended = { output: '', errors: '', root };
  it('comes before what it wrote', () => {
    expect(classifyFailure({ ...ended, exit: { kind: 'limit', limit: 'wall' } })).toMatchObject({ kind: 'time' });
    expect(classifyFailure({ ...ended, exit: { kind: 'limit', limit: 'memory' } })).toMatchObject({ kind: 'memory' });
    expect(classifyFailure({ ...ended, exit: { kind: 'limit', limit: 'disk' } })).toMatchObject({ kind: 'limit' });
    expect(classifyFailure({ ...ended, exit: { kind: 'exited', code: 127 } })).toMatchObject({ kind: 'program' });
    expect(classifyFailure({ ...ended, exit: { kind: 'signalled', signal: 'SIGSEGV' } })).toMatchObject({
      kind: 'run time',
      message: 'it was ended by SIGSEGV',
    });
  });

  it('is no failure when all went well, or the user stopped it', () => {
    expect(
      classifyFailure({ ...ended, errors: 'TypeError: shown', exit: { kind: 'exited', code: 0 } }),
    ).toBeUndefined();
    expect(classifyFailure({ ...ended, exit: { kind: 'stopped' } })).toBeUndefined();
  });

  it('is read from plain words of other programs', () => {
    const denied = classifyFailure({
      ...ended,
      errors: 'cp: /etc/x: Permission denied\n',
      exit: { kind: 'exited', code: 1 },
    });
    expect(denied).toMatchObject({ kind: 'permission', message: 'cp: /etc/x: Permission denied' });
    const network = classifyFailure({
      ...ended,
      errors: 'curl: Could not resolve host: a.b\n',
      exit: { kind: 'exited', code: 6 },
    });
    expect(network).toMatchObject({ kind: 'network' });
  });
});
