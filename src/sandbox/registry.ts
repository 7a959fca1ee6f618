/** Every runner by its name, loaded when it is asked for. A test compares this with the folders. */
import { TrowelError } from '#base/errors.ts';
import { auditedRunner } from './audit-log.ts';
import type { SandboxRunner } from './sandbox.ts';

/** What some runners must know of the machine's user. */
export interface RunnerSettings {
  /** Default: empty. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The container runner's image; without it, one that is made here and shows the machine's own programs. */
  readonly image?: string | undefined;
  /** The container runner's socket; without it, the usual places. */
  readonly socket?: string | undefined;
}

type MakeRunner = (settings: RunnerSettings) => SandboxRunner;

const runners: Readonly<Record<string, () => Promise<{ readonly makeRunner: MakeRunner }>>> = {
  bubblewrap: () => import('./bubblewrap/bubblewrap.ts'),
  seatbelt: () => import('./local/seatbelt.ts'),
  container: () => import('./container/container.ts'),
  unprotected: () => import('./local/unprotected.ts'),
};

export const runnerNames: readonly string[] = Object.keys(runners);

/** Those that protect the machine, in the order in which they are tried. */
export const protectingRunners: readonly string[] = runnerNames.filter((name) => name !== 'unprotected');

export async function loadRunner(name: string, settings: RunnerSettings = {}): Promise<SandboxRunner> {
  const load = Object.hasOwn(runners, name) ? runners[name] : undefined;
  if (!load)
    throw new TrowelError('usage', `There is no sandbox runner ${name}.`, {
      hint: `Runners are ${runnerNames.join(', ')}.`,
    });
  return (await load()).makeRunner(settings);
}

/**
 * `auto`: the first that protects and is available. Throws `sandbox-unavailable` with what each of them lacks. `unprotected` is
 * only for those who asked for it with --unsafe: callers see to that.
 */
export async function chooseRunner(choice = 'auto', settings: RunnerSettings = {}): Promise<SandboxRunner> {
  const names = choice === 'auto' ? protectingRunners : [choice];
  const lacking: { readonly name: string; readonly reason: string; readonly hint: string }[] = [];
  for (const name of names) {
    const runner = await loadRunner(name, settings);
    const found = await runner.availability();
    if (found.available) return auditedRunner(runner);
    lacking.push({ name, ...found });
  }
  throw new TrowelError(
    'sandbox-unavailable',
    `Code is not run here: ${lacking.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}.`,
    { hint: lacking[process.platform === 'darwin' ? 1 : 0]?.hint ?? lacking[0]?.hint ?? 'See trowel doctor.' },
  );
}
