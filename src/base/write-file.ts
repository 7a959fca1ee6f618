import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from './errors.ts';

/** Writes a file that a user named, whole or not at all; throws a TrowelError that says why not. */
export function writeTextFile(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.${process.pid}.part`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, file);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new TrowelError('disk-full', `The disk is full: ${file} was not written.`, { cause });
    throw new TrowelError('unreadable', `${file} cannot be written (${code ?? String(cause)}).`, {
      hint: 'Name a file in a folder that you may write to.',
      cause,
    });
  }
}
