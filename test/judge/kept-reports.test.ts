/** What is kept of a tree's findings is what judging it anew says, and it is not used when something that it rests on changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silent } from '../../src/base/progress.ts';
import { configOf } from '../../src/config/schema.ts';
import { collectFindings, type FindingsReport } from '../../src/findings/collect-findings.ts';
import type { FindingSource } from '../../src/findings/finding-source.ts';
import { source as deadCode } from '../../src/findings/sources/dead-code.ts';
import { source as duplication } from '../../src/findings/sources/duplication.ts';
import { builtInRules } from '../../src/rules/registry.ts';
import type { RuleMeta } from '../../src/rules/rule.ts';
import { type JudgementStore, openJudgementStore } from '../../src/stores/judgement-store.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

const files: Readonly<Record<string, string>> = {
  'package.json':
    '{"name":"a","private":true,"main":"index.ts","dependencies":{"tool":"1.0.0"},"scripts":{"go":"helper"}}',
  'index.ts': "import { one } from './one';\nexport const run = (a: number) => {\n  a = a;\n  return one(a);\n};\n",
  'one.ts': 'export function one(a: number) {\n  return a;\n}\nexport const leftOver = 1;\n',
  'tool.py': 'def load(a):\n    return a is "x"\n\n\nprint(load(1))\n',
  'silent.py':
    'def load(a):\n    return a is "x"  # trowel-ignore identity-with-literal: shown in a course\n\n\nprint(load(1))\n',
};

let folder = '';
let store: JudgementStore;
let tree: TreeFixture;
let calls = 0;
/** Counts how often the tree was really looked at. */
const counting: FindingSource = {
  name: 'counting',
  rules: [{ ...deadCode.rules[0]!, id: 'counting', roles: ['source'] }],
  ofTree: true,
  async find() {
    calls++;
    return [];
  },
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trowel-kept-'));
  store = openJudgementStore(folder)!;
  tree = new TreeFixture();
  for (const [file, text] of Object.entries(files)) tree.write(file, text);
  calls = 0;
});
afterEach(() => {
  store.close();
  tree.dispose();
  rmSync(folder, { recursive: true, force: true });
});

async function check(
  options: {
    kept?: JudgementStore | undefined;
    check?: unknown;
    scope?: string;
    wants?: (rule: RuleMeta) => boolean;
  } = {},
): Promise<FindingsReport> {
  const { snapshot, root } = await tree.open();
  try {
    return await collectFindings({
      snapshot,
      root,
      scope: options.scope ?? '',
      config: configOf({ scan: {}, search: {}, parse: { workers: 1 }, history: {}, check: options.check ?? {} }),
      rules: builtInRules,
      sources: [deadCode, duplication, counting],
      store: 'kept' in options ? options.kept : store,
      wants: options.wants,
      history: async () => undefined,
      emit: silent,
      signal: new AbortController().signal,
    });
  } finally {
    snapshot.close();
  }
}

const comparable = ({ findings, suppressed, judgedFiles, partialFiles, failures }: FindingsReport): unknown => ({
  findings,
  suppressed,
  judgedFiles,
  partialFiles,
  failures,
});

describe('what is kept', () => {
  it('is what judging anew says, and judges nothing', async () => {
    const first = await check();
    const again = await check();
    expect(calls).toBe(1);
    expect(first.findings.length).toBeGreaterThan(3);
    expect(first.suppressed).toHaveLength(1);
    expect(comparable(again)).toEqual(comparable(first));
    expect(comparable(again)).toEqual(comparable(await check({ kept: undefined })));
  });

  it('is not used for another text, another setting, other rules or another part', async () => {
    await check();
    tree.write('one.ts', `${files['one.ts']}export const more = 2;\n`);
    const changed = await check();
    expect(calls).toBe(2);
    expect(comparable(changed)).toEqual(comparable(await check({ kept: undefined })));
    const off = await check({ check: { rules: { 'self-assignment': 'off' } } });
    expect(off.findings.map(({ rule }) => rule)).not.toContain('self-assignment');
    const bugs = await check({ wants: ({ category }) => category === 'bug' });
    expect(bugs.findings.length).toBeGreaterThan(0);
    expect(bugs.findings).toEqual(changed.findings.filter(({ category }) => category === 'bug'));
    const part = await check({ scope: 'index.ts' });
    expect(part.findings).toEqual(changed.findings.filter(({ place }) => place.path === 'index.ts'));
  });

  it('is not used where a file that is not indexed has come or changed', async () => {
    await check();
    tree.write('node_modules/tool/package.json', '{"name":"tool","version":"1.0.0","bin":{"helper":"a.js"}}');
    const installed = await check();
    expect(calls).toBe(2);
    expect(comparable(installed)).toEqual(comparable(await check({ kept: undefined })));
    await check();
    expect(calls).toBe(3);
  });

  it('does not run engines whose rules are not asked', async () => {
    await check({ wants: ({ category }) => category === 'bug' });
    expect(calls).toBe(0);
  });

  it('silences the same with some rules only, and calls no other suppression useless', async () => {
    tree.write('idle.py', 'def f(a):\n    return a  # trowel-ignore self-assignment: none here\n\n\nprint(f(1))\n');
    const useless = (report: FindingsReport): string[] =>
      report.findings.filter(({ rule }) => rule === 'useless-suppression').map(({ place }) => place.path);
    expect(useless(await check())).toEqual(['idle.py']);
    expect(useless(await check({ wants: ({ category }) => category === 'standards' }))).toEqual([]);
    const both = await check({ wants: ({ category }) => category === 'standards' || category === 'bug' });
    expect(useless(both)).toEqual(['idle.py']);
  });
});
