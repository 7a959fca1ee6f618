/** A program that indexes a tree, measured beside others. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ChildRun, Command } from '../measure/run-child.ts';
import type { Tree } from '../trees/prepare-tree.ts';

export interface Indexed {
  /** What it found, in a few words. Throws when that is nothing. */
  readonly found: string;
  /** On disk. */
  readonly bytes: number;
  readonly more?: Readonly<Record<string, number | string>>;
}

export interface Rival {
  readonly name: string;
  readonly version: string;
  /** What it does of what Trowel does. */
  readonly scope: string;
  readonly timeoutSeconds: number;
  /** From nothing: removes what an earlier run left and says what to run. */
  readonly index: (tree: Tree) => Command;
  readonly indexed: (tree: Tree, run: ChildRun) => Indexed;
  /** Removes what it left. */
  readonly clean: (tree: Tree) => void;
}

export function fileBytes(file: string): number {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(file).reduce((sum, name) => sum + fileBytes(path.join(file, name)), 0);
}
