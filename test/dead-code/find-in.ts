/** What is dead in a small project that is written for the test. */
import type { DeadCode } from '../../src/dead-code/dead-code.ts';
import { deadCodeOf } from '../../src/findings/dead-code-of.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

export type Files = Readonly<Record<string, string>>;

/** Findings of at least this confidence, surest first. */
export async function findIn(files: Files, confidence = 0.8): Promise<DeadCode[]> {
  const tree = new TreeFixture();
  try {
    for (const [name, text] of Object.entries(files)) tree.write(name, text);
    const { snapshot, root } = await tree.open();
    try {
      return (await deadCodeOf(snapshot, root)).filter((each) => each.confidence >= confidence);
    } finally {
      snapshot.close();
    }
  } finally {
    tree.dispose();
  }
}
