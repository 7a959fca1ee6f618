/** What a process that stays remembers of trees from question to question. What it says is what working anew would say. */
import { CopyTree } from '#duplication/copy-tree.ts';
import type { FileJudgement } from '#judge/judge-file.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import { DeadCodeFinder } from './dead-code-of.ts';
import { FileVerdicts } from './file-verdicts.ts';

/** Trees that are remembered; the one that was asked least recently goes. */
const MOST_TREES = 4;
/** Questions by other rules or settings whose verdicts are remembered of a tree. */
const MOST_QUESTIONS = 3;

export class TreeMemory {
  /** Of the product's code, with the settings that hold by default. */
  readonly copies = new CopyTree();
  readonly deadCode = new DeadCodeFinder();
  readonly #judgements = new Map<string, Map<string, FileJudgement>>();
  readonly #verdicts = new Map<string, FileVerdicts>();
  readonly #contents = new Map<string, unknown>();

  /** `question`: the rules and settings that verdicts depend on. */
  verdicts(question: string): FileVerdicts {
    return recent(this.#verdicts, question, MOST_QUESTIONS, () => new FileVerdicts());
  }

  /** What rules said, by content. `rules`: those of one identity. */
  judgements(rules: string): Map<string, FileJudgement> {
    return recent(this.#judgements, rules, MOST_QUESTIONS, () => new Map());
  }

  ofContent<Value>({ hash }: FileRecord, what: string, make: () => Value): Value {
    const name = `${hash} ${what}`;
    if (!this.#contents.has(name)) this.#contents.set(name, make());
    return this.#contents.get(name) as Value;
  }

  /** Forgets contents that the tree has no more. */
  prune(snapshot: Snapshot): void {
    const files = snapshot.files();
    const live = new Set(files.map(({ hash }) => hash));
    for (const kept of [...this.#judgements.values(), this.#contents])
      if (kept.size > 4 * files.length + 64)
        for (const name of kept.keys()) if (!live.has(name.slice(0, name.search(/[ :]/)))) kept.delete(name);
  }
}

const memories = new Map<string, TreeMemory>();

export function memoryOf(root: string): TreeMemory {
  return recent(memories, root, MOST_TREES, () => new TreeMemory());
}

function recent<Value>(kept: Map<string, Value>, name: string, most: number, make: () => Value): Value {
  const value = kept.get(name) ?? make();
  kept.delete(name);
  kept.set(name, value);
  if (kept.size > most) kept.delete(kept.keys().next().value!);
  return value;
}
