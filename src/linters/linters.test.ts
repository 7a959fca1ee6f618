import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LinterProject } from './linter.ts';
import { linterNames, loadLinter } from './registry.ts';

const outputs: Readonly<Record<string, { code: number; output: string; errors: string; expected: readonly string[] }>> =
  {
    eslint: {
      code: 1,
      output: `note before\n${JSON.stringify([{ filePath: '/t/a.js', messages: [{ ruleId: 'eqeqeq', severity: 2, message: 'no', line: 3, column: 9, endLine: 3, endColumn: 11 }] }])}`,
      errors: '',
      expected: ['/t/a.js:3:8-3:10 eqeqeq no 3'],
    },
    oxlint: {
      code: 1,
      output: JSON.stringify({
        diagnostics: [
          {
            message: 'no',
            code: 'eslint(eqeqeq)',
            severity: 'error',
            filename: 'a.js',
            labels: [{ span: { offset: 1, length: 2, line: 3, column: 9 } }],
          },
        ],
      }),
      errors: '',
      expected: ['a.js:3:8-3:10 eslint(eqeqeq) no 3'],
    },
    biome: {
      code: 1,
      output: '::warning title=lint/x,file=a.js,line=3,endLine=3,col=9,endColumn=11::no%0Areally\n',
      errors: '',
      expected: ['a.js:3:8-3:10 lint/x no really 2'],
    },
    ruff: {
      code: 0,
      output: JSON.stringify([
        {
          code: 'F821',
          filename: '/t/b.py',
          message: 'no',
          location: { row: 3, column: 9 },
          end_location: { row: 3, column: 11 },
        },
      ]),
      errors: '',
      expected: ['/t/b.py:3:8-3:10 F821 no 4'],
    },
    prettier: {
      code: 1,
      output: 'a.js\n',
      errors: '',
      expected: ['a.js:1:0-1:0  The file is not laid out as prettier would lay it out. 1'],
    },
    black: {
      code: 1,
      output: '',
      errors: 'would reformat b.py\n1 file would be reformatted.\n',
      expected: ['b.py:1:0-1:0  The file is not laid out as black would lay it out. 1'],
    },
    gofmt: {
      code: 0,
      output: 'c.go\n',
      errors: '',
      expected: ['c.go:1:0-1:0  The file is not laid out as gofmt would lay it out. 1'],
    },
    'clang-format': {
      code: 1,
      output: '',
      errors:
        './d.c:3:9: warning: code should be clang-formatted [-Wclang-format-violations]\n./d.c:4:1: warning: code should be clang-formatted [x]\n',
      expected: ['./d.c:3:8-3:9  The file is not laid out as clang-format would lay it out, from here on. 1'],
    },
    checkstyle: {
      code: 0,
      output:
        '<?xml version="1.0"?><checkstyle version="10"><file name="/t/A.java"><error line="3" column="9" severity="error" message="a &lt; b" source="com.x.NeedBracesCheck"/></file></checkstyle>',
      errors: '',
      expected: ['/t/A.java:3:8-3:9 NeedBraces a < b 3'],
    },
  };

describe('linters', () => {
  it('are those of the folder', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => !/^(?:linter|registry)\.ts$|\.test\./.test(name));
    expect([...linterNames].sort()).toEqual(files.map((name) => name.replace('.ts', '')).sort());
    expect(Object.keys(outputs).sort()).toEqual([...linterNames].sort());
  });

  it.each(linterNames)('%s is read', async (name) => {
    const { expected, ...output } = outputs[name]!;
    const found = (await loadLinter(name)).read(output);
    expect(
      found.map(
        (one) =>
          `${one.path}:${one.line}:${one.column}-${one.endLine}:${one.endColumn} ${one.rule} ${one.message} ${one.severity}`,
      ),
    ).toEqual(expected);
  });

  it.each(linterNames.filter((name) => !['gofmt', 'clang-format'].includes(name)))(
    '%s that fails says so',
    async (name) => {
      const linter = await loadLinter(name);
      expect(() => linter.read({ code: 2, output: 'boom', errors: 'it broke' })).toThrow();
    },
  );

  it.each(linterNames)('%s is started with words of its own only', async (name) => {
    const hostile: LinterProject = {
      has: () => true,
      find: () => '$(rm -rf).x',
      hasExtension: () => true,
      program: (program) => `/bin/${program}`,
      mentions: () => true,
    };
    const command = (await loadLinter(name)).command(hostile)!;
    expect([command.program, ...command.arguments].join(' ')).not.toContain('rm -rf');
    const bare: LinterProject = { ...hostile, program: () => undefined };
    expect((await loadLinter(name)).command(bare)).toBeUndefined();
  });
});
