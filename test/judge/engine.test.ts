/** Baseline, fingerprints, suppressions, settings and hostile input, over the engine as `check` uses it. */
import { describe, expect, it } from 'vitest';
import { TrowelError } from '../../src/base/errors.ts';
import { compareWithBaseline, parseBaseline, writeBaseline } from '../../src/judge/baseline.ts';
import { judgeFile, prepareToJudge } from '../../src/judge/judge-file.ts';
import type { Finding } from '../../src/model/finding.ts';
import { builtInRules } from '../../src/rules/registry.ts';
import { defineRule } from '../../src/rules/rule.ts';
import { findingsIn } from './run-rules.ts';

const rules = builtInRules.filter(({ id }) => id === 'identity-with-literal' || id === 'self-assignment');
const bad = 'def f(a):\n    return a is "x"\n';

async function findings(files: Readonly<Record<string, string>>, check?: unknown): Promise<readonly Finding[]> {
  return (await findingsIn(rules, files, { check: check ?? {} })).findings;
}

describe('fingerprints', () => {
  it('survive moves, renames of files, reformatting and code around', async () => {
    const [before] = await findings({ 'a.py': bad });
    const [after] = await findings({
      'deep/in/b.py': `import os\n\n\nclass A:\n    def g(self, a):\n        return (a is\n                'x')\n`,
    });
    expect(after!.place.path).toBe('deep/in/b.py');
    expect(after!.fingerprint).toBe(before!.fingerprint);
  });

  it('differ for other code', async () => {
    const [one, other] = await findings({ 'a.py': 'def f(a, b):\n    return a is "x" or b is "y"\n' });
    expect(one!.fingerprint).not.toBe(other!.fingerprint);
  });
});

