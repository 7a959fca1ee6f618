/** Exports of modules that nobody takes, and names under which one thing is exported twice. */
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import type { DeadCode } from './dead-code.ts';
import type { ExportView, FileView } from './file-view.ts';
import { found, nameOfSymbol, placeAt } from './found.ts';
import type { UseOfModules } from './module-use.ts';
import type { ProjectView } from './project-view.ts';
import { offsetOf } from './source-words.ts';

export function unusedExports(project: ProjectView, use: UseOfModules, file: FileView): DeadCode[] {
  if (
    file.family !== 'ecmascript' ||
    file.isForeign ||
    file.isTest ||
    !use.isReached(file.path) ||
    use.isWhole(file.path) ||
    /\.(?:vue|svelte|astro)$/.test(file.path)
  )
    return [];
  if (project.entries.has(file.path) && project.entries.get(file.path)!.every((entry) => entry.exports === undefined))
    return [];
  return [...file.exports.values()].flatMap((each) => judge(project, use, file, each));
}

function judge(project: ProjectView, use: UseOfModules, file: FileView, each: ExportView): DeadCode[] {
  if (use.isTaken(file.path, each.name) || /^(?:module\.exports|__esModule)$/.test(each.name)) return [];
  const symbol = each.symbol > 0 ? project.request.snapshot.symbol(file.record.firstSymbol + each.symbol) : undefined;
  if (symbol && /@(?:public|api|alias|beta|alpha|internal)\b/.test(symbol.documentation ?? '')) return [];
  const row = each.import >= 0 ? file.imports.find(({ row: number }) => number === each.import) : undefined;
  const isLocal = symbol !== undefined && usedInside(file, symbol.name, each.symbol);
  // A method of the exported object is called by its own name there.
  if (isLocal && symbol.kind === 'method') return [];
  const kind = each.isType
    ? 'type'
    : each.name === 'default'
      ? 'default export'
      : row
        ? 're-export'
        : (symbol?.kind ?? 'value');
  const label =
    each.name === 'default'
      ? `The default export of ${file.path}`
      : `The exported ${kind === 're-export' ? 'name' : kind} ${each.name}`;
  const place = symbol
    ? nameOfSymbol(symbol)
    : row
      ? placeAt(file.path, row.line, row.column, each.name.length)
      : placeOfExport(file, each.name);
  const isMentioned = project.isQuoted(each.name) && each.name !== 'default';
  const isCommon = each.symbol < 0 && each.import < 0;
  return [
    found({
      rule: 'unused-export',
      name: each.name,
      message: isLocal
        ? `${label} is used in its own file only: it need not be exported`
        : `${label} is not used by any other file`,
      place,
      ...(symbol && { symbol: symbol.key }),
      confidence:
        isMentioned || (isLocal && each.isType) || (isCommon && isWithoutTests(file.package))
          ? 0.7
          : isCommon
            ? 0.8
            : isLocal
              ? 0.85
              : 0.9,
      reason: isMentioned ? 'a string has its name' : 'no import, namespace or entry point takes it',
      severity: isLocal ? 1 : 2,
      minutes: 2,
    }),
  ];
}

/** What was published: its tests may use what nothing else does. */
function isWithoutTests(owner: FileView['package']): boolean {
  return (
    owner !== undefined &&
    !owner.isPrivate &&
    owner.scripts.some(({ name }) => name === 'test') &&
    !owner.entries.some(({ use }) => use === 'test')
  );
}

/** Whether the file itself reads the name outside the declaration. */
function usedInside(file: FileView, name: string, row: number): boolean {
  const start = file.facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.startLine]!;
  const end = file.facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.endLine]!;
  return (file.words.places.get(name) ?? []).some((place) => {
    const line = file.text.slice(0, offsetOf(place)).split('\n').length;
    if (line >= start && line <= end) return false;
    // An export list names it, and that is no use.
    const before = file.text.slice(Math.max(0, offsetOf(place) - 400), offsetOf(place));
    return !/export\s*(?:type\s*)?\{[^{}]*$|export\s+default\s+$|exports(?:\.\w+)?\s*=\s*(?:\{[^{}]*)?$/.test(before);
  });
}

function placeOfExport(file: FileView, name: string): DeadCode['place'] {
  const at =
    new RegExp(`\\b${name === 'default' ? 'export\\s+default' : name.replace(/\$/g, '\\$')}\\b`).exec(file.words.code)
      ?.index ?? 0;
  const before = file.text.slice(0, at);
  return placeAt(file.path, before.split('\n').length, at - (before.lastIndexOf('\n') + 1), name.length);
}

/** One symbol under two names, as in `export const a = …; export { a as b }`. */
export function duplicateExports(project: ProjectView, file: FileView): DeadCode[] {
  if (file.family !== 'ecmascript' || file.isForeign || file.isTest || /\.d\.[cm]?ts$/.test(file.path)) return [];
  const bySymbol = new Map<number, string[]>();
  for (const { name, symbol } of file.exports.values()) {
    if (symbol <= 0) continue;
    const list = bySymbol.get(symbol);
    if (list) list.push(name);
    else bySymbol.set(symbol, [name]);
  }
  return [...bySymbol].flatMap(([row, names]) => {
    if (names.length < 2 || /\bexports\b/.test(file.words.code)) return [];
    const symbol = project.request.snapshot.symbol(file.record.firstSymbol + row);
    return [
      found({
        rule: 'duplicate-export',
        name: names.join('|'),
        message: `${symbol.name} is exported under ${names.length} names: ${names.join(', ')}`,
        place: nameOfSymbol(symbol),
        symbol: symbol.key,
        confidence: 0.95,
        reason: 'both lie in one file',
        severity: 1,
        minutes: 2,
      }),
    ];
  });
}
