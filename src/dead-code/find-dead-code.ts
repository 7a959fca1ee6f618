/** What a tree holds and nobody uses: read, reach, judge. */
import { throwIfAborted } from '#base/abort.ts';
import type { DeadCode, DeadCodeRequest } from './dead-code.ts';
import { dependencies } from './dependencies.ts';
import type { FileView } from './file-view.ts';
import { isLoaded, loadedFolders, loadsByName } from './loaded-folders.ts';
import { moduleUse, reachedFiles, UseOfModules } from './module-use.ts';
import { type ProjectView, readProject } from './project-view.ts';
import { duplicateExports, unusedExports } from './unused-exports.ts';
import { unusedFiles } from './unused-files.ts';
import { unresolvedImports, unusedImports } from './unused-imports.ts';
import { unusedParameters } from './unused-parameters.ts';
import { unusedSymbols } from './unused-symbols.ts';
import { WordIndex } from './word-index.ts';

/** Less sure findings are shown only where they are asked for. */
const SURE = 0.8;

/** Surest first; within a file in the order of its lines. What lies in a dead file is not listed again. */
export function findDeadCode(request: DeadCodeRequest): DeadCode[] {
  const { memory, tracked } = request.kept;
  let own: FileView | undefined;
  const seen = tracked(() => own!.record);
  // Units of files see the tree through what notes their reads.
  const project = readProject(request);
  const judged: ProjectView = { ...project, request: { ...request, snapshot: seen } };
  const ground = memory.moduleGround(project);
  const loaded = memory.whole('loaded', ground, () => loadedFolders(project));
  const certain = memory.whole('certain', ground, () => reachedFiles(project));
  const possible = unusedFiles(project, certain, loaded).filter(({ confidence }) => confidence < SURE);
  // What only perhaps nobody uses counts as a user of others.
  const perhaps = possible.map(({ place }) => place.path);
  const onPerhaps = [ground, ...perhaps].join('\0');
  const reached = memory.whole('reached', onPerhaps, () => reachedFiles(project, perhaps));
  const files = [...possible, ...unusedFiles(project, reached, loaded)];
  const opened = project.files.flatMap(({ path }) => (isLoaded(path, loaded) ? [path] : []));
  const use = memory.whole('use', [onPerhaps, '', ...opened].join('\0'), () =>
    moduleUse(project, reached, [...perhaps, ...opened]),
  );
  const deadFiles = new Set(files.filter(({ confidence }) => confidence >= SURE).map(({ place }) => place.path));
  memory.update(project, use, settingsOf(project));
  const asked = new UseOfModules(use, memory.units, memory.exportKeys);
  const words = new WordIndex(project, () => true);
  const ofFiles = new Map<FileView, FileFindings>();
  const at = (file: FileView): void => {
    throwIfAborted(request.signal);
    own = file;
  };
  for (const file of project.files) {
    at(file);
    const find = (): FileFindings => ({
      exports: unusedExports(judged, asked, file),
      others: [
        ...duplicateExports(judged, file),
        ...unusedImports(judged, file, words),
        ...unresolvedImports({ ...judged, files: [file] }),
        ...unusedParameters(judged, file, words),
      ],
    });
    ofFiles.set(file, memory.units.run(`file ${file.path}`, find) as FileFindings);
  }
  const exports = [...ofFiles.values()].flatMap((each) => each.exports);
  const found = [
    ...files,
    ...[
      ...exports,
      ...unusedSymbols(judged, asked, new Map(Array.from(ofFiles, ([file, each]) => [file, each.exports])), at),
      ...[...ofFiles.values()].flatMap(({ others }) => others),
      ...dependencies(project),
    ].filter(({ place }) => !deadFiles.has(place.path)),
  ];
  return withoutNested(found).sort(
    (a, b) =>
      b.confidence - a.confidence ||
      (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : 0) ||
      a.place.startLine - b.place.startLine ||
      a.place.startColumn - b.place.startColumn ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}

interface FileFindings {
  readonly exports: readonly DeadCode[];
  readonly others: readonly DeadCode[];
}

/** What decides verdicts everywhere: what packages declare, whether they are libraries, whether modules are loaded by name. */
function settingsOf(project: ProjectView): string {
  const { packages } = project.request;
  return JSON.stringify([packages, packages.map((each) => project.isLibrary(each)), loadsByName(project)]);
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
