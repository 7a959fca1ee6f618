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

/** Where programs start: what manifests declare, main functions, `__main__` modules, scripts that run themselves. */
export function entryPoints(
  snapshot: Snapshot,
  readText: (path: string) => string | undefined,
  isProduct: (file: FileRecord) => boolean,
): SurveyEntryPoint[] {
  const found = new Map<string, SurveyEntryPoint>();
  const add = (entry: SurveyEntryPoint): void => {
    const place = `${entry.path}:${entry.line}`;
    if (!found.has(place)) found.set(place, entry);
  };
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
      const isMain =
        canHaveMain &&
        mainNames.has(symbol.name) &&
        (symbol.kind === 'function' || (symbol.kind === 'method' && (symbol.flags & SymbolFlag.static) !== 0));
      if (marked || isMain)
        add({
          path: file.path,
          line: symbol.startLine,
          name: symbol.qualifiedName || file.path,
          reason: isMain ? 'main function' : 'runs as a script',
        });
    }
  }
  for (const entry of manifestEntries(snapshot, readText)) add(entry);
  const depth = ({ path }: SurveyEntryPoint): number => path.split('/').length;
  return [...found.values()].sort(
    (a, b) => reasonOrder(a) - reasonOrder(b) || depth(a) - depth(b) || (a.path < b.path ? -1 : 1) || a.line - b.line,
  );
}

function reasonOrder({ reason }: SurveyEntryPoint): number {
  return reason.startsWith('package.json') || reason.startsWith('pyproject') ? 0 : reason === 'main function' ? 1 : 2;
}

function manifestEntries(snapshot: Snapshot, readText: (path: string) => string | undefined): SurveyEntryPoint[] {
  const entries: SurveyEntryPoint[] = [];
  for (const file of snapshot.files()) {
    const name = file.path.split('/').pop();
    if (name !== 'package.json' || file.roles.includes('vendored') || file.roles.includes('test')) continue;
    const manifest = parsed(readText(file.path));
    if (!manifest) continue;
    const folder = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/') + 1) : '';
    const place = (target: unknown, label: string, reason: string): void => {
      if (typeof target !== 'string') return;
      const path = folder + target.replace(/^\.\//, '');
      if (snapshot.fileByPath(path)) entries.push({ path, line: 1, name: label, reason });
    };
    const { bin, main, module, name: packageName } = manifest;
    const label = typeof packageName === 'string' ? packageName : folder || 'package';
    if (typeof bin === 'string') place(bin, label, 'package.json bin');
    else if (typeof bin === 'object' && bin !== null)
      for (const [command, target] of Object.entries(bin)) place(target, command, 'package.json bin');
    place(main, label, 'package.json main');
    place(module, label, 'package.json module');
  }
  return entries;
}

function parsed(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // A broken manifest declares nothing; scan and parse have already said that it is broken.
    return undefined;
  }
}
