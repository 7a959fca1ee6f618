/** Every runner by its name, loaded when it is asked for. A test compares this with the folder. */
import { TrowelError } from '#base/errors.ts';
import type { SandboxAvailability, SandboxRunner } from './sandbox.ts';

const runners: Readonly<Record<string, () => Promise<{ readonly runner: SandboxRunner }>>> = {
  bubblewrap: () => import('./bubblewrap/bubblewrap.ts'),
};

/** In the order in which they are tried. */
export const runnerNames: readonly string[] = Object.keys(runners);

export async function loadRunner(name: string): Promise<SandboxRunner> {
  const load = Object.hasOwn(runners, name) ? runners[name] : undefined;
  if (!load)
    throw new TrowelError('usage', `There is no sandbox runner ${name}.`, {
      hint: `Runners are ${runnerNames.join(', ')}.`,
    });
  return (await load()).runner;
}

/** `auto`: the first that is available. Throws `sandbox-unavailable` with what each of them lacks. */
export async function chooseRunner(choice = 'auto'): Promise<SandboxRunner> {
  const names = choice === 'auto' ? runnerNames : [choice];
  const lacking: { readonly name: string; readonly reason: string; readonly hint: string }[] = [];
  for (const name of names) {
    const runner = await loadRunner(name);
    const found: SandboxAvailability = await runner.availability();
    if (found.available) return runner;
    lacking.push({ name, ...found });
  }
  throw new TrowelError(
    'sandbox-unavailable',
    `Code is not run here: ${lacking.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}.`,
    { hint: lacking[0]?.hint ?? 'See trowel doctor.' },
  );
}
