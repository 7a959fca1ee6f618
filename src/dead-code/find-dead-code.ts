/** What a tree holds and nobody uses: read, reach, judge. */
import { throwIfAborted } from '#base/abort.ts';
import type { DeadCode, DeadCodeRequest } from './dead-code.ts';
import { dependencies } from './dependencies.ts';
import { isLoaded, loadedFolders } from './loaded-folders.ts';
import { moduleUse, reachedFiles } from './module-use.ts';
import { readProject } from './project-view.ts';
import { duplicateExports, unusedExports } from './unused-exports.ts';
import { unusedFiles } from './unused-files.ts';
import { unresolvedImports, unusedImports } from './unused-imports.ts';
import { unusedParameters } from './unused-parameters.ts';
import { unusedSymbols } from './unused-symbols.ts';

/** Less sure findings are shown only where they are asked for. */
const SURE = 0.8;

/** Surest first; within a file in the order of its lines. What lies in a dead file is not listed again. */
export function findDeadCode(request: DeadCodeRequest): DeadCode[] {
  const project = readProject(request);
  const loaded = loadedFolders(project);
  const certain = reachedFiles(project);
  const possible = unusedFiles(project, certain, loaded).filter(({ confidence }) => confidence < SURE);
  // What only perhaps nobody uses counts as a user of others.
  const perhaps = possible.map(({ place }) => place.path);
  const reached = reachedFiles(project, perhaps);
  const files = [...possible, ...unusedFiles(project, reached, loaded)];
  const opened = project.files.flatMap(({ path }) => (isLoaded(path, loaded) ? [path] : []));
  const use = moduleUse(project, reached, [...perhaps, ...opened]);
  const deadFiles = new Set(files.filter(({ confidence }) => confidence >= SURE).map(({ place }) => place.path));
  const exports = unusedExports(project, use);
  const finders = [
    () => exports,
    () => duplicateExports(project),
    () => unusedSymbols(project, use, exports),
    () => unusedImports(project),
    () => unresolvedImports(project),
    () => unusedParameters(project),
    () => dependencies(project),
  ];
  const found = [...files];
  for (const find of finders) {
    throwIfAborted(request.signal);
    for (const each of find()) if (!deadFiles.has(each.place.path)) found.push(each);
  }
  return withoutNested(found).sort(
    (a, b) =>
      b.confidence - a.confidence ||
      (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : 0) ||
      a.place.startLine - b.place.startLine,
  );
}

/** Parameters of a function that is dead itself say nothing new. */
function withoutNested(found: readonly DeadCode[]): DeadCode[] {
  const dead = new Set(
    found.flatMap(({ rule, symbol }) =>
      symbol !== undefined && /^unused-(?:function|method|class)$/.test(rule) ? [symbol] : [],
    ),
  );
  return found.filter(({ rule, symbol }) => !(rule === 'unused-parameter' && symbol !== undefined && dead.has(symbol)));
}
