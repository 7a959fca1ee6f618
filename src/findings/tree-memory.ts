/** What a process that stays remembers of trees from question to question. What it says is what working anew would say. */
import { CopyTree } from '#duplication/copy-tree.ts';

export interface TreeMemory {
  /** Of the product's code, with the settings that hold by default. */
  readonly copies: CopyTree;
}

/** Trees that are remembered; the one that was asked least recently goes. */
const MOST = 4;

const memories = new Map<string, TreeMemory>();

export function memoryOf(root: string): TreeMemory {
  const memory = memories.get(root) ?? { copies: new CopyTree() };
  memories.delete(root);
  memories.set(root, memory);
  if (memories.size > MOST) memories.delete(memories.keys().next().value!);
  return memory;
}
