import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { chooseRunner, loadRunner, protectingRunners, runnerNames } from './registry.ts';

describe('the registry of runners', () => {
  it('lists every runner that there is a file for', async () => {
    const files = ['bubblewrap/bubblewrap', 'local/seatbelt', 'container/container', 'local/unprotected'];
    for (const file of files) expect(existsSync(path.join(import.meta.dirname, `${file}.ts`)), file).toBe(true);
    expect(runnerNames).toHaveLength(files.length);
    for (const name of runnerNames) expect((await loadRunner(name)).name).toBe(name);
  });

  it('never takes the one that protects nothing by itself', async () => {
    expect(protectingRunners).not.toContain('unprotected');
    const chosen = await chooseRunner('auto', { socket: '/nonexistent' }).catch((error: unknown) => error);
    if (chosen instanceof Error) expect(chosen).toMatchObject({ code: 'sandbox-unavailable' });
    else expect((chosen as { name: string }).name).not.toBe('unprotected');
  });

  it('says what is lacking, and what to do', async () => {
    await expect(chooseRunner('container', { socket: '/nonexistent' })).rejects.toMatchObject({
      code: 'sandbox-unavailable',
      message: expect.stringContaining('container:') as unknown,
      hint: expect.stringContaining('Docker') as unknown,
    });
    await expect(loadRunner('constructor')).rejects.toMatchObject({ code: 'usage' });
  });
});
