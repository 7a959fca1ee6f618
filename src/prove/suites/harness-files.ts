import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { harnessFolder } from '#base/harness-folder.ts';

export interface HarnessFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** The files that run on a target's own Node or Python. */
export async function harnessFiles(language: 'javascript' | 'python'): Promise<readonly HarnessFile[]> {
  const folder = path.join(harnessFolder(), language);
  const names = (await readdir(folder)).filter((name) => /\.(mjs|cjs|py)$/.test(name) && !name.endsWith('.d.mts'));
  return Promise.all(names.map(async (name) => ({ name, content: await readFile(path.join(folder, name)) })));
}
