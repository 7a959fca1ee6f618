import { readFileSync, statSync } from 'node:fs';
import { TrowelError } from '#base/errors.ts';

/** Larger files are not read for a question about their text. Bytes. */
const LARGEST = 64 * 1024 * 1024;

/** A file that a user named, as text. */
export function readTextFile(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > LARGEST) throw new TrowelError('too-large', `${file} has more than ${LARGEST / 1024 / 1024} MB.`);
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (cause instanceof TrowelError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw new TrowelError('unreadable', `${file} cannot be read (${code ?? String(cause)}).`, { cause });
  }
}
