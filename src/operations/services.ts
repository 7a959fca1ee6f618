import type { Clock } from '#base/clock.ts';
import type { Folders } from '#base/folders.ts';
import type { ResolvedConfig } from '#config/resolve.ts';
import type { OperationCatalogue } from './operation.ts';

/** What operations are given by `main.ts`; each takes only what it uses. */
export interface Services {
  readonly clock: Clock;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was given. */
  readonly workingFolder: string;
  /** All operations: for those that speak about the others. */
  readonly operations: OperationCatalogue;
  /** Where indexes and configuration lie, with flags, environment and the user's configuration applied. */
  readonly folders: Folders;
  /** The settings that hold for a repository; without its root, those of the user and the environment alone. */
  configFor(root?: string): ResolvedConfig;
}
