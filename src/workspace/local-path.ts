import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Emit } from '#base/progress.ts';
import { cloneRepository } from '#scan/clone.ts';
import { parseGitAddress } from '#scan/git-address.ts';

export interface PathRequest {
  readonly path?: string | undefined;
  readonly workingFolder: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

/** The folder that a path or a git URL means; a URL is cloned, or its clone brought up to date. What exists here is no URL. */
export async function localPath(
  { path: given, workingFolder, dataFolder, environment, signal }: PathRequest,
  emit: Emit,
): Promise<string | undefined> {
  if (given === undefined || existsSync(path.resolve(workingFolder, given))) return given;
  const address = parseGitAddress(given);
  if (!address) return given;
  const cloned = await cloneRepository({ address, dataFolder, environment }, emit, signal);
  if (!cloned.fresh)
    emit({ type: 'warning', message: 'The remote could not be asked: this is the state of the last time.' });
  return cloned.folder;
}
