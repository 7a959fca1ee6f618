import type { Sandbox } from '#sandbox/sandbox.ts';

/** A sandbox for one piece of work, closed however it ends. */
export async function withSandbox<T>(open: () => Promise<Sandbox>, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const sandbox = await open();
  try {
    return await work(sandbox);
  } finally {
    await sandbox.close();
  }
}
