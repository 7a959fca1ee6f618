/**
 * Which tests a change needs: those that could come out otherwise. What is not known is run. It is taken for granted that a
 * changed file still compiles; where the parser finds an error in it, everything that loads it is run.
 */
import type { ChangedFile } from '#model/changed-file.ts';
import type { CoverageMap, MappedFile } from '#model/coverage-map.ts';
import type { Snapshot } from '#model/snapshot.ts';

export interface TestSelection {
  /** `coverage`: by what tests ran when `cover` ran last; `graph`: by who uses whom. */
  readonly basis: 'coverage' | 'graph';
  /** All tests are to be run. */
  readonly everything: boolean;
  /** Ids of single tests; test files that are to be run whole stand under `files`. */
  readonly tests: readonly string[];
  readonly files: readonly string[];
  /** Why everything, or why whole files, in words. */
  readonly reasons: readonly string[];
}

export interface SelectionRequest {
  readonly map: CoverageMap | undefined;
  readonly changes: readonly ChangedFile[];
  readonly snapshot: Pick<Snapshot, 'fileByPath' | 'files'>;
  /** Test files that the graph says reach the change. */
  readonly reached: readonly string[];
}

const languages = new Set(['javascript', 'jsx', 'typescript', 'tsx', 'python']);

export function selectTests({ map, changes, snapshot, reached }: SelectionRequest): TestSelection {
  const tests = new Set<number>();
  const files = new Set<string>();
  const reasons = new Set<string>();
  let everything = false;
  const runAll = (reason: string): void => {
    everything = true;
    reasons.add(reason);
  };
  const wholeFile = (file: MappedFile): void => {
    for (const test of file.tests) tests.add(test);
    for (const path of file.loadedBy) files.add(path);
  };
  const isTest = (path: string): boolean =>
    map?.testFiles[path] !== undefined || snapshot.fileByPath(path)?.roles.includes('test') === true;

  for (const change of changes) {
    const path = change.before ?? change.after!;
    const now = change.after === undefined ? undefined : snapshot.fileByPath(change.after);
    const mapped = map?.files[path];
    if (map?.testFiles[path] !== undefined || (change.before === undefined && isTest(path))) {
      // Helpers of tests have no test of their own, and may change any.
      if (change.after !== undefined) files.add(change.after);
      if (map && map.testFiles[path] === undefined && !/(?:test|spec)/i.test(path.split('/').at(-1)!))
        runAll(`${path} belongs to the tests`);
    } else if (mapped) {
      const isKnown = change.hash === mapped.hash && change.lines !== undefined && now?.partial === false;
      const inner = isKnown ? change.lines!.map((range) => functionAround(path, mapped, range)) : undefined;
      if (change.before !== change.after || !inner || inner.some((each) => !each || each.atLoad)) wholeFile(mapped);
      else for (const each of inner) for (const test of each!.tests) tests.add(test);
    } else if (change.before === undefined && now && languages.has(now.language)) {
      // New code runs where something that has changed, too, asks for it.
      for (const test of reached) files.add(test);
    } else if (!map && now && languages.has(now.language)) {
      for (const test of reached) files.add(test);
      if (isTest(path)) files.add(path);
    } else runAll(`nothing is known of who reads ${path}`);
  }
  if (map) {
    const touched = new Set(changes.flatMap(({ before, after }) => [before, after]));
    for (const [path, file] of Object.entries(map.files)) {
      if (touched.has(path) || snapshot.fileByPath(path)?.hash === file.hash) continue;
      wholeFile(file);
      reasons.add(`${path} has changed since the tests were run by cover`);
    }
    for (const [path, hash] of Object.entries(map.testFiles)) {
      if (touched.has(path) || snapshot.fileByPath(path)?.hash === hash) continue;
      files.add(path);
      reasons.add(`${path} has changed since the tests were run by cover`);
    }
  }
  const chosen = [...tests].map((index) => map!.tests[index]!).filter(({ path }) => !files.has(path));
  return {
    basis: map ? 'coverage' : 'graph',
    everything: everything && changes.length > 0,
    tests: chosen.map(({ id }) => id).sort(),
    files: [...files].filter((path) => snapshot.fileByPath(path) !== undefined).sort(),
    reasons: [...reasons],
  };
}

/** The innermost function whose body holds all of the lines; its first line, and the one with its brace, may hold more. */
function functionAround(
  path: string,
  file: MappedFile,
  [from, to]: readonly [number, number],
): MappedFile['functions'][number] | undefined {
  return file.functions
    .filter(
      ({ startLine, bodyLine, endLine }) =>
        from >= bodyLine && from > startLine && (path.endsWith('.py') ? to <= endLine : to < endLine),
    )
    .sort((a, b) => a.endLine - a.startLine - (b.endLine - b.startLine))[0];
}
