import type { Clock } from '#base/clock.ts';

/** What operations are given by `main.ts`; each takes only what it uses. */
export interface Services {
  readonly clock: Clock;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder in which the command was given. */
  readonly workingFolder: string;
}
