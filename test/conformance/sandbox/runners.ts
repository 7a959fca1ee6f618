/** The runners that the conformance suite is run on, each with what the machine says of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, it } from 'vitest';
import type { RunnerSettings } from '#sandbox/registry.ts';
import { loadRunner, runnerNames } from '#sandbox/registry.ts';
import type { Sandbox, SandboxRequest, SandboxResult, SandboxRunner } from '#sandbox/sandbox.ts';
import { podmanService } from './podman-service.ts';

export interface Place {
  readonly runner: SandboxRunner;
  /** A small tree of the host with `notes.txt` ("on the host\n") and `folder/inner.txt`. */
  readonly tree: string;
  readonly dataFolder: string;
  /** Beside the tree: nothing in a sandbox may know it. */
  readonly outside: string;
  open(request?: Partial<SandboxRequest>): Promise<Sandbox>;
  /** Closes what was opened and removes the folders. */
  clear(): Promise<void>;
}

export function makePlace(runner: SandboxRunner): Place {
  const outside = mkdtempSync(path.join(os.tmpdir(), 'trowel-sandbox-'));
  const tree = path.join(outside, 'a tree, with: signs');
  mkdirSync(path.join(tree, 'folder'), { recursive: true });
  writeFileSync(path.join(tree, 'notes.txt'), 'on the host\n');
  writeFileSync(path.join(tree, 'folder/inner.txt'), 'inner\n');
  const dataFolder = path.join(outside, 'data');
  const opened: Sandbox[] = [];
  return {
    runner,
    tree,
    dataFolder,
    outside,
    async open(request = {}) {
      const sandbox = await runner.open({ tree, dataFolder, ...request });
      opened.push(sandbox);
      return sandbox;
    },
    async clear() {
      await Promise.all(opened.map((sandbox) => sandbox.close()));
      rmSync(outside, { recursive: true, force: true });
    },
  };
}

export const shell = (sandbox: Sandbox, script: string, limits = {}): Promise<SandboxResult> =>
  sandbox.run({ program: 'sh', arguments: ['-c', script], limits });

export interface Variant {
  readonly name: string;
  readonly settings: RunnerSettings;
  /** Commands are kept from the rest of the machine. */
  readonly isProtecting: boolean;
  /** Undefined where it can be used here. */
  readonly lacks: string | undefined;
}

const podman = await podmanService();
afterAll(() => podman.stop());

const variants: readonly Variant[] = await Promise.all(
  runnerNames.map(async (name): Promise<Variant> => {
    const settings = name === 'container' ? { socket: podman.socket } : {};
    const isProtecting = name !== 'unprotected';
    if (name === 'container' && podman.lacks !== undefined)
      return { name, settings, isProtecting, lacks: podman.lacks };
    const runner = await loadRunner(name, settings);
    const found = await runner.availability();
    const lacks = found.available ? await trial(runner) : found.reason;
    return { name, settings, isProtecting, lacks };
  }),
);

/** An engine that answers may still be unable to run anything, inside another container for example. */
async function trial(runner: SandboxRunner): Promise<string | undefined> {
  const place = makePlace(runner);
  try {
    const { exit, errors } = await shell(await place.open(), 'exit 0');
    return exit.kind === 'exited' && exit.code === 0 ? undefined : `it cannot run a program: ${errors.split('\n')[0]}`;
  } catch (error) {
    return `it cannot run a program: ${String(error).split('\n')[0]}`;
  } finally {
    await place.clear();
  }
}

/** A suite for every runner; skipped, with the reason in its title, where the machine does not have it. */
export function forEachRunner(
  title: string,
  suite: (runner: SandboxRunner, variant: Variant) => void,
  { protectingOnly = false }: { readonly protectingOnly?: boolean } = {},
): void {
  for (const variant of variants.filter(({ isProtecting }) => isProtecting || !protectingOnly)) {
    if (variant.lacks === undefined)
      describe(`${title}: ${variant.name}`, async () => {
        suite(await loadRunner(variant.name, variant.settings), variant);
      });
    else it.skipIf(true)(`${title}: ${variant.name} (not here: ${variant.lacks})`, () => {});
  }
}
