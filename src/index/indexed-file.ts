import type { Connection } from '#stores/sqlite.ts';
import { type FactLevel, factLevels } from '#model/vocabulary.ts';
import { type FileRole, fileRoles, type FileStamp } from '#model/source-file.ts';
import { decodeRuns, encodeRuns, type IdRuns } from './id-runs.ts';

/** A row of `files`. */
export interface IndexedFile {
  readonly id: number;
  readonly path: string;
  readonly rawPath: string | undefined;
  readonly language: string;
  readonly roles: readonly FileRole[];
  readonly level: FactLevel;
  readonly partial: boolean;
  readonly bytes: number;
  readonly codeLines: number;
  readonly commentLines: number;
  readonly blankLines: number;
  readonly hash: string;
  readonly declarations: boolean;
  /** An extractor failed: its facts are not all that the content says, and the next dig tries again. */
  readonly failed: boolean;
  readonly ids: IdRuns;
  readonly unresolved: number;
  /** Hash of the edges that the file gave rise to. */
  readonly edgesHash: number;
  /** What the walk said of language and roles, before the content was read (see `walkedAs`). */
  readonly walked: string;
  readonly stamp: FileStamp;
  /** Changed so shortly before it was read that the same stamp may come to mean other content: hash it again. */
  readonly racy: boolean;
}

function rolesToBits(roles: readonly FileRole[]): number {
  return roles.reduce((bits, role) => bits | (1 << fileRoles.indexOf(role)), 0);
}

export function walkedAs({
  language,
  roles,
}: {
  readonly language: string;
  readonly roles: readonly FileRole[];
}): string {
  return `${language} ${rolesToBits(roles)}`;
}

/** The reverse of `walkedAs`. */
export function fromWalked(walked: string): { readonly language: string; readonly roles: readonly FileRole[] } {
  const [language, bits] = walked.split(' ');
  return { language: language!, roles: rolesFromBits(Number(bits)) };
}

function rolesFromBits(bits: number): readonly FileRole[] {
  return fileRoles.filter((_, index) => (bits & (1 << index)) !== 0);
}

const columns =
  'id, path, raw_path, language, roles, level, partial, bytes, code, comment, blank, hash, declarations, failed, ids, unresolved, edges_hash, walked, size, modified, changed, inode, racy';

type Row = [
  number,
  string,
  string | null,
  string,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  string,
  number,
  number,
  Uint8Array,
  number,
  number,
  string,
  number,
  string,
  string,
  string,
  number,
];

/** All files, by path. */
export function readIndexedFiles(connection: Connection): IndexedFile[] {
  return connection.rows<Row>(`SELECT ${columns} FROM files ORDER BY path`).map((row) => ({
    id: row[0],
    path: row[1],
    rawPath: row[2] ?? undefined,
    language: row[3],
    roles: rolesFromBits(row[4]),
    level: factLevels[row[5]]!,
    partial: row[6] === 1,
    bytes: row[7],
    codeLines: row[8],
    commentLines: row[9],
    blankLines: row[10],
    hash: row[11],
    declarations: row[12] === 1,
    failed: row[13] === 1,
    ids: decodeRuns(row[14]),
    unresolved: row[15],
    edgesHash: row[16],
    walked: row[17],
    stamp: { size: row[18], modified: row[19], changed: row[20], inode: row[21] },
    racy: row[22] === 1,
  }));
}

/** Whether a file's extractor failed. */
export function hasFailedFiles(connection: Connection): boolean {
  return connection.get('SELECT 1 FROM files WHERE failed = 1 LIMIT 1') !== undefined;
}

const marks = columns
  .split(',')
  .map(() => '?')
  .join(', ');

export function writeIndexedFile(connection: Connection, file: IndexedFile): void {
  connection.run(
    `INSERT OR REPLACE INTO files (${columns}) VALUES (${marks})`,
    file.id,
    file.path,
    file.rawPath ?? null,
    file.language,
    rolesToBits(file.roles),
    factLevels.indexOf(file.level),
    file.partial ? 1 : 0,
    file.bytes,
    file.codeLines,
    file.commentLines,
    file.blankLines,
    file.hash,
    file.declarations ? 1 : 0,
    file.failed ? 1 : 0,
    encodeRuns(file.ids),
    file.unresolved,
    file.edgesHash,
    file.walked,
    file.stamp.size,
    file.stamp.modified,
    file.stamp.changed,
    file.stamp.inode,
    file.racy ? 1 : 0,
  );
}
