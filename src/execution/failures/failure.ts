/** Why a program failed, read from how it ended and what it wrote. */
import type { SandboxExit } from '#sandbox/sandbox.ts';

export const failureKinds = [
  'import',
  'attribute',
  'name',
  'type',
  'value',
  'syntax',
  'assertion',
  'permission',
  'network',
  'time',
  'memory',
  'program',
  'limit',
  'run time',
] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface Failure {
  readonly kind: FailureKind;
  /** `ModuleNotFoundError: No module named 'yaml'`. */
  readonly message: string;
  /** The innermost place in the project's own code; a path of the tree where it lies in it. */
  readonly file: string | undefined;
  /** 1-based. */
  readonly line: number | undefined;
  readonly hint: string | undefined;
  /** What an import asked for and did not get; a module of the project itself has none. */
  readonly missing: { readonly ecosystem: 'python' | 'npm'; readonly module: string } | undefined;
}

export interface Ended {
  readonly exit: SandboxExit;
  readonly output: string;
  readonly errors: string;
  /** The tree's root as the program saw it. */
  readonly root: string;
}

export interface RawFailure {
  readonly type: string;
  readonly text: string;
  readonly places: readonly { readonly file: string; readonly line: number }[];
  readonly ecosystem: 'python' | 'npm';
}
