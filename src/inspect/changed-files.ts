import { runGit } from '#base/git.ts';
import { contentHash } from '#base/hash.ts';
import type { ChangedFile } from '#model/changed-file.ts';

/** The files of `diff` (as `diffOf` gives it), with the lines that they had in the commit. */
export async function changedFiles(
  root: string,
  reference: string,
  diff: string,
  signal: AbortSignal,
): Promise<readonly ChangedFile[]> {
  const found: ChangedFile[] = [];
  for (const part of diff.split(/^(?=diff --git )/m)) {
    if (!part.startsWith('diff --git ')) continue;
    const names = namesOf(part);
    if (names.before === undefined && names.after === undefined) continue;
    const hunks = [...part.matchAll(/^@@ -(\d+)(?:,(\d+))? \+/gm)].map(
      ([, first, count]): readonly [number, number] => {
        const from = Number(first);
        const length = count === undefined ? 1 : Number(count);
        return length === 0 ? [from, from + 1] : [from, from + length - 1];
      },
    );
    const hash = names.before === undefined ? undefined : await hashIn(root, reference, names.before, signal);
    found.push({ ...names, hash, lines: hunks.length > 0 ? hunks : undefined });
  }
  return found;
}

/** Of the `---` and `+++` lines; a binary file, a rename or a change of mode has the other header lines only. */
function namesOf(part: string): { readonly before: string | undefined; readonly after: string | undefined } {
  const head = part.split(/^@@ /m)[0]!;
  const name = (pattern: RegExp): string | undefined => {
    const text = pattern.exec(head)?.[1]?.replace(/\t$/, '');
    return text === undefined || text === '/dev/null' ? undefined : text.replace(/^[ab]\//, '');
  };
  if (/^--- /m.test(head)) return { before: name(/^--- (.*)$/m), after: name(/^\+\+\+ (.*)$/m) };
  const from = name(/^rename from (.*)$/m) ?? name(/^copy from (.*)$/m);
  if (from !== undefined) return { before: from, after: name(/^(?:rename|copy) to (.*)$/m) };
  const both = /^diff --git a\/(.*) b\/(.*)$/m.exec(head);
  return {
    before: /^new file/m.test(head) ? undefined : both?.[1],
    after: /^deleted file/m.test(head) ? undefined : both?.[2],
  };
}

async function hashIn(root: string, reference: string, name: string, signal: AbortSignal): Promise<string | undefined> {
  const { exitCode, stdout } = await runGit(['show', `${reference}:./${name}`], { cwd: root, signal });
  return exitCode === 0 ? contentHash(stdout) : undefined;
}
