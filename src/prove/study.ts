import path from 'node:path';
import { matchClasses } from '#generate/knowledge/match-classes.ts';
import type { ModuleSurface } from '#generate/model/surface.ts';
import type { Goal } from '#generate/search/goal.ts';
import type { MutantPoint } from '#generate/keep/find-kills.ts';
import type { InstrumentedFile } from '#model/instrumented.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { type CountedFile, Explorer, type ExploredModule, type LoadedModules } from './explorer.ts';
import {
  otherSurroundings,
  type ProvingLanguage,
  type StudiedFile,
  type StudiedProject,
  type Surroundings,
  usualSurroundings,
} from './proving-language.ts';

/** Files that are instrumented and loaded together, in processes that execute candidates. */
export interface Study {
  readonly files: readonly StudiedFile[];
  /** Of the files that could be loaded: number of the module = index. */
  readonly modules: readonly StudiedFile[];
  readonly unloadable: readonly { readonly path: string; readonly reason: string }[];
  readonly surfaces: readonly ModuleSurface[];
  readonly goals: readonly Goal[];
  readonly instrumented: readonly InstrumentedFile[];
  /** The files that `instrumented` is of. */
  readonly countedFiles: readonly StudiedFile[];
  /** Number of a file's first goal, in the order of `instrumented`. */
  readonly offsets: readonly number[];
  readonly mutants: readonly MutantPoint[];
  readonly loaded: LoadedModules;
  readonly explorer: Explorer;
  readonly others: readonly Explorer[];
  /** A second process for checks in a state that the search has not touched. */
  readonly fresh: Explorer;
  close(): Promise<void>;
}

const SILENCE_MS = 4000;
/** A harness that forks ends a stuck child by itself, after 5 s. */
const FORK_SILENCE_MS = 12_000;

/** Counters, conditions and mutants of all files in one row. */
class Counts {
  readonly instrumented: InstrumentedFile[] = [];
  readonly countedFiles: StudiedFile[] = [];
  readonly counted: CountedFile[] = [];
  readonly offsets: number[] = [];
  readonly goals: Goal[] = [];
  readonly mutants: MutantPoint[] = [];
  #distance = 0;

  add(made: InstrumentedFile, file: StudiedFile, root: string): void {
    const offset = this.goals.length;
    const number = this.instrumented.length;
    this.counted.push({ id: made.id, path: path.join(root, file.path), goal: offset, distance: this.#distance });
    this.offsets.push(offset);
    this.goals.push(...goalsOf(made, number, offset, this.#distance));
    for (const mutant of made.mutants)
      this.mutants.push({ id: mutant.id, goal: offset + mutant.counter, atLoad: mutant.static, file: number });
    this.instrumented.push(made);
    this.countedFiles.push(file);
    this.#distance += 2 * made.conditions;
  }
}

export async function openStudy(
  language: ProvingLanguage,
  files: readonly StudiedFile[],
  project: StudiedProject,
  sandbox: Sandbox,
): Promise<Study> {
  const counts = new Counts();
  const texts: Record<string, string> = {};
  const byHarness = language.instrument === 'by-harness';
  if (language.instrument !== 'by-harness') {
    for (const [index, file] of files.entries()) {
      const made = await language.instrument(file, `f${index}`, counts.mutants.length + 1);
      if (!made) continue;
      texts[path.join(project.root, file.path)] = made.text;
      counts.add(made.file, file, project.root);
    }
  }
  const wanted = files.map(({ path: file }, index): CountedFile => ({
    id: `f${index}`,
    path: path.join(project.root, file),
    goal: 0,
    distance: 0,
  }));
  const explored = language.modulesOf(files, project);
  const start = (surroundings: Surroundings, modules: readonly ExploredModule[]): Explorer =>
    new Explorer({
      start: async (mark) => sandbox.start(await language.harness(sandbox, mark, surroundings)),
      root: project.root,
      texts,
      modules,
      files: byHarness ? wanted : counts.counted,
      more: language.loading?.(files, project) ?? {},
      silenceMilliseconds: byHarness ? FORK_SILENCE_MS : SILENCE_MS,
      renewAfter: 20_000,
    });
  const probing = start(
    usualSurroundings,
    files.map((file) => explored.get(file.path)!),
  );
  const first = await probing.load();
  const modules = files.filter((_, i) => first.surface[i]?.error === undefined);
  const unloadable = files.flatMap((file, i) =>
    first.surface[i]?.error === undefined ? [] : [{ path: file.path, reason: first.surface[i].error.slice(0, 300) }],
  );
  let explorer = probing;
  if (unloadable.length > 0) {
    await probing.close();
    explorer = start(
      usualSurroundings,
      modules.map((file) => explored.get(file.path)!),
    );
  }
  const loaded = await explorer.load();
  for (const made of loaded.instrumented ?? []) counts.add(made, files[Number(made.id.slice(1))]!, project.root);
  const { goals, instrumented, countedFiles, offsets, mutants } = counts;
  const atLoad = new Set(loaded.loading.hits ?? []);
  const chosen = modules.map((file) => explored.get(file.path)!);
  const fresh = start(usualSurroundings, chosen);
  const others = otherSurroundings.map((one) => start(one, chosen));
  return {
    files,
    modules,
    unloadable,
    surfaces: matchClasses(await language.surfaces(loaded, modules, project)),
    goals: goals.map((goal) => (atLoad.has(goal.id) ? { ...goal, atLoad: true } : goal)),
    instrumented,
    countedFiles,
    offsets,
    mutants,
    loaded,
    explorer,
    others,
    fresh,
    async close() {
      await Promise.all([explorer, fresh, ...others].map((one) => one.close()));
    },
  };
}

function goalsOf(file: InstrumentedFile, number: number, offset: number, distance: number): Goal[] {
  const goals: Goal[] = Array.from({ length: file.counters }, (_, i) => ({
    id: offset + i,
    file: number,
    kind: 'statement',
    line: 0,
    atLoad: false,
    counted: false,
  }));
  for (const { counter, place } of file.statements)
    goals[counter] = { ...goals[counter]!, line: place.startLine, counted: true };
  for (const { counter, place } of file.functions)
    goals[counter] = { ...goals[counter]!, kind: 'function', line: place.startLine, counted: true };
  for (const { kind, arms, condition, counted } of file.branches) {
    for (const [arm, { counter, place }] of arms.entries()) {
      goals[counter] = {
        ...goals[counter]!,
        kind: 'branch',
        line: place.startLine,
        counted,
        ...(condition === undefined || (arm > 1 && kind !== 'switch')
          ? {}
          : { distance: distance + (kind === 'switch' ? 2 * (condition + arm) : 2 * condition + arm) }),
      };
    }
  }
  return goals;
}
