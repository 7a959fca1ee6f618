/** macOS' own sandbox, through `sandbox-exec`. */
import { execFile } from 'node:child_process';
import type { SandboxRunner } from '../sandbox.ts';
import { openLocalSandbox } from './local-sandbox.ts';
import { seatbeltProfile } from './seatbelt-profile.ts';

const PROGRAM = '/usr/bin/sandbox-exec';

export const makeRunner = (): SandboxRunner => ({
  name: 'seatbelt',
  async availability() {
    if (process.platform !== 'darwin')
      return { available: false, reason: 'Seatbelt is for macOS only', hint: 'On Linux, install bubblewrap.' };
    const works = await new Promise<boolean>((resolve) => {
      execFile(PROGRAM, ['-p', '(version 1)(allow default)', '/usr/bin/true'], (error) => resolve(!error));
    });
    return works
      ? { available: true, version: 'sandbox-exec' }
      : {
          available: false,
          reason: 'sandbox-exec does not work',
          hint: 'Inside another sandbox it cannot; use a container.',
        };
  },
  open: (request, signal) =>
    openLocalSandbox(
      request,
      (copy) => [
        PROGRAM,
        '-p',
        seatbeltProfile({ writable: [copy.folder], readable: [copy.folder, ...(request.readable ?? [])] }),
      ],
      signal,
    ),
});
