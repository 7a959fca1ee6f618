import type { SandboxLimits } from './sandbox.ts';

const mebibyte = 1024 ** 2;

/** What a command may use where nobody says otherwise: enough for a test suite, far less than a machine has. */
export const defaultLimits: SandboxLimits = {
  wallMilliseconds: 120_000,
  memoryBytes: 2048 * mebibyte,
  processes: 1024,
  diskBytes: 1024 * mebibyte,
  outputBytes: 32 * mebibyte,
  openFiles: 4096,
};

export function mergeLimits(base: SandboxLimits, overrides: Partial<SandboxLimits> | undefined): SandboxLimits {
  return overrides === undefined ? base : { ...base, ...overrides };
}
