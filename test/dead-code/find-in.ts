/** What is dead in a small project that is written for the test. */
import { silent } from '../../src/base/progress.ts';
import { configOf } from '../../src/config/schema.ts';
import { collectFindings } from '../../src/findings/collect-findings.ts';
import { deadCodeOf } from '../../src/findings/dead-code-of.ts';
import { deadCodeFindingRule } from '../../src/findings/dead-code-rules.ts';
import { TreeReads } from '../../src/findings/tree-reads.ts';
import { builtInRules } from '../../src/rules/registry.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

export type Files = Readonly<Record<string, string>>;

export interface FoundDead {
  readonly rule: string;
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly confidence: number;
  readonly reason: string;
}

const rules = builtInRules.filter(deadCodeFindingRule);
const check = { rules: Object.fromEntries(rules.filter(({ optIn }) => optIn).map(({ id }) => [id, 'on'])) };
const config = configOf({ scan: {}, search: {}, parse: { workers: 1 }, history: {}, check });

/** All that the engine and the rules say, whatever its confidence. */
export async function findIn(files: Files): Promise<FoundDead[]> {
  const tree = new TreeFixture();
  try {
    for (const [name, text] of Object.entries(files)) tree.write(name, text);
    const { snapshot, root } = await tree.open();
    try {
      const engine = await deadCodeOf(snapshot, new TreeReads(snapshot, root));
      const { findings } = await collectFindings({
        snapshot,
        root,
        scope: '',
        config,
        rules,
        sources: [],
        history: async () => undefined,
        emit: silent,
        signal: new AbortController().signal,
      });
      return [
        ...engine.map(({ rule, name, place, confidence, reason }) => ({
          rule,
          name,
          path: place.path,
          line: place.startLine,
          confidence,
          reason,
        })),
        ...findings.map(({ rule, place, confidence, message }) => ({
          rule,
          name:
            /`([^`]+)`/.exec(message)?.[1] ??
            files[place.path]!.split('\n')[place.startLine - 1]!.slice(place.startColumn),
          path: place.path,
          line: place.startLine,
          confidence,
          reason: message,
        })),
      ];
    } finally {
      snapshot.close();
    }
  } finally {
    tree.dispose();
  }
}