describe('the answer', () => {
  it('is the same on another machine: other folder, zone, language and user', async () => {
    const files = {
      'a.py': bad,
      'b/c.py': 'def f(a):\n    a = a\n    return a\n',
      'd.ts': 'export function f(a) {\n  a = a;\n}\n',
    };
    const here = await findings(files);
    const kept = { TZ: process.env['TZ'], LANG: process.env['LANG'], HOME: process.env['HOME'], CI: process.env['CI'] };
    Object.assign(process.env, { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', HOME: '/nonexistent', CI: 'true' });
    try {
      expect(await findings(files)).toEqual(here);
      expect(here).toHaveLength(3);
    } finally {
      for (const [name, value] of Object.entries(kept))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
  });
});

describe('the baseline', () => {
  it('counts: one more of the same is new', async () => {
    const baseline = parseBaseline(writeBaseline(await findings({ 'a.py': bad })), 'baseline.json');
    const now = await findings({ 'a.py': bad, 'b.py': bad });
    const { fresh, known, gone } = compareWithBaseline(now, baseline);
    expect([fresh.length, known.length, gone]).toEqual([1, 1, 0]);
  });

  it('knows what was renamed, and what is gone', async () => {
    const baseline = parseBaseline(writeBaseline(await findings({ 'a.py': bad })), 'baseline.json');
    const renamed = compareWithBaseline(
      await findings({ 'a.py': bad.replaceAll('a', 'value').replace('vvaluelue', 'value') }),
      baseline,
    );
    expect([renamed.fresh.length, renamed.known.length]).toEqual([0, 1]);
    expect(compareWithBaseline([], baseline).gone).toBe(1);
  });

  it('is the same text in whatever order findings come', async () => {
    const now = await findings({ 'a.py': bad, 'b.py': bad.replace('"x"', '1') });
    expect(writeBaseline(now.toReversed())).toBe(writeBaseline(now));
  });

  it.each([
    ['{', /not JSON/],
    ['{"version":99,"findings":[]}', /version 99/],
    ['null', /version/],
    ['{"version":1,"findings":[{"rule":1}]}', /findings\.0/],
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseBaseline(text, 'baseline.json')).toThrow(message);
  });

  it('holds a million findings', () => {
    const [one] = [{ rule: 'a', shape: 's', place: { path: 'a' }, message: 'm' }] as unknown as [Finding];
    const many = Array.from({ length: 1_000_000 }, (_, index): Finding => ({
      ...one,
      fingerprint: String(index % 20_000),
    }));
    const { fresh, known } = compareWithBaseline(many, parseBaseline(writeBaseline(many.slice(0, 400_000)), 'b'));
    expect([fresh.length, known.length]).toEqual([600_000, 400_000]);
  });
});

describe('suppressions', () => {
  const ids = async (text: string): Promise<readonly string[]> =>
    (await findings({ 'a.py': text })).map(({ rule }) => rule).sort();

  it('silence with a reason, on the line or the one before', async () => {
    expect(await ids('def f(a):\n    return a is "x"  # trowel-ignore identity-with-literal: interned\n')).toEqual([]);
    expect(await ids('def f(a):\n    # trowel-ignore identity-with-literal: interned\n    return a is "x"\n')).toEqual(
      [],
    );
  });

  it('without a reason silence nothing, and are told', async () => {
    expect(await ids('def f(a):\n    return a is "x"  # trowel-ignore identity-with-literal\n')).toEqual([
      'identity-with-literal',
      'suppression-without-reason',
    ]);
  });

  it('that silence nothing are told', async () => {
    expect(await ids('def f(a):\n    return a == "x"  # trowel-ignore identity-with-literal: interned\n')).toEqual([
      'useless-suppression',
    ]);
    expect(
      await ids('# trowel-ignore-file self-assignment: generated by hand\ndef f(a):\n    return a is "x"\n'),
    ).toEqual(['identity-with-literal', 'useless-suppression']);
  });

  it('of other tools count for rules that know their names', async () => {
    expect(await ids('def f(a):\n    return a is "x"  # noqa: F632\n')).toEqual([]);
    expect(await ids('def f(a):\n    return a is "x"  # noqa: E501\n')).toEqual(['identity-with-literal']);
  });
});

describe('settings', () => {
  it('turn rules off, on and to another severity, for all or a folder', async () => {
    const files = { 'a.py': bad, 'old/b.py': bad };
    const check = {
      rules: { 'identity-with-literal': 2 },
      folders: [{ paths: ['old/'], rules: { 'identity-with-literal': 'off' } }],
    };
    expect((await findings(files, check)).map(({ place, severity }) => [place.path, severity])).toEqual([['a.py', 2]]);
  });

  it.each([
    [{ rules: { 'identity-with-litteral': 'off' } }, /no rule identity-with-litteral/],
    [{ folders: [{ paths: ['nowhere/'], rules: { 'self-assignment': 'off' } }] }, /no file matches nowhere/],
    [{ layers: [{ name: 'top', paths: ['nowhere/'] }] }, /check\.layers: no file matches nowhere/],
  ])('that match nothing are errors: %j', async (check, message) => {
    await expect(findings({ 'a.py': bad }, check)).rejects.toThrow(message);
    await expect(findings({ 'a.py': bad }, check)).rejects.toBeInstanceOf(TrowelError);
  });

  it('leave tests, generated and vendored files to their own rules', async () => {
    const complex = builtInRules.filter(({ category }) => category === 'smell');
    const long = 'def f(a, b, c, d, e, g, h, i):\n    return a\n';
    const report = await findingsIn(
      complex,
      { 'a.py': long, 'tests/test_a.py': long, 'vendor/b.py': long },
      { check: {} },
    );
    expect(report.findings.map(({ place }) => place.path)).toEqual(['a.py']);
    expect((await findings({ 'vendor/a.py': bad, 'tests/test_a.py': bad })).map(({ place }) => place.path)).toEqual([
      'tests/test_a.py',
    ]);
  });
});

describe('hostile input', () => {
  const throwing = defineRule({
    id: 'throwing',
    title: 'Throws',
    reason: 'For this test.',
    category: 'bug',
    severity: 1,
    references: [],
    languages: ['python', 'typescript'],
    ecmascript: () => ({
      Identifier: () => {
        throw new Error('no');
      },
    }),
    tree: {
      python: () => ({
        identifier: () => {
          throw new Error('no');
        },
      }),
    },
    conclude: () => {
      throw new Error('none');
    },
    examples: [],
  });

  it('a rule that throws is told, and the rest goes on', async () => {
    const { findings: found, failures } = await findingsIn(
      [throwing, ...rules],
      { 'a.py': bad, 'b.ts': 'export const a = 1;\n' },
      { check: {} },
    );
    expect(found.map(({ rule }) => rule)).toEqual(['identity-with-literal']);
    expect(failures.map(({ rule, path }) => `${rule} ${path}`).sort()).toEqual([
      'throwing ',
      'throwing a.py',
      'throwing b.ts',
    ]);
  });

  it('files that parse only in part are judged by what is known, and named', async () => {
    const { findings: found, partialFiles } = await findingsIn(
      rules,
      { 'a.py': `${bad}\ndef (:\n  x x\n`, 'b.ts': 'export function f(a) {\n  a = a;\n}\nconst = ;\n' },
      { check: {} },
    );
    expect(found.map(({ rule }) => rule)).toEqual(['identity-with-literal', 'self-assignment']);
    expect(partialFiles).toEqual(['a.py', 'b.ts']);
  });

  it.each([
    ['typescript', `${'('.repeat(5000)}1${')'.repeat(5000)}`],
    ['typescript', 'a.b'.repeat(20_000)],
    ['javascript', `${'if (a) '.repeat(3000)}b();`],
    ['tsx', '<a>'.repeat(4000)],
    ['python', `${'('.repeat(5000)}1`],
    ['python', `x = ${'not '.repeat(20_000)}y\n`],
    ['html', '<div '.repeat(20_000)],
    ['html', `<a ${'x="'.repeat(20_000)}`],
    ['python', '\0\u2028\ufeff"""'],
  ])('%s: nothing is lost on strange text', async (language, text) => {
    await prepareToJudge(language);
    const judged = judgeFile({ text, language, role: 'source', isDeclaration: false }, builtInRules);
    expect(judged.failures.filter(({ rule }) => rule !== '*')).toEqual([]);
  });
});
