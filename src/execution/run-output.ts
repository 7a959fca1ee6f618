import type { AuditEntry } from '#sandbox/audit-log.ts';
import type { SandboxExit } from '#sandbox/sandbox.ts';
import type { Failure } from './failures/failure.ts';
import type { Proposal } from './packages/propose-package.ts';
import type { Target } from './targets.ts';

export type RunOutput =
  | {
      readonly status: 'targets';
      readonly root: string;
      readonly projects: readonly {
        readonly ecosystem: string;
        readonly folder: string;
        readonly name: string | undefined;
        readonly packageManager: string | undefined;
        readonly tools: readonly string[];
        readonly workspace: string | undefined;
      }[];
      readonly toolchains: readonly { readonly language: string; readonly version: string; readonly because: string }[];
      readonly targets: readonly Target[];
    }
  | { readonly status: 'log'; readonly entries: readonly AuditEntry[] }
  | { readonly status: 'refused'; readonly command: readonly string[]; readonly reason: string }
  | RanOutput;

export interface RanOutput {
  readonly status: 'ran';
  readonly command: readonly string[];
  /** Of the tree; '' for its root. */
  readonly folder: string;
  readonly because: string;
  readonly runner: string;
  readonly exit: SandboxExit;
  readonly milliseconds: number;
  /** The last part of what was written. */
  readonly output: string;
  readonly errors: string;
  readonly failure: Failure | undefined;
  /** A package that would bring what is missing. */
  readonly proposal: Proposal | undefined;
  /** Packages that were installed for this run, outside the project. */
  readonly installed: readonly string[];
}
