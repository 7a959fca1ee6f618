/** Where code of a repository may run on this machine, and what the other places lack. */
import { loadRunner, protectingRunners } from '#sandbox/registry.ts';
import type { RunnerSettings } from '#sandbox/registry.ts';
import type { MachineCheck } from './machine-report.ts';

/** What is for another system is no news. */
const elsewhere: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['seatbelt'],
  darwin: ['bubblewrap'],
};

export function sandboxChecks(platform: NodeJS.Platform, settings: RunnerSettings): Promise<MachineCheck[]> {
  const names = protectingRunners.filter((name) => !(elsewhere[platform] ?? []).includes(name));
  return Promise.all(
    names.map(async (name): Promise<MachineCheck> => {
      const base = {
        name: `sandbox ${name}`,
        neededFor: 'running code of a repository (one is enough)',
        required: false,
      };
      const found = await (await loadRunner(name, settings)).availability();
      return found.available
        ? { ...base, status: 'ok', found: [found.version, found.walls].filter(Boolean).join('; ') }
        : { ...base, status: 'missing', found: found.reason, hint: found.hint };
    }),
  );
}
