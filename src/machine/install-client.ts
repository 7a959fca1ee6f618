/** Adds this server to a client's settings: what would change is told first, and written only when that is confirmed. */
import { chmodSync, copyFileSync, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { writeTextFile } from '#base/write-file.ts';
import { editedSettings } from './edit-client-settings.ts';
import type { ClientSettings } from './mcp-clients.ts';

export interface InstallReport {
  readonly file: string;
  /** Lines with `-` and `+` before them, those around with a blank; empty where nothing has to change. */
  readonly change: readonly string[];
  readonly written: boolean;
  /** Where the file as it was is kept; undefined where there was none. */
  readonly backup: string | undefined;
}

/** `within`: a repository, whose links may not lead the change out of it. */
export function installClient(settings: ClientSettings, confirmed: boolean, within?: string): InstallReport {
  // A link (a folder of dotfiles) stays one: what it leads to is edited.
  const file = realFile(settings.file);
  if (within !== undefined && !file.startsWith(realpathSync(within) + path.sep))
    throw new TrowelError('config-invalid', `${settings.file} leads out of the repository, to ${file}.`, {
      hint: 'Nothing was changed. Put the entry in yourself if that is what you want.',
    });
  const before = existing(file);
  const after = editedSettings(before ?? '', settings);
  const change = before === after ? [] : changedLines(before ?? '', after);
  if (!confirmed || change.length === 0) return { file, change, written: false, backup: undefined };
  const backup = before === undefined ? undefined : freeName(`${file}.before-trowel`);
  if (backup !== undefined) copyFileSync(file, backup);
  const mode = before === undefined ? undefined : statSync(file).mode & 0o777;
  writeTextFile(file, after);
  if (mode !== undefined) chmodSync(file, mode);
  return { file, change, written: true, backup };
}

/** With the links of every folder on the way resolved, whether or not the file is there yet. */
function realFile(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  const folder = path.dirname(file);
  return folder === file ? file : path.join(realFile(folder), path.basename(file));
}

/** Whether a shell would find a program of that name. */
export function isOnPath(name: string, environment: Readonly<Record<string, string | undefined>>): boolean {
  const folders = (environment['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return name.includes(path.sep) ? existsSync(name) : folders.some((folder) => existsSync(path.join(folder, name)));
}

function existing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new TrowelError('unreadable', `${file} cannot be read.`, { cause });
  }
}

function freeName(wanted: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}

/** Lines around the change. */
const AROUND = 2;

function changedLines(before: string, after: string): string[] {
  const old = before === '' ? [] : before.split('\n');
  const now = after.split('\n');
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++;
  const around = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
  return [
    ...around(old.slice(Math.max(0, start - AROUND), start)),
    ...old.slice(start, old.length - end).map((line) => `- ${line}`),
    ...now.slice(start, now.length - end).map((line) => `+ ${line}`),
    ...around(now.slice(now.length - end, now.length - end + AROUND)),
  ];
}
