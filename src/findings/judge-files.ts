/** What the rules say of every file: from what is kept where the content is known, else judged now. */
import { throwIfAborted } from '#base/abort.ts';
import { judgeIdentity } from '#base/build-identity.ts';
import { contentHash } from '#base/hash.ts';
import type { Emit } from '#base/progress.ts';
import type { CustomRuleFile } from '#judge/custom/load-rules.ts';
import { type FileJudgement, isJudged, judgeFile, prepareToJudge } from '#judge/judge-file.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { JudgedRole, Rule, RuleMeta } from '#rules/rule.ts';
import type { JudgementStore } from '#stores/judgement-store.ts';
import { judgeInWorkers, type PooledFile } from './judge-pool.ts';
import { rolesOf } from './rule-settings.ts';
import type { TreeMemory } from './tree-memory.ts';

export interface JudgedFileRecord {
  readonly file: FileRecord;
  readonly role: JudgedRole;
  readonly judgement: FileJudgement;
}

export interface JudgeFilesRequest {
  readonly snapshot: Snapshot;
  /** Rules that are asked. */
  readonly rules: readonly Rule[];
  /** Rules that are on somewhere, asked or not: what they have said before holds the answers of those that are asked. */
  readonly allRules: readonly Rule[];
  readonly custom: readonly CustomRuleFile[];
  readonly files: readonly { readonly file: FileRecord; readonly role: JudgedRole }[];
  /** Where judgements are kept between runs; undefined: nowhere. */
  readonly store: JudgementStore | undefined;
  readonly memory: TreeMemory;
  readonly workers: number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Starting workers costs about as much as judging this many bytes. */
const WORTH_WORKERS = 3_000_000;

export async function judgeFiles(request: JudgeFilesRequest): Promise<readonly JudgedFileRecord[]> {
  const { rules, allRules, files, store, memory } = request;
  const rulesFor = byRole(rules);
  const asked = files.filter(({ file, role }) => isJudged(file.language, rulesFor(role)));
  const keys = asked.map(({ file, role }) => `${file.hash}:${file.language}:${role}:${isDeclaration(file)}`);
  const whole = rulesIdentity(allRules, request.custom);
  const own = rules.length === allRules.length ? whole : rulesIdentity(rules, request.custom);
  const judgements: (FileJudgement | undefined)[] = Array.from({ length: asked.length });
  const ids = new Set(rules.map(({ id }) => id));
  const take = (index: number, identity: string, known: FileJudgement | undefined): void => {
    if (known && !judgements[index]) judgements[index] = identity === own ? known : only(known, ids);
  };
  const identities = new Set([whole, own]);
  for (const identity of identities) {
    const known = memory.judgements(identity);
    keys.forEach((key, index) => take(index, identity, known.get(key)));
  }
  for (const identity of store ? identities : []) {
    const unknown = Array.from(asked.keys()).filter((index) => !judgements[index]);
    if (unknown.length === 0) break;
    const kept = store!.judgements(
      identity,
      unknown.map((index) => keys[index]!),
    );
    for (const index of unknown) take(index, identity, parseKept(kept.get(keys[index]!)));
  }
  const missing = Array.from(asked.keys()).filter((index) => !judgements[index]);
  const added: [string, string][] = [];
  let done = 0;
  const onJudged = (index: number, judgement: FileJudgement): void => {
    judgements[index] = judgement;
    if (++done % 64 === 0) request.emit({ type: 'progress', stage: 'judge', done, total: missing.length });
    // What failed is tried again the next time.
    if (store && judgement.failures.length === 0) added.push([keys[index]!, JSON.stringify(judgement)]);
  };
  await judgeMissing(request, asked, missing, rulesFor, onJudged);
  if (store && added.length > 0) {
    store.keep(own, added);
    store.prune(new Set(request.snapshot.files().map(({ hash }) => hash)), [whole, own]);
  }
  memory.prune(request.snapshot);
  const remembered = memory.judgements(own);
  return asked.flatMap(({ file, role }, index) => {
    const judgement = judgements[index];
    if (judgement && judgement.failures.length === 0) remembered.set(keys[index]!, judgement);
    return judgement ? [{ file, role, judgement }] : [];
  });
}

function byRole(rules: readonly Rule[]): (role: JudgedRole) => readonly Rule[] {
  const known = new Map<JudgedRole, readonly Rule[]>();
  return (role) => {
    let own = known.get(role);
    if (!own) known.set(role, (own = rules.filter((rule) => rolesOf(rule).includes(role))));
    return own;
  };
}

/** What some of the rules said, of what more of them did. */
function only({ problems, notes, failures, ...rest }: FileJudgement, rules: ReadonlySet<string>): FileJudgement {
  return {
    ...rest,
    problems: problems.filter(({ rule }) => rules.has(rule)),
    notes: notes.filter(([rule]) => rules.has(rule)),
    failures: failures.filter(({ rule }) => rules.has(rule) || rule === '*'),
  };
}

async function judgeMissing(
  { snapshot, rules, custom, workers, signal }: JudgeFilesRequest,
  asked: JudgeFilesRequest['files'],
  missing: readonly number[],
  rulesFor: (role: JudgedRole) => readonly Rule[],
  onJudged: (index: number, judgement: FileJudgement) => void,
): Promise<void> {
  function* texts(indexes: readonly number[]): Generator<PooledFile> {
    for (const index of indexes) {
      const { file, role } = asked[index]!;
      const text = snapshot.text(file.id);
      if (text !== undefined) yield { index, text, language: file.language, role, isDeclaration: isDeclaration(file) };
    }
  }
  const bytes = missing.reduce((sum, index) => sum + asked[index]!.file.bytes, 0);
  // A program of the repository that does not end can be ended there only.
  const hasPrograms = missing.length > 0 && custom.some(({ module }) => module !== undefined);
  if (hasPrograms || (bytes >= WORTH_WORKERS && workers !== 1)) {
    const settings = { rules: rules.map(({ id }) => id), custom };
    const givenUp = new Map<number, FileJudgement['failures']>();
    const note = (index: number, judgement: FileJudgement): void => {
      if (hasPrograms && judgement.failures.some(({ rule }) => rule === '*')) givenUp.set(index, judgement.failures);
      else onJudged(index, judgement);
    };
    await judgeInWorkers({ files: texts(missing), settings, workers, onJudged: note, signal });
    if (givenUp.size === 0) return;
    // What the others say of the file stands.
    await judgeInWorkers({
      files: texts([...givenUp.keys()]),
      settings: { ...settings, custom: custom.filter(({ module }) => module === undefined) },
      workers,
      onJudged: (index, judgement) =>
        onJudged(index, { ...judgement, failures: [...givenUp.get(index)!, ...judgement.failures] }),
      signal,
    });
    return;
  }
  for (const { index, ...file } of texts(missing)) {
    throwIfAborted(signal);
    await prepareToJudge(file.language);
    onJudged(index, judgeFile(file, rulesFor(file.role)));
  }
}

/** Equal where the same rules, of the same build, would judge. */
export function rulesIdentity(rules: readonly RuleMeta[], custom: readonly CustomRuleFile[]): string {
  const parts = [
    judgeIdentity,
    ...rules.map((rule) => `${rule.id}@${(rule as Rule).version ?? 1}`).sort(),
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
