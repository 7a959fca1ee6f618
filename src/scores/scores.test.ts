import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Severity } from '#model/finding.ts';
import type { QualityReport, TestabilityReport } from '#model/score.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { TreeFixture } from '../../test/incremental/tree-fixture.ts';
import { limitsOf, pointsOver } from './limits.ts';
import { qualityScores } from './quality-scores.ts';
import { symbolScores } from './symbol-scores.ts';
import { testabilityScores } from './testability.ts';

const deep = (levels: number): string =>
  Array.from({ length: levels }, (_, i) => `${'    '.repeat(i + 1)}if a > ${i} and b < ${i}:`).join('\n') +
  `\n${'    '.repeat(levels + 1)}return a\n    return b\n`;

const files: Readonly<Record<string, string>> = {
  'app/tangled.py': `def tangled(a, b):\n${deep(9)}\n\ndef plain(a):\n    return a + 1\n`,
  'app/shop.py': `import time, random, os, sys, requests, subprocess
from pathlib import Path

COUNT = 0
LIMIT = 3


class Clock:
    def now(self):
        return time.time()


class Maths:
    def add(self, a, b):
        return a + b


class Order:
    total = 0

    def __init__(self, clock):
        self.clock = clock
        self.value = 0

    def pure(self, a):
        return a + LIMIT

    def dated(self):
        return time.time()

    def lucky(self):
        return random.random() + random.randint(1, 2)

    def stored(self):
        Path('x').write_text(os.environ['HOME'])

    def sent(self):
        requests.get('http://example.org')

    def ran(self):
        subprocess.run(['true'])

    def counted(self):
        global COUNT
        COUNT += 1

    def asked(self):
        return COUNT + 1

    def made(self):
        clock = Clock()
        return clock.now()

    def added(self):
        maths = Maths()
        return maths.add(1, 2)

    def handed_back(self):
        return Clock()

    def outer(self):
        return self._middle()

    def _middle(self):
        return self._inner()

    def _inner(self):
        return 1


class Busy:
    def __init__(self, path):
        self.lines = open(path).read()
        if path:
            if path > 'a':
                if path > 'b':
                    if path > 'c':
                        self.path = path
`,
  'web/page.ts': `import fs from 'node:fs';
let count = 0;
export class Store { read(path: string) { return fs.readFileSync(path, 'utf8'); } }
export class Page {
  static opened = 0;
  constructor(private readonly store: Store) {}
  given(path: string) { return this.store.read(path); }
  built(path: string) { const store = new Store(); return store.read(path); }
  shown() { document.title = 'x'; return Date.now(); }
  opens() { Page.opened = 1; }
  counts() { count++; }
  asks() { return process.env.HOME; }
  pure(a: number) { return a + 1; }
}
`,
  'bank/Bank.java': `package bank;
import java.nio.file.Files;
import java.nio.file.Path;
public class Bank {
  private static Bank instance;
  public static Bank get() { if (instance == null) instance = new Bank(); return instance; }
  public long when() { return System.currentTimeMillis(); }
  public String load() throws Exception { return Files.readString(Path.of("x")); }
  public int pure(int a) { return a + 1; }
}
`,
  'tests/test_shop.py': 'def test_it():\n    import time\n    assert time.time()\n',
};

let tree: TreeFixture;
let snapshot: Snapshot;
const isScored = ({ roles }: { readonly roles: readonly string[] }): boolean => !roles.includes('test');
const quality = (findings: readonly Finding[]): QualityReport =>
  qualityScores({ snapshot, findings, isScored, name: 'tree' });

beforeAll(async () => {
  tree = new TreeFixture();
  for (const [path, text] of Object.entries(files)) tree.write(path, text);
  ({ snapshot } = await tree.open());
});
afterAll(() => {
  snapshot.close();
  tree.dispose();
});

const finding = fc
  .record({
    path: fc.constantFrom('app/tangled.py', 'app/shop.py', 'web/page.ts', 'tests/test_shop.py'),
    line: fc.integer({ min: 1, max: 40 }),
    severity: fc.constantFrom<Severity[]>(1, 2, 3, 4, 5),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    category: fc.constantFrom('bug', 'smell', 'design', 'duplication'),
    rule: fc.constantFrom('complex-function', 'god-class', 'self-assignment', 'import-cycle'),
    advisory: fc.boolean(),
  })
  .map(({ path, line, ...rest }): Finding => ({
    ...rest,
    category: rest.category as Finding['category'],
    message: `on line ${line}`,
    place: { path, startLine: line, startColumn: 0, endLine: line, endColumn: 1 },
    minutes: 1,
    fingerprint: `${path}${line}${rest.rule}`,
    shape: '',
    role: path.startsWith('tests') ? 'test' : 'source',
  }));

function scoresOf(report: QualityReport): Map<string, number> {
  return new Map(
    [report.repository, ...report.modules, ...report.files, ...report.classes, ...report.functions].map((unit) => [
      `${unit.kind} ${unit.key ?? unit.path}`,
      unit.score,
    ]),
  );
}

