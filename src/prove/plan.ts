import type { Snapshot } from '#model/snapshot.ts';
import type { StudiedFile } from './proving-language.ts';

export interface PlannedModule {
  readonly path: string;
  readonly score: number;
  /** Most telling first. */
  readonly reasons: readonly string[];
  /** Its part of the time. */
  readonly seconds: number;
}

/** What git knows of a file. */
export interface ModuleHistory {
  readonly commits: number;
  readonly bugFixes: number;
  /** Days from its last change to the newest commit. */
  readonly daysSince: number;
}

/** First and last lines, 1-based, by path. */
export type LineRanges = ReadonlyMap<string, readonly (readonly [number, number])[]>;

/** How easily a module is tested. */
export interface ModuleEase {
  /** 0 to 100. */
  readonly score: number;
  /** What costs most of it: `depends on the clock`. */
  readonly because: string | undefined;
}

export interface PlanFacts {
  readonly snapshot: Snapshot | undefined;
  /** Lines that the change asked for touches. */
  readonly changed: LineRanges;
  /** By path, where history is known. */
  readonly histories: ReadonlyMap<string, ModuleHistory>;
  /** Undefined where it is not known. */
  readonly easeOf?: ((path: string) => ModuleEase | undefined) | undefined;
  readonly secondsPerModule: number;
}

/** No module gets less or more than these shares of the time that each would have alike. */
const LEAST_SHARE = 0.5;
const MOST_SHARE = 2;
const RECENT_DAYS = 30;

/**
 * Modules in the order in which they are worth a test, with why and how much time: what changed, what no test reaches, what is
 * complex, used by many, mended or changed often and lately, and where a test finds its inputs in the parameters.
 */
export function planModules(files: readonly StudiedFile[], facts: PlanFacts): PlannedModule[] {
  const ranked = files
    .map(({ path, text }) => {
      const reasons = [...reasonsOf(path, facts)].sort((a, b) => b.worth - a.worth);
      if (reasons.length === 0)
        reasons.push({ worth: Math.min(10, text.length / 2000), text: counted(text.split('\n').length, 'line') });
      return {
        path,
        score: reasons.reduce((sum, { worth }) => sum + worth, 0),
        reasons: reasons.map((reason) => reason.text),
      };
    })
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
  return withSeconds(ranked, facts.secondsPerModule);
}

/** As many seconds in all as when each had the same; the more it is worth, the more it gets. */
export function withSeconds<T extends { readonly score: number }>(
  modules: readonly T[],
  secondsPerModule: number,
): (T & { readonly seconds: number })[] {
  const mean = modules.reduce((sum, { score }) => sum + score, 0) / Math.max(1, modules.length);
  const shares = modules.map(({ score }) =>
    mean === 0 ? 1 : Math.min(MOST_SHARE, Math.max(LEAST_SHARE, score / mean)),
  );
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return modules.map((one, i) => ({
    ...one,
    seconds: Math.round((10 * secondsPerModule * modules.length * shares[i]!) / whole) / 10,
  }));
}

function* reasonsOf(
  path: string,
  { snapshot, changed, histories, easeOf }: PlanFacts,
): Generator<{ readonly worth: number; readonly text: string }> {
  const lines = changed.get(path)?.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (lines !== undefined) yield { worth: 100 + Math.min(20, lines / 5), text: `${counted(lines, 'line')} changed` };
  const facts = snapshot && factsOf(snapshot, path);
  if (facts && !facts.tested) yield { worth: 10, text: 'no test reaches it' };
  if (facts && facts.complexity > 0)
    yield { worth: Math.min(20, facts.complexity / 5), text: `cyclomatic complexity ${facts.complexity}` };
  if (facts && facts.users > 0)
    yield { worth: Math.min(15, facts.users / 3), text: `used in ${counted(facts.users, 'place')}` };
  const ease = easeOf?.(path);
  if (ease) yield { worth: ease.score / 10, text: easeText(ease) };
  const history = histories.get(path);
  if (!history) return;
  const { commits, bugFixes, daysSince } = history;
  if (bugFixes > 0)
    yield {
      worth: Math.min(15, 3 * bugFixes),
      text: `${counted(bugFixes, 'bug fix', 'bug fixes')} of ${counted(commits, 'commit')}`,
    };
  else if (commits > 1) yield { worth: Math.min(8, commits / 3), text: `changed by ${counted(commits, 'commit')}` };
  if (daysSince <= RECENT_DAYS) yield { worth: 5 * (1 - daysSince / RECENT_DAYS), text: `changed ${since(daysSince)}` };
}

/** What asks for hardly anything to be set up. */
const EASY = 85;

function easeText({ score, because }: ModuleEase): string {
  const rounded = Math.round(score);
  if (score >= EASY || because === undefined) return `easy to test (${rounded} of 100)`;
  return `testability ${rounded} of 100: ${because}`;
}

function since(days: number): string {
  return days < 1 ? 'within the last day' : `${counted(Math.round(days), 'day')} ago`;
}

function counted(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

function factsOf(
  snapshot: Snapshot,
  path: string,
): { readonly complexity: number; readonly users: number; readonly tested: boolean } | undefined {
  const file = snapshot.fileByPath(path);
  if (!file) return undefined;
  let complexity = 0;
  let users = 0;
  let tested = false;
  for (const symbol of snapshot.symbolsOf(file.id)) {
    complexity += Math.max(0, symbol.metrics?.cyclomatic ?? 0);
    users += snapshot.userCount(symbol.id);
    tested ||= snapshot
      .edgesTo(symbol.id, ['calls', 'imports'])
      .some(({ source }) =>
        /(?:^|\/)(?:tests?|__tests__|specs?)\/|[._-](?:test|spec)\./.test(snapshot.symbol(source).path),
      );
  }
  return { complexity, users, tested };
}
