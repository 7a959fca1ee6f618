import { languageKind } from '#languages/catalogue.ts';
import type { SkippedFile, SkipReason } from '#model/source-file.ts';
import type { ScanResult } from './scan-result.ts';

export interface EmptyExplanation {
  readonly message: string;
  /** Likeliest cause first. */
  readonly reasons: readonly string[];
  readonly hint: string;
}

/**
 * Why a scan found nothing, or nothing to speak of: no file of a programming language, or far fewer than were left out.
 * `later`: files that `readSource` skipped. Undefined: the result stands for itself.
 */
export function explainEmpty(result: ScanResult, later: readonly SkippedFile[] = []): EmptyExplanation | undefined {
  const programs =
    result.files.filter(
      ({ language }) => languageKind(language) === 'programming' || languageKind(language) === 'markup',
    ).length - later.length;
  const skipped = [...result.skipped, ...later];
  const of = (reason: SkipReason, detail?: string): readonly SkippedFile[] =>
    skipped.filter((one) => one.reason === reason && (detail === undefined || one.detail === detail));
  const nested = of('nested-repository');
  const missing = of('submodule-missing');
  if (programs > 0 && !(programs < 5 && nested.length + missing.length > programs)) return undefined;

  const reasons: string[] = [];
  let hint = 'Is this the right folder?';
  const say = (condition: boolean, reason: string, advice: string): void => {
    if (!condition) return;
    if (reasons.length === 0) hint = advice;
    reasons.push(reason);
  };
  const list = (files: readonly SkippedFile[]): string =>
    files
      .slice(0, 3)
      .map(({ path }) => path)
      .join(', ') + (files.length > 3 ? ', …' : '');
  const ignored = of('ignored').filter(({ detail }) => detail === undefined);
  const own = [...of('ignored', '.trowelignore'), ...of('ignored', 'configuration')];
  const lfs = of('git-lfs-pointer');
  const unreadable = of('unreadable');
  const outside = of('symlink-outside');
  const oversize = of('oversize');
  const binary = of('binary');
  const minified = of('minified');
  const isBare = result.files.some(({ path }) => path === 'HEAD') && result.files.some(({ path }) => path === 'config');
  say(
    isBare,
    'This looks like a bare repository or the inside of a .git folder: there is no work tree.',
    'Give its work tree, or its address as file:///path to clone it.',
  );
  say(
    missing.length > 0,
    `${count(missing, 'submodule')} not initialised: ${list(missing)}.`,
    'Run: git submodule update --init --recursive',
  );
  say(
    nested.length > 0,
    `${count(nested, 'independent repository', 'independent repositories')} inside left out: ${list(nested)}.`,
    `Give one of them: ${nested[0]?.path ?? ''}`,
  );
  say(
    result.repository?.sparse === true,
    'This is a sparse checkout, and its files are left out.',
    'Run: git sparse-checkout disable',
  );
  say(
    own.length > 0,
    `${count(own, 'entry', 'entries')} excluded by .trowelignore or the configuration: ${list(own)}.`,
    'Take back a rule there.',
  );
  say(
    ignored.length > 0,
    `${count(ignored, 'entry', 'entries')} ignored by .gitignore: ${list(ignored)}.`,
    'Take a rule back with a line such as !folder/ in .trowelignore.',
  );
  say(lfs.length > 0, `${count(lfs, 'file')} only Git LFS pointers.`, 'Run: git lfs pull');
  say(
    unreadable.length > 0,
    `${count(unreadable, 'entry', 'entries')} could not be read: ${list(unreadable)}.`,
    'Check their permissions.',
  );
  say(
    outside.length > 0,
    `${count(outside, 'link')} leading out of the folder, which are not followed: ${list(outside)}.`,
    `Give the folder itself: ${outside[0]?.detail ?? ''}`,
  );
  say(
    minified.length > 0,
    `${count(minified, 'minified file')} left out.`,
    'Give the sources that they were made from.',
  );
  say(
    oversize.length > 0,
    `${count(oversize, 'file')} above the size limit: ${list(oversize)}.`,
    'Raise the limit in the configuration.',
  );
  say(
    binary.length > 0 && result.files.length === 0,
    `Only binary files here (${binary.length}).`,
    'Is this a build output?',
  );
  const onlyOther = result.files.length > 0;
  say(
    onlyOther,
    `${count(result.files, 'file')} found, but none in a programming language.`,
    'Is this the right folder?',
  );
  say(reasons.length === 0, 'The folder is empty.', 'Is this the right folder?');
  return {
    message: programs <= 0 ? `No source files in ${result.root}.` : `Only ${programs} source files in ${result.root}.`,
    reasons,
    hint,
  };
}

function count(of: readonly unknown[], one: string, many = `${one}s`): string {
  return `${of.length} ${of.length === 1 ? one : many}`;
}
