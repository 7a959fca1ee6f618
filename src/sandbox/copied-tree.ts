/** For runners that have no overlay: a copy of the tree, with places for what commands write besides. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { TrowelError } from '#base/errors.ts';
import { folderBytes } from './folder-bytes.ts';
import { makeSandboxFolder, removeFolder } from './sandbox-folder.ts';
import type { SandboxRequest } from './sandbox.ts';

export interface CopiedTree {
  /** Of the host, as it is. */
  readonly original: string;
  /** Holds all that follows. */
  readonly folder: string;
  readonly tree: string;
  readonly home: string;
  readonly temporary: string;
  /** Bytes that were added since the copy was made. */
  writtenBytes(): Promise<number>;
  remove(): Promise<void>;
}

/** Lets another user of this machine have a folder with all that is in it; for root alone. Never through a link. */
export async function giveTo(folder: string, user: number): Promise<void> {
  await promisify(execFile)('chown', ['-hR', `${user}:${user}`, '--', folder]);
}

/** Blocks are shared with the original where the file system can. */
const copyWords: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['-a', '--reflink=auto'],
  darwin: ['-Rpc'],
};

export async function copyTree(request: SandboxRequest, signal?: AbortSignal): Promise<CopiedTree> {
  const { folder, tree: original } = await makeSandboxFolder(request);
  const [tree, home, temporary] = ['tree', 'home', 'tmp'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  try {
    await Promise.all([home, temporary].map((name) => mkdir(name)));
    await promisify(execFile)('cp', [...(copyWords[process.platform] ?? ['-Rp']), '--', original, tree], { signal });
    const atFirst = await folderBytes([folder]);
    return {
      original,
      folder,
      tree,
      home,
      temporary,
      writtenBytes: async () => Math.max(0, (await folderBytes([folder])) - atFirst),
      remove: () => removeFolder(folder),
    };
  } catch (cause) {
    await removeFolder(folder);
    if (signal?.aborted) throw new TrowelError('cancelled', 'Stopped.', { cause });
    throw new TrowelError('sandbox-failed', `${original} could not be copied.`, {
      hint: 'Is there room for a copy in the data folder? --data-folder chooses another.',
      cause,
    });
  }
}
