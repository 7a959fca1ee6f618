/** Reads one file that scan found, and says what only its content can tell. */
import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { contentHash } from '#base/hash.ts';
import { detectLanguage, HEAD_LENGTH } from '#languages/detect-language.ts';
import type { FileContent, FileRole, SkippedFile, SkipReason, SourceFile } from '#model/source-file.ts';
import { looksBinary } from './binary.ts';
import { hasGeneratedHeader, isMinified } from './content-roles.ts';
import { decodeText } from './decode-text.ts';
import { liesInTests, rolesOfPath } from './file-roles.ts';
import { sameStamp, stampOf } from './file-stamp.ts';
import { absolutePath } from './list-folder.ts';
import { DEFAULT_MAX_BYTES } from './scan-tree.ts';

export type ReadResult =
  /** `file` is the given one with the stamp of what was read, and language and roles as content tells them. */
  | { readonly kind: 'read'; readonly file: SourceFile; readonly content: FileContent }
  | { readonly kind: 'skipped'; readonly skipped: SkippedFile };

const ATTEMPTS = 3;
const LFS_POINTER = 'version https://git-lfs.github.com/spec/v1\n';

export function readSource(root: string, file: SourceFile, maxBytes: number = DEFAULT_MAX_BYTES): ReadResult {
  const skipped = (reason: SkipReason, detail?: string): ReadResult => ({
    kind: 'skipped',
    skipped: { path: file.path, reason, ...(detail !== undefined && { detail }) },
  });
  const read = readStable(root, file, maxBytes);
  if (!('bytes' in read)) return skipped(read.reason, read.detail);
  const { bytes, stat } = read;
  if (bytes.length < 1024 && bytes.toString('latin1', 0, LFS_POINTER.length) === LFS_POINTER)
    return skipped('git-lfs-pointer', 'git lfs pull');
  const decoded = decodeText(bytes);
  if (decoded === undefined || (!decoded.encoding.startsWith('utf-16') && looksBinary(bytes))) return skipped('binary');
  const { text, encoding } = decoded;

  const inTests = file.roles.includes('test') || liesInTests(file.path);
  const byName = detectLanguage(file.path);
  const { language, declarations } = byName.certain ? byName : detectLanguage(file.path, text.slice(0, HEAD_LENGTH));
  if (isMinified(text, language)) return skipped('minified');
  const roles: FileRole[] =
    language === file.language ? [...file.roles] : [...rolesOfPath(file.path, language, declarations, inTests)];
  if (!roles.includes('generated') && !roles.includes('documentation') && hasGeneratedHeader(text))
    roles.push('generated');
  return {
    kind: 'read',
    file: { ...file, language, roles, stamp: stampOf(stat) },
    content: { text, encoding, hash: contentHash(bytes), bytes: bytes.length },
  };
}

type Bytes =
  { readonly bytes: Buffer; readonly stat: BigIntStats } | { readonly reason: SkipReason; readonly detail?: string };

/** The file's bytes as they stood at one moment: stamps before and after must agree. */
function readStable(root: string, file: SourceFile, maxBytes: number): Bytes {
  let descriptor: number;
  try {
    const raw = file.rawPath === undefined ? undefined : Buffer.from(file.rawPath, 'latin1');
    // A link or a pipe may have taken the file's place since the walk: neither is followed nor waited for.
    descriptor = openSync(
      absolutePath(root, { path: file.path, raw }),
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return { reason: 'vanished' };
    if (code === 'ELOOP') return { reason: 'special', detail: 'symlink' };
    return code === 'ENXIO' ? { reason: 'special' } : { reason: 'unreadable', detail: code };
  }
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = fstatSync(descriptor, { bigint: true });
      if (!before.isFile()) return { reason: 'special' };
      if (before.size > BigInt(maxBytes))
        return { reason: 'oversize', detail: `${before.size} bytes, the limit is ${maxBytes}` };
      const bytes = Buffer.allocUnsafe(Number(before.size) + 1);
      let length = 0;
      for (let count = 1; count > 0 && length < bytes.length; length += count)
        count = readSync(descriptor, bytes, length, bytes.length - length, length);
      const after = fstatSync(descriptor, { bigint: true });
      if (BigInt(length) === after.size && sameStamp(stampOf(before), stampOf(after)))
        return { bytes: bytes.subarray(0, length), stat: after };
    }
    return { reason: 'changed-while-read' };
  } catch (error) {
    return { reason: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? String(error) };
  } finally {
    closeSync(descriptor);
  }
}
