import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { SurveyEntryPoint } from '#model/survey.ts';
import { SymbolFlag } from '#model/vocabulary.ts';

/** Languages whose programs start at a function or static method called `main`. */
const mainLanguages = new Set([
  'c',
  'cpp',
  'go',
  'rust',
  'java',
  'kotlin',
  'csharp',
  'scala',
  'swift',
  'dart',
  'zig',
  'haskell',
  'd',
  'nim',
]);
const mainNames = new Set(['main', 'Main']);

const BUILD = 'builds or installs it';

/** Programs by which a package is built: they start, but nobody learns there what it does. */
export function isBuildScript(path: string): boolean {
  return /(?:^|\/)(?:build\.rs|setup\.py|build\.zig|magefile\.go)$/.test(path);
}

/** Where programs start: what manifests declare, main functions, `__main__` modules, scripts that run themselves. */
export function entryPoints(
  snapshot: Snapshot,
  declared: readonly SurveyEntryPoint[],
  isProduct: (file: FileRecord) => boolean,
): SurveyEntryPoint[] {
  const found = new Map<string, SurveyEntryPoint>();
  const add = (entry: SurveyEntryPoint): void => {
    const place = `${entry.path}:${entry.line}`;
    if (!found.has(place)) found.set(place, entry);
  };
  for (const entry of declared) add(entry);
  for (const file of snapshot.files()) {
    if (!isProduct(file)) continue;
    if (file.path.split('/').pop() === '__main__.py')
      add({ path: file.path, line: 1, name: file.path, reason: 'runs with python -m' });
    const canHaveMain = mainLanguages.has(file.language);
    const table = snapshot.symbolTable();
    for (let id = file.firstSymbol; id < file.firstSymbol + file.symbolCount; id++) {
      const marked = (table.flags[id]! & SymbolFlag.entryPoint) !== 0;
      if (!marked && !canHaveMain) continue;
      const symbol = snapshot.symbol(id);
      // Go runs it when the package is loaded: nothing starts there.
      if (file.language === 'go' && symbol.name === 'init') continue;
      const isMain =
        canHaveMain &&
        mainNames.has(symbol.name) &&
        (symbol.kind === 'function' || (symbol.kind === 'method' && (symbol.flags & SymbolFlag.static) !== 0));
      if (marked || isMain)
        add({
          path: file.path,
          line: symbol.startLine,
          name: symbol.qualifiedName || file.path,
          reason: isBuildScript(file.path) ? BUILD : isMain ? 'main function' : 'runs as a script',
        });
    }
  }
  const depth = ({ path }: SurveyEntryPoint): number => path.split('/').length;
  return [...found.values()].sort(
    (a, b) => reasonOrder(a) - reasonOrder(b) || depth(a) - depth(b) || (a.path < b.path ? -1 : 1) || a.line - b.line,
  );
}

/** Commands, what users load, main functions, then scripts. */
function reasonOrder({ reason }: SurveyEntryPoint): number {
  if (reason === 'command') return 0;
  if (reason === 'main function') return 2;
  return reason === 'runs as a script' || reason === BUILD ? 3 : 1;
}
