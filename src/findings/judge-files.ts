/** What the rules say of every file: from what is kept where the content is known, else judged now. */
import { throwIfAborted } from '#base/abort.ts';
import { judgeIdentity } from '#base/build-identity.ts';
import { contentHash } from '#base/hash.ts';
import type { Emit } from '#base/progress.ts';
import type { CustomRuleFile } from '#judge/custom/load-rules.ts';
import { type FileJudgement, isJudged, judgeFile, prepareToJudge } from '#judge/judge-file.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { JudgedRole, Rule } from '#rules/rule.ts';
import { openJudgementStore } from '#stores/judgement-store.ts';
import { judgeInWorkers, type PooledFile } from './judge-pool.ts';
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
  readonly custom: readonly CustomRuleFile[];
  readonly files: readonly { readonly file: FileRecord; readonly role: JudgedRole }[];
  /** Where judgements are kept; undefined: nowhere. */
  readonly indexFolder: string | undefined;
  readonly workers: number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Starting workers costs about as much as judging this many bytes. */
const WORTH_WORKERS = 3_000_000;

export async function judgeFiles(request: JudgeFilesRequest): Promise<readonly JudgedFileRecord[]> {
  const { rules, files } = request;
  const byRole = new Map<JudgedRole, readonly Rule[]>();
  const rulesFor = (role: JudgedRole): readonly Rule[] => {
    let own = byRole.get(role);
    if (!own) byRole.set(role, (own = rules.filter((rule) => rolesOf(rule).includes(role))));
    return own;
  };
  const asked = files.filter(({ file, role }) => isJudged(file.language, rulesFor(role)));
  // From the sources, a rule changes without anything that could be asked for its identity.
  const store =
    request.indexFolder !== undefined && judgeIdentity !== 'source'
      ? openJudgementStore(request.indexFolder)
      : undefined;
  try {
    const kept = store?.all() ?? new Map<string, string>();
    const identity = rulesIdentity(request);
    const keys = asked.map(
      ({ file, role }) => `${file.hash}:${file.language}:${role}:${isDeclaration(file)}@${identity}`,
    );
    const judgements = keys.map((key) => parseKept(kept.get(key)));
    const missing = judgements.flatMap((judgement, index) => (judgement ? [] : [index]));
    const added: [string, string][] = [];
    let done = 0;
    const onJudged = (index: number, judgement: FileJudgement): void => {
      judgements[index] = judgement;
      if (++done % 64 === 0) request.emit({ type: 'progress', stage: 'judge', done, total: missing.length });
      // What failed is tried again the next time.
      if (store && judgement.failures.length === 0) added.push([keys[index]!, JSON.stringify(judgement)]);
    };
    await judgeMissing(request, asked, missing, rulesFor, onJudged);
    store?.keep(added, new Set(keys));
    return asked.flatMap(({ file, role }, index) => {
      const judgement = judgements[index];
      return judgement ? [{ file, role, judgement }] : [];
    });
  } finally {
    store?.close();
  }
}

async function judgeMissing(
  { snapshot, rules, custom, workers, signal }: JudgeFilesRequest,
  asked: JudgeFilesRequest['files'],
  missing: readonly number[],
  rulesFor: (role: JudgedRole) => readonly Rule[],
  onJudged: (index: number, judgement: FileJudgement) => void,
): Promise<void> {
  function* texts(): Generator<PooledFile> {
    for (const index of missing) {
      const { file, role } = asked[index]!;
      const text = snapshot.text(file.id);
      if (text !== undefined) yield { index, text, language: file.language, role, isDeclaration: isDeclaration(file) };
    }
  }
  const bytes = missing.reduce((sum, index) => sum + asked[index]!.file.bytes, 0);
  if (bytes >= WORTH_WORKERS && workers !== 1) {
    const settings = { rules: rules.map(({ id }) => id), custom };
    await judgeInWorkers({ files: texts(), settings, workers, onJudged, signal });
    return;
  }
  for (const { index, ...file } of texts()) {
    throwIfAborted(signal);
    await prepareToJudge(file.language);
    onJudged(index, judgeFile(file, rulesFor(file.role)));
  }
}

function rulesIdentity({ rules, custom }: JudgeFilesRequest): string {
  const parts = [
    judgeIdentity,
    ...rules.map(({ id, version }) => `${id}@${version ?? 1}`).sort(),
    ...custom.map(({ text }) => text),
  ];
  return contentHash(parts.join('\0'));
}

function isDeclaration({ roles }: FileRecord): boolean {
  return roles.includes('types');
}

function parseKept(text: string | undefined): FileJudgement | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as FileJudgement;
  } catch {
    return undefined;
  }
}
