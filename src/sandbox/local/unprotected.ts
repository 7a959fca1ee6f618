/** A plain process: nothing but a copy of the tree and limits. Only after an explicit `--unsafe`. */
import type { SandboxRunner } from '../sandbox.ts';
import { openLocalSandbox } from './local-sandbox.ts';

export const makeRunner = (): SandboxRunner => ({
  name: 'unprotected',
  availability: async () =>
    process.platform === 'win32'
      ? { available: false, reason: 'Windows has no process groups', hint: 'Use a container, or WSL.' }
      : { available: true, version: 'no protection' },
  open: (request, signal) => openLocalSandbox(request, () => [], signal),
});
