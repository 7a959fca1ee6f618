/** Findings of rules on texts, by the same way that `check` takes. */
import { silent } from '../../src/base/progress.ts';
import { configOf } from '../../src/config/schema.ts';
import { collectFindings, type FindingsReport } from '../../src/findings/collect-findings.ts';
import type { FindingSource } from '../../src/findings/finding-source.ts';
import { judgeFile, prepareToJudge } from '../../src/judge/judge-file.ts';
import type { FileProblem } from '../../src/judge/file-reporter.ts';
import type { HistoryFacts } from '../../src/model/history.ts';
import type { MadeUpHistory, Rule } from '../../src/rules/rule.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

export const extensions: Readonly<Record<string, string>> = {
  python: 'py',
  javascript: 'js',
  jsx: 'jsx',
  typescript: 'ts',
  tsx: 'tsx',
  go: 'go',
  java: 'java',
  html: 'html',
  vue: 'vue',
  svelte: 'svelte',
};

/** What one rule says of one text; a rule that throws fails the test. */
export async function problemsOf(rule: Rule, text: string, language: string): Promise<readonly FileProblem[]> {
  await prepareToJudge(language);
  const judged = judgeFile({ text, language, role: 'source', isDeclaration: false }, [rule]);
  if (judged.failures.length > 0) throw new Error(judged.failures.map(({ message }) => message).join('\n'));
  return judged.problems;
}

export interface FindingsOptions {
  readonly check?: unknown;
  readonly sources?: readonly FindingSource[];
  readonly history?: MadeUpHistory;
}

/** Commits a day apart, oldest first, one line each. */
function historyOf(commits: MadeUpHistory): HistoryFacts {
  const paths = [...new Set(commits.flat())];
  const rows: number[] = [];
  const changes: number[] = [];
  [...commits.keys()].reverse().forEach((day) => {
    rows.push(0, day * 86_400, 0, changes.length / 3, commits[day]!.length);
    for (const path of commits[day]!) changes.push(paths.indexOf(path), 1, 0);
  });
  return {
    head: 'made-up',
    headTime: (commits.length - 1) * 86_400,
    shallow: false,
    truncated: false,
    authors: [{ name: 'a', email: 'a@example.invalid' }],
    hashes: commits.map((_, at) => String(at)),
    subjects: commits.map(() => ''),
    commits: Int32Array.from(rows),
    paths,
    changes: Int32Array.from(changes),
  };
}

/** Findings in a tree of these files. */
export async function findingsIn(
  rules: readonly Rule[],
  files: Readonly<Record<string, string>>,
  options: FindingsOptions = {},
): Promise<FindingsReport> {
  const tree = new TreeFixture();
  try {
    for (const [path, text] of Object.entries(files)) tree.write(path, text);
    const { snapshot } = await tree.open();
    try {
      const turnedOn = Object.fromEntries(rules.filter(({ optIn }) => optIn).map(({ id }) => [id, 'on']));
      const check = options.check ?? { rules: turnedOn };
      return await collectFindings({
        snapshot,
        root: tree.root,
        scope: '',
        config: configOf({ scan: {}, search: {}, parse: { workers: 1 }, history: {}, check }),
        rules,
        sources: options.sources ?? [],
        history: async () => options.history && historyOf(options.history),
        emit: silent,
        signal: new AbortController().signal,
      });
    } finally {
      snapshot.close();
    }
  } finally {
    tree.dispose();
  }
}
