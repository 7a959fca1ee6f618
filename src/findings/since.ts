/** Which findings a change brought: those of its files that the old files did not have, and those that touch its lines. */
import { TrowelError } from '#base/errors.ts';
import { runGit, withoutFilters } from '#base/git.ts';
import { fingerprintOf } from '#judge/fingerprint.ts';
import { isJudged, judgeFile, prepareToJudge } from '#judge/judge-file.ts';
import type { Finding, FindingPlace } from '#model/finding.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { looksBeyondFile, type Rule } from '#rules/rule.ts';
import { judgedRole } from './judged-role.ts';
import { rolesOf } from './rule-settings.ts';

export interface ChangedFile {
  readonly path: string;
  /** Its path at the commit; undefined for a new file. */
  readonly oldPath: string | undefined;
  /** First and last line of each change, as the file is now. */
  readonly ranges: readonly (readonly [number, number])[];
}

export interface SinceRequest {
  readonly root: string;
  readonly commit: string;
  readonly changed: readonly ChangedFile[];
  readonly snapshot: Snapshot;
  readonly rules: readonly Rule[];
  readonly signal: AbortSignal;
}

export async function findingsSince(findings: readonly Finding[], request: SinceRequest): Promise<readonly Finding[]> {
  const { changed, rules } = request;
  const byPath = new Map(changed.map((file) => [file.path, file]));
  const ofTree = new Set(rules.filter(({ ecmascript, tree }) => ecmascript ?? tree).map(({ id }) => id));
  const concluded = new Set(rules.filter(looksBeyondFile).map(({ id }) => id));
  const touches = ({ path, startLine, endLine }: FindingPlace): boolean =>
    byPath.get(path)?.ranges.some(([first, last]) => startLine <= last && endLine >= first) ?? false;
  const before = new Map<string, Map<string, number>>();
  for (const file of changed)
    if (file.oldPath !== undefined) before.set(file.path, await printsBefore(request, file, file.oldPath));
  return findings.filter((finding) => {
    const { path } = finding.place;
    if (ofTree.has(finding.rule) && !concluded.has(finding.rule)) {
      if (!byPath.has(path)) return false;
      const known = before.get(path)?.get(finding.fingerprint) ?? 0;
      if (known > 0) before.get(path)!.set(finding.fingerprint, known - 1);
      return known === 0;
    }
    return touches(finding.place) || (finding.related ?? []).some(touches);
  });
}

/** How often each finding of the file's own text was there at the commit. */
async function printsBefore(
  { root, commit, snapshot, rules, signal }: SinceRequest,
  { path }: ChangedFile,
  oldPath: string,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const file = snapshot.fileByPath(path);
  const role = file && judgedRole(file);
  if (!file || role === undefined) return counts;
  const own = rules.filter((rule) => rolesOf(rule).includes(role));
  if (!isJudged(file.language, own)) return counts;
  const shown = await runGit(['show', '--no-textconv', `${commit}:./${oldPath}`], {
    cwd: root,
    signal,
    settings: await withoutFilters(root, signal),
  });
  if (shown.exitCode !== 0) return counts;
  await prepareToJudge(file.language);
  const isDeclaration = file.roles.includes('types');
  const text = shown.stdout.toString();
  for (const { rule, identity } of judgeFile({ text, language: file.language, role, isDeclaration }, own).problems) {
    const print = fingerprintOf(rule, identity);
    counts.set(print, (counts.get(print) ?? 0) + 1);
  }
  return counts;
}

export async function resolveCommit(root: string, reference: string, signal: AbortSignal): Promise<string> {
  const commit = await runGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`], {
    cwd: root,
    signal,
  });
  if (commit.exitCode !== 0)
    throw new TrowelError('not-found', `${reference} is no commit of this repository.`, {
      hint: 'Give a branch, a tag or a commit, such as HEAD or main.',
    });
  return commit.stdout.toString().trim();
}

/** What the work tree has changed since the commit, files that git does not know yet included. */
export async function changedSince(root: string, commit: string, signal: AbortSignal): Promise<readonly ChangedFile[]> {
  const settings = await withoutFilters(root, signal);
  const flags = ['--no-ext-diff', '--no-textconv', '--no-color', '--relative', '--find-renames'];
  const [diff, untracked] = await Promise.all([
    runGit(['diff', '-U0', ...flags, commit, '--'], { cwd: root, signal, settings }),
    runGit(['ls-files', '--others', '--exclude-standard', '-z'], { cwd: root, signal, settings }),
  ]);
  if (diff.exitCode !== 0)
    throw new TrowelError('git-failed', `git diff failed: ${diff.stderr.trim().split('\n')[0] ?? ''}`);
  const added = untracked.stdout
    .toString()
    .split('\0')
    .filter((path) => path !== '')
    .map((path): ChangedFile => ({ path, oldPath: undefined, ranges: [[1, Number.MAX_SAFE_INTEGER]] }));
  return [...readChanges(diff.stdout.toString()), ...added];
}

function readChanges(diff: string): readonly ChangedFile[] {
  const files: { path: string; oldPath: string | undefined; ranges: [number, number][] }[] = [];
  let oldPath: string | undefined;
  let current: (typeof files)[number] | undefined;
  let inHunk = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) {
      inHunk = false;
      current = undefined;
    } else if (!inHunk && line.startsWith('--- ')) oldPath = pathOf(line.slice(4), 'a/');
    else if (!inHunk && line.startsWith('rename from ')) oldPath = line.slice(12);
    else if (!inHunk && line.startsWith('rename to '))
      files.push((current = { path: line.slice(10), oldPath, ranges: [] }));
    else if (!inHunk && line.startsWith('+++ ')) {
      const path = pathOf(line.slice(4), 'b/');
      if (path !== undefined && current === undefined) files.push((current = { path, oldPath, ranges: [] }));
    } else if (line.startsWith('@@ ')) {
      inHunk = true;
      const match = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line);
      if (!match || !current) continue;
      const first = Number(match[1]);
      const count = match[2] === undefined ? 1 : Number(match[2]);
      current.ranges.push(count === 0 ? [Math.max(1, first), first + 1] : [first, first + count - 1]);
    }
  }
  return files;
}

function pathOf(text: string, prefix: string): string | undefined {
  const plain = text.replace(/\t$/, '');
  if (plain === '/dev/null') return undefined;
  return plain.startsWith(prefix) ? plain.slice(prefix.length) : plain;
}
