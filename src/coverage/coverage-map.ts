import type { Coverage } from '#model/coverage.ts';
import type { CoverageMap, MappedFile } from '#model/coverage-map.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import type { SuiteRun } from '#model/suite-run.ts';
import { functionKinds } from '#model/vocabulary.ts';

/** The map of what a run has seen. */
export function makeCoverageMap(snapshot: Snapshot, runs: readonly SuiteRun[]): CoverageMap {
  const tests = runs.flatMap((run) =>
    run.tests.map(({ id, path, milliseconds }) => ({ id, path, framework: run.framework, milliseconds })),
  );
  const hashOf = (path: string): string => snapshot.fileByPath(path)?.hash ?? '';
  const files: Record<string, MappedFile> = {};
  let first = 0;
  for (const run of runs) {
    for (const file of run.files) {
      const reaching = new Map<number, number[]>();
      const all: number[] = [];
      run.tests.forEach(({ covered }, index) => {
        const counters = covered[file.id];
        if (!counters) return;
        all.push(first + index);
        for (const counter of counters) {
          const found = reaching.get(counter);
          if (found) found.push(first + index);
          else reaching.set(counter, [first + index]);
        }
      });
      // Where all test files were loaded at once, each may have loaded it.
      const loadedBy = run.loaded
        .filter(({ covered }) => covered[file.id] !== undefined)
        .flatMap(({ path }) => (path === undefined ? run.tests.map((test) => test.path) : [path]));
      const before = files[file.id];
      // What such a function gave then, any test may look at: its changes are those of the file.
      const atLoad = new Set(run.loaded.flatMap(({ covered }) => covered[file.id] ?? []));
      const bodies = new Map<number, number>();
      for (const { place, counter } of file.statements)
        bodies.set(counter, Math.min(bodies.get(counter) ?? Infinity, place.startLine));
      const functions = file.functions.map(({ place, counter }, index) => ({
        atLoad: atLoad.has(counter) || before?.functions[index]?.atLoad === true,
        startLine: place.startLine,
        bodyLine: bodies.get(counter) ?? place.endLine + 1,
        endLine: place.endLine,
        tests: [...(before?.functions[index]?.tests ?? []), ...(reaching.get(counter) ?? [])],
      }));
      files[file.id] = {
        hash: hashOf(file.id),
        functions,
        loadedBy: [...new Set([...(before?.loadedBy ?? []), ...loadedBy])].sort(),
        tests: [...(before?.tests ?? []), ...all],
      };
    }
    first += run.tests.length;
  }
  const testFiles = Object.fromEntries(
    [...new Set(tests.map(({ path }) => path))].sort().map((path) => [path, hashOf(path)]),
  );
  return { version: 2, tests, testFiles, files };
}

/** Tests that run code of a symbol. */
export function testsReaching(symbol: SymbolRecord, runs: readonly SuiteRun[]): readonly string[] {
  const found = new Set<string>();
  for (const run of runs) {
    const file = run.files.find(({ id }) => id === symbol.path);
    if (!file) continue;
    const inside = new Set(
      [...file.functions, ...file.statements.filter((statement) => !statement.static)]
        .filter(({ place }) => place.startLine >= symbol.startLine && place.endLine <= symbol.endLine)
        .map(({ counter }) => counter),
    );
    for (const { id, covered } of run.tests)
      if ((covered[file.id] ?? []).some((counter) => inside.has(counter))) found.add(id);
  }
  return [...found].sort();
}

/** Functions and methods that no test enters, the longest first. */
export function untestedSymbols(
  snapshot: Snapshot,
  coverage: Coverage,
): readonly { readonly key: string; readonly name: string; readonly path: string; readonly line: number }[] {
  const found: { key: string; name: string; path: string; line: number; length: number }[] = [];
  for (const { path, functions } of coverage.files) {
    const file = snapshot.fileByPath(path);
    if (!file) continue;
    const untouched = functions.filter(({ hits }) => hits === 0);
    for (const symbol of snapshot.symbolsOf(file.id)) {
      if (!functionKinds.includes(symbol.kind)) continue;
      // Decorators may belong to one side's extent only.
      const own = untouched.find(
        ({ line, endLine }) =>
          // Reports of other tools tell the first line alone.
          (endLine === symbol.endLine || endLine === line) && Math.abs(line - symbol.nameLine) <= 1,
      );
      if (!own) continue;
      const { key, qualifiedName, startLine, endLine } = symbol;
      found.push({ key, name: qualifiedName, path, line: startLine, length: endLine - startLine });
    }
  }
  return found
    .sort((a, b) => b.length - a.length || (a.key < b.key ? -1 : 1))
    .map(({ key, name, path, line }) => ({ key, name, path, line }));
}
