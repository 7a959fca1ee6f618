/** Rules that ask git's history: over a real repository, advisory unless the configuration requires the source. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { silent } from '../../src/base/progress.ts';
import { configOf } from '../../src/config/schema.ts';
import { collectFindings, type FindingsReport } from '../../src/findings/collect-findings.ts';
import { readLog } from '../../src/history/read-log.ts';
import { rule as divergentChange } from '../../src/rules/smell/divergent-change.ts';
import { rule as shotgunSurgery } from '../../src/rules/smell/shotgun-surgery.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

async function check(tree: TreeFixture, required: readonly string[], withHistory = true): Promise<FindingsReport> {
  const { snapshot } = await tree.open();
  try {
    return await collectFindings({
      snapshot,
      root: tree.root,
      scope: '',
      config: configOf({ scan: {}, search: {}, parse: { workers: 1 }, history: {}, check: { require: required } }),
      rules: [shotgunSurgery, divergentChange],
      sources: [],
      history: async () => {
        const read = await readLog({ root: tree.root, maximumCommits: 1000, emit: silent });
        return withHistory && typeof read !== 'string' ? read : undefined;
      },
      emit: silent,
      signal: new AbortController().signal,
    });
  } finally {
    snapshot.close();
  }
}

it('finds what git knows, and gates only where history is required', async () => {
  const tree = new TreeFixture();
  try {
    const git = (...args: readonly string[]): void => {
      const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', '-c', 'commit.gpgsign=false'];
      execFileSync('git', [...identity, ...args], { cwd: tree.root, stdio: 'ignore' });
    };
    git('init', '-q');
    const spread = ['price.py', 'web/cart.py', 'mail/bill.py', 'tax/rate.py', 'admin/list.py'];
    for (let round = 0; round < 9; round++) {
      for (const path of spread) tree.write(path, `value = ${round}\n`);
      tree.write('web/menu.py', `entries = ${round}\n`);
      git('add', '-A');
      git('commit', '-q', '-m', `round ${round}`);
      // Half of the menu's changes are its own.
      tree.write('web/menu.py', `entries = ${round}.5\n`);
      git('commit', '-q', '-a', '-m', `menu ${round}`);
    }
    const { findings, inputs } = await check(tree, []);
    expect(findings.map(({ rule, advisory }) => [rule, advisory])).toEqual([['shotgun-surgery', true]]);
    expect(findings[0]!.message).toContain('Of its 9 changes');
    expect(inputs.some((input) => input.startsWith('18 commits'))).toBe(true);
    expect((await check(tree, ['history'])).findings.map(({ advisory }) => advisory)).toEqual([false]);
    expect((await check(tree, [], false)).findings).toEqual([]);
  } finally {
    tree.dispose();
  }
});
