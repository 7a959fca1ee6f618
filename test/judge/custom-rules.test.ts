import { describe, expect, it } from 'vitest';
import { loadCustomRules } from '../../src/judge/custom/load-rules.ts';
import { readRules } from '../../src/judge/custom/read-rules.ts';
import { problemsOf } from './run-rules.ts';

async function found(yaml: string, text: string, language: string): Promise<readonly string[]> {
  const [rule] = await loadCustomRules([{ from: 'rules.yaml', text: yaml, module: undefined }]);
  return (await problemsOf(rule!, text, language)).map(({ message, place }) => `${place.startLine}: ${message}`);
}

const rule = (body: string, languages = '[python]'): string =>
  `rules:\n  - id: own-rule\n    message: "found $X"\n    languages: ${languages}\n    match:\n${body.replace(/^/gm, '      ')}\n`;

describe('rules of a team', () => {
  it('matches code whatever its layout, and says what the holes hold', async () => {
    const yaml = rule('pattern: subprocess.run($X, shell=True)');
    const text = 'subprocess.run(\n    cmd,\n    shell = True,\n)\nsubprocess.run(cmd, shell=False)\n';
    expect(await found(yaml, text, 'python')).toEqual(['1: found cmd']);
  });

  it('holds equal holes to equal code', async () => {
    expect(await found(rule('pattern: $X == $X'), 'a.b == a.b\na == b\n', 'python')).toEqual(['1: found a.b']);
  });

  it('takes any number of arguments for dots', async () => {
    expect(await found(rule('pattern: "f(..., $X)"'), 'f(1)\nf(1, 2, 3)\nf()\ng(1)\n', 'python')).toEqual([
      '1: found 1',
      '2: found 3',
    ]);
  });

  it('knows inside, not and where', async () => {
    const yaml = rule(
      'pattern: open($X)\ninside: "def $F(...): ..."\nnot: open("a")\nwhere:\n  X: "^.b"\nnot-inside: "with $Y: ..."',
    );
    const text = 'open("b")\ndef f():\n    open("b")\n    open("a")\n    open("c")\n';
    expect(await found(yaml, text, 'python')).toEqual(['3: found "b"']);
  });

  it('matches TypeScript, statements and expressions', async () => {
    expect(
      await found(
        rule('any:\n  - console.log($X)\n  - debug($X)', '[typescript]'),
        'if (a) console.log("x");\nconst b = debug(1);\n',
        'typescript',
      ),
    ).toEqual(['1: found "x"', '2: found 1']);
    expect(
      await found(rule('pattern: "if ($X) { ... }"', '[typescript]'), 'if (a) {\n  b();\n  c();\n}\n', 'typescript'),
    ).toEqual(['1: found a']);
  });

  it('maps what it can of other rules, and says what it cannot', async () => {
    const text = `rules:
  - id: py.eval_use
    languages: [py]
    severity: ERROR
    message: no $X
    metadata: { cwe: "CWE-95: Eval" }
    patterns:
      - pattern: eval($X)
      - pattern-not: eval("1")
      - metavariable-regex: { metavariable: $X, regex: "u.*" }
  - id: flow
    mode: taint
    languages: [py]
    severity: ERROR
    message: x
    pattern-sources: [{ pattern: a }]
  - id: hard
    languages: [py]
    severity: ERROR
    message: x
    patterns:
      - pattern: a($X)
      - metavariable-analysis: { analyzer: entropy, metavariable: $X }
`;
    const { rules, notes } = readRules(text, 'x.yml');
    expect(rules.map(({ id, category, severity, references }) => ({ id, category, severity, references }))).toEqual([
      { id: 'py-eval-use', category: 'security', severity: 4, references: ['CWE-95'] },
    ]);
    expect(notes).toEqual([
      'x.yml: flow is left out: mode taint has no counterpart',
      'x.yml: hard is left out: metavariable-analysis has no counterpart',
    ]);
    expect(await found(text, 'eval(user)\neval("1")\neval(x)\n', 'python')).toEqual(['1: no user']);
  });

  it.each([
    ['rules: 3', /expected a list/],
    ['rules: [', /line \d/],
    [rule('pattern: "def ("'), /no code of the language/],
    [rule('pattern: $X\nwhere: { X: "(a+)+\\\\1" }'), /linear time/],
    [rule('patern: a'), /own-rule: match/],
    ['rules:\n  - id: Own\n    message: x\n    languages: [python]\n    match: a', /lower case/],
    [rule('pattern: a', '[klingon]'), /klingon/],
  ])('says what is wrong with %j', async (yaml, message) => {
    await expect(loadCustomRules([{ from: 'rules.yaml', text: yaml, module: undefined }])).rejects.toThrow(message);
  });

  it('takes no exponential time', async () => {
    const yaml = rule('pattern: "f(..., $A, ..., $B, ..., $C, ..., $A)"\nregex: "(a|a)*b"');
    const text = `f(${Array.from({ length: 300 }, (_, i) => `a${i}`).join(', ')})\n`;
    expect(await found(yaml, text, 'python')).toEqual([]);
  });
});
