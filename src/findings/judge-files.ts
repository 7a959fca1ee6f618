/** What the rules say of every file: from what is kept where the content is known, else judged now. */
import { throwIfAborted } from '#base/abort.ts';
import type { Emit } from '#base/progress.ts';
import { type FileJudgement, isJudged, judgeFile, prepareToJudge } from '#judge/judge-file.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { JudgedRole, Rule } from '#rules/rule.ts';
import { rolesOf } from './rule-settings.ts';

export interface JudgedFileRecord {
  readonly file: FileRecord;
  readonly role: JudgedRole;
  readonly judgement: FileJudgement;
}

export interface JudgeFilesRequest {
  readonly snapshot: Snapshot;
  /** Rules that are on somewhere. */
  readonly rules: readonly Rule[];
  readonly files: readonly { readonly file: FileRecord; readonly role: JudgedRole }[];
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export async function judgeFiles(request: JudgeFilesRequest): Promise<readonly JudgedFileRecord[]> {
  const { snapshot, rules, files, emit, signal } = request;
  const judged: JudgedFileRecord[] = [];
  const prepared = new Set<string>();
  const byRole = new Map<JudgedRole, readonly Rule[]>();
  let done = 0;
  for (const { file, role } of files) {
    throwIfAborted(signal);
    if (++done % 64 === 0) emit({ type: 'progress', stage: 'judge', done, total: files.length });
    let own = byRole.get(role);
    if (!own) byRole.set(role, (own = rules.filter((rule) => rolesOf(rule).includes(role))));
    const { language } = file;
    if (own.length === 0 || !isJudged(language, own)) continue;
    const text = snapshot.text(file.id);
    if (text === undefined) continue;
    if (!prepared.has(language)) {
      await prepareToJudge(language);
      prepared.add(language);
    }
    const judgement = judgeFile({ text, language, role, isDeclaration: file.roles.includes('types') }, own);
    judged.push({ file, role, judgement });
  }
  return judged;
}