describe('one symbol', () => {
  it('has the scores that the reports on the tree give it', () => {
    const found = fc.sample(finding, { numRuns: 12, seed: 1 });
    const whole = quality(found);
    const ease = testabilityScores({ snapshot, isScored, name: 'tree' });
    let compared = 0;
    for (const file of snapshot.files())
      for (const symbol of snapshot.symbolsOf(file.id)) {
        const scores = symbolScores(snapshot, symbol, isScored, found);
        if (!scores) continue;
        const own = ({ key }: { readonly key?: string }): boolean => key === symbol.key;
        const expected = [...whole.functions, ...whole.classes].find(own);
        expect(scores.quality.score, symbol.key).toBe(expected?.score ?? 100);
        const eased = [...ease.functions, ...ease.classes].find(own);
        expect(scores.testability, symbol.key).toEqual({ score: eased?.score ?? 100, reasons: eased?.reasons ?? [] });
        compared++;
      }
    expect(compared).toBeGreaterThan(30);
  });

  it('has none in a test, and no findings where none are known', () => {
    const test = snapshot.symbolsOf(snapshot.fileByPath('tests/test_shop.py')!.id).at(-1)!;
    expect(symbolScores(snapshot, test, isScored, [])).toBeUndefined();
    const [, tangled] = snapshot.symbolsOf(snapshot.fileByPath('app/tangled.py')!.id);
    expect(symbolScores(snapshot, tangled!, isScored, undefined)?.quality).toMatchObject({ hasFindings: false });
  });
});

describe('quality', () => {
  it('is never raised by a finding, anywhere', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), finding, (findings, added) => {
        const before = scoresOf(quality(findings));
        for (const [unit, score] of scoresOf(quality([...findings, added])))
          expect(score).toBeLessThanOrEqual(before.get(unit) ?? 100);
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of findings, and tells where each point is lost', () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), (findings) => {
        const report = quality(findings);
        expect([...scoresOf(quality(findings.toReversed()))]).toEqual([...scoresOf(report)]);
        for (const unit of [
          report.repository,
          ...report.modules,
          ...report.files,
          ...report.classes,
          ...report.functions,
        ]) {
          const lost = Object.values(unit.lost).reduce((sum, points) => sum + points, 0);
          expect(100 - lost).toBeCloseTo(unit.score, 0);
          expect(lost).toBeLessThanOrEqual(100.0001);
        }
        for (const { points, lost, name } of report.files) {
          const own = points.reduce((sum, each) => sum + each.points, 0);
          const parts = [...report.functions, ...report.classes]
            .filter(({ path, name: part, kind }) => path === name && (kind === 'class' || !part.includes('.')))
            .reduce((sum, part) => sum + part.share * sumOf(part.lost), 0);
          if (sumOf(lost) < 99.9) expect(own + parts).toBeCloseTo(sumOf(lost), 5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes points off a tangled function and none off a plain one', () => {
    const { functions, counted } = quality([]);
    expect(functions.map(({ name }) => name)).toContain('tangled');
    expect(functions.map(({ name }) => name)).not.toContain('plain');
    const [first] = functions.find(({ name }) => name === 'tangled')!.points;
    const { cognitive } = limitsOf('python');
    expect(first).toMatchObject({
      aspect: 'complexity',
      source: { metric: 'cognitive complexity', limit: cognitive.from },
    });
    expect(first!.points).toBeCloseTo(pointsOver((first!.source as { value: number }).value, cognitive));
    expect(counted.files).toBe(4);
  });

  it('counts what a rule and a measure both say once', () => {
    const place = { path: 'app/tangled.py', startLine: 1, startColumn: 4, endLine: 1, endColumn: 11 };
    const said = (severity: Severity, rule: string): Finding => ({
      ...{ message: '', place, rule, category: 'smell', severity, confidence: 1, minutes: 1 },
      ...{ fingerprint: rule, shape: '', role: 'source', advisory: false },
    });
    const of = (findings: readonly Finding[]): number =>
      quality(findings).functions.find(({ name }) => name === 'tangled')!.score;
    expect(of([said(2, 'complex-function')])).toBe(of([]));
    expect(of([said(5, 'complex-function')])).toBeLessThan(of([]));
    expect(of([said(2, 'other')])).toBeCloseTo(of([]) - 3, 5);
  });
});

describe('testability', () => {
  let report: TestabilityReport;
  const reasons = (name: string): readonly string[] =>
    [...report.functions, ...report.classes].find((unit) => unit.name === name)?.reasons.map(({ kind }) => kind) ?? [];
  beforeAll(() => {
    report = testabilityScores({ snapshot, isScored, name: 'tree' });
  });

  it.each([
    ['Order.pure', []],
    ['Order.dated', ['time']],
    ['Order.lucky', ['random']],
    ['Order.stored', ['files', 'environment']],
    ['Order.sent', ['network']],
    ['Order.ran', ['process']],
    ['Order.counted', ['global-state']],
    ['Order.asked', ['global-state']],
    ['Order.made', ['built-inside']],
    ['Order.added', ['built-inside']],
    ['Order.handed_back', []],
    ['Order.outer', []],
    ['Order._middle', ['private-depth']],
    ['Order._inner', ['private-depth']],
    ['Busy', ['constructor-work']],
    ['Page.given', []],
    ['Page.built', ['built-inside']],
    ['Page.shown', ['time']],
    ['Page.opens', ['static-state']],
    ['Page.counts', ['global-state']],
    ['Page.asks', ['environment']],
    ['Page.pure', []],
    ['Bank.get', ['static-state']],
    ['Bank.when', ['time']],
    ['Bank.load', ['files']],
    ['Bank.pure', []],
  ])('%s: %j', (name, expected) => {
    expect(reasons(name)).toEqual(expected);
  });

  it('weighs a collaborator with hidden inputs more, and depth by calls', () => {
    const points = (name: string): number => report.functions.find((unit) => unit.name === name)!.reasons[0]!.points;
    expect(points('Order.made')).toBeGreaterThan(points('Order.added'));
    expect(points('Order._inner')).toBeGreaterThan(points('Order._middle'));
  });

  it('names the places', () => {
    const [reason] = report.functions.find(({ name }) => name === 'Bank.when')!.reasons;
    expect(reason).toMatchObject({ because: 'depends on the clock (System.currentTimeMillis)', lines: [7] });
  });
});

const sumOf = (lost: Readonly<Record<string, number>>): number =>
  Object.values(lost).reduce((sum, points) => sum + points, 0);
