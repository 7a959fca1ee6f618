/** `check` and its views over a project with planted violations, by the command line as a user has it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrowel } from './run-trowel.ts';

const copied = (name: string): string =>
  `export function ${name}(rows: readonly { name: string; size: number }[]) {\n  const found = new Map<string, number>();\n  for (const row of rows) {\n    const key = row.name.trim().toLowerCase();\n    const before = found.get(key) ?? 0;\n    if (row.size > 10) found.set(key, before + row.size * 2);\n    else if (row.size < 0) found.set(key, before - row.size);\n    else found.set(key, before + 1);\n  }\n  return [...found].filter(([, size]) => size > 3).sort((a, b) => b[1] - a[1]);\n}\n`;

const files: Readonly<Record<string, string>> = {
  'package.json': '{"name":"planted","private":true,"main":"index.ts"}',
  'index.ts':
    "import { first } from './one';\nimport { second } from './two';\nexport function run(a: number) {\n  a = a;\n  return [first([]), second([])];\n}\n",
  'one.ts': copied('first'),
  'two.ts': `${copied('second')}export const leftOver = 1;\n`,
  'tool.py': 'def Bad_Name(a):\n    if a == None:\n        return 1\n    return a is "x"\n\n\nprint(Bad_Name(1))\n',
};

let folder = '';
let root = '';
const trowel = async (...words: string[]) =>
  runTrowel(words, { cwd: root, environment: { TROWEL_DATA: path.join(folder, 'data') } });
const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
};

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trowel-judge-'));
  root = path.join(folder, 'tree');
  mkdirSync(path.join(root, '.git'), { recursive: true });
  for (const [file, text] of Object.entries(files)) write(file, text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rulesIn = (json: string): string[] =>
  (JSON.parse(json) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);

describe('check', () => {
  it('finds what was planted, fails, and fits on a screen', async () => {
    const json = await trowel('check', '--json');
    expect(json.code).toBe(1);
    expect(new Set(rulesIn(json.out))).toEqual(
      new Set([
        'self-assignment',
        'identity-with-literal',
        'comparison-with-singleton',
        'duplicated-code',
        'unused-export',
      ]),
    );
    const screen = await trowel('check');
    expect(screen.out.split('\n').length).toBeLessThanOrEqual(40);
    expect(screen.out).toContain('self-assignment');
    expect(screen.out).toMatch(/\d+ │ {3}a = a;/);
  });

  it('gives the same answer on another machine', async () => {
    const here = await trowel('check', '--json');
    const there = await runTrowel(['check', '--json'], {
      cwd: root,
      environment: {
        TROWEL_DATA: path.join(folder, 'other'),
        TZ: 'Asia/Tokyo',
        LANG: 'C',
        CI: 'true',
        HOME: '/nonexistent',
      },
    });
    expect(JSON.parse(there.out)).toEqual(JSON.parse(here.out));
  });

  it('takes in SARIF of other tools, without failing by it', async () => {
    const result = {
      ruleId: 'x/y',
      level: 'error',
      message: { text: 'told' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'one.ts' }, region: { startLine: 2 } } }],
    };
    const sarif = path.join(folder, 'other.sarif');
    writeFileSync(
      sarif,
      JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Other' } }, results: [result] }] }),
    );
    const { out } = await trowel('check', '--json', '--import', sarif, '--rule', 'imported');
    const [found] = (JSON.parse(out) as { findings: { message: string; gates: boolean; place: { path: string } }[] })
      .findings;
    expect(found).toMatchObject({ message: 'Other x/y: told', gates: false, place: { path: 'one.ts' } });
    writeFileSync(sarif, '{"no": "runs"}');
    const broken = await trowel('check', '--import', sarif);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('no SARIF file');
  });

  it('ends with 2 where something required is missing, and names it', async () => {
    write('trowel.config.json', '{"check":{"require":["history","ruff"]}}');
    try {
      const { code, out } = await trowel('check');
      expect(code).toBe(2);
      expect(out).toContain('Required and not there: history');
      expect(out).toContain('Required and not there: ruff');
      write('trowel.config.json', '{"check":{"require":["rufff"]}}');
      const unknown = await trowel('check');
      expect(unknown.code).toBe(2);
      expect(unknown.err).toContain('Did you mean ruff?');
    } finally {
      rmSync(path.join(root, 'trowel.config.json'));
    }
  });

  it('ends a rule that never ends, names the file, and keeps what the others find there', async () => {
    write(
      'rules/endless.ts',
      `export const rule = { id: 'team-endless', title: 'Endless', reason: 'It never ends.', category: 'bug', severity: 4, languages: ['python'], references: [], examples: [], tree: { python: () => ({ function_definition: () => { for (;;); } }) } };\n`,
    );
    write('trowel.config.json', '{"check":{"custom":["rules"]}}');
    const { out } = await trowel('check', '--trust-rules', '--json');
    rmSync(path.join(root, 'rules'), { recursive: true });
    rmSync(path.join(root, 'trowel.config.json'));
    const report = JSON.parse(out) as { findings: { place: { path: string } }[]; failures: object[] };
    expect(report.failures).toEqual([{ rule: '*', path: 'tool.py', message: 'it took longer than 20 s' }]);
    expect(new Set(report.findings.map(({ place }) => place.path))).toContain('tool.py');
  }, 120_000);

  it('answers a malformed configuration and a baseline of another version with an error', async () => {
    write('trowel.config.json', '{"check": ');
    expect((await trowel('check')).code).toBe(2);
    rmSync(path.join(root, 'trowel.config.json'));
    write('.trowel/baseline.json', '{"version": 99, "findings": []}');
    const other = await trowel('check');
    expect(other.code).toBe(2);
    expect(other.err).toContain('version 99');
    rmSync(path.join(root, '.trowel'), { recursive: true });
  });
});

describe('the views', () => {
  it('dead, standards and duplicates show their part', async () => {
    const dead = JSON.parse((await trowel('dead', '--json')).out) as { found: { message: string }[] };
    expect(dead.found.map(({ message }) => message).join('\n')).toContain('leftOver');
    expect(new Set(rulesIn((await trowel('standards', '--json')).out))).toEqual(new Set(['comparison-with-singleton']));
    const copies = JSON.parse((await trowel('duplicates', '--json')).out) as {
      total: number;
      classes: { places: unknown[] }[];
    };
    expect([copies.total, copies.classes[0]!.places.length]).toEqual([1, 2]);
    const debt = JSON.parse((await trowel('debt', '--json')).out) as { items: unknown[]; sum: { minutes: number } };
    expect(debt.items.length).toBeGreaterThan(3);
  });

  it('know the baseline: what was accepted is not new', async () => {
    expect((await trowel('check', '--write-baseline')).code).toBe(0);
    expect((await trowel('check')).code).toBe(0);
    const copies = JSON.parse((await trowel('duplicates', '--json', '--new')).out) as {
      total: number;
      accepted: number;
    };
    expect(copies).toMatchObject({ total: 0, accepted: 1 });
    write('three.ts', 'export const more = (a: number) => {\n  a = a;\n  return a;\n};\n');
    const after = await trowel('check', '--new', '--json');
    expect(after.code).toBe(1);
    expect(rulesIn(after.out)).toContain('self-assignment');
    expect(rulesIn(after.out)).not.toContain('duplicated-code');
  });
});
