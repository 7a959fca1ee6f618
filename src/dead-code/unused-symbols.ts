/** Functions, classes, variables and members that nothing uses: neither an edge of the graph nor a word leads to them. */
import { throwIfAborted } from '#base/abort.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { DeadCode, DeadCodeRule } from './dead-code.ts';
import type { FileView } from './file-view.ts';
import { found, nameOfSymbol } from './found.ts';
import { judgeMember } from './judge-member.ts';
import { judgeModuleName } from './judge-module-name.ts';
import type { ModuleUse } from './module-use.ts';
import type { ProjectView } from './project-view.ts';
import { loadsByName } from './loaded-folders.ts';
import { lineStarts } from './line-starts.ts';
import { WordIndex } from './word-index.ts';

export interface SymbolScope {
  readonly project: ProjectView;
  readonly use: ModuleUse;
  readonly words: WordIndex;
  readonly loadsByName: boolean;
}

export interface Verdict {
  readonly confidence: number;
  readonly reason: string;
}

/** What is used by dead code alone is dead as well; chains are followed this far. */
const PASSES = 3;

const memberParents: readonly SymbolKind[] = ['class', 'interface', 'enum', 'type', 'struct', 'trait'];
const ruleOfKind: ReadonlyMap<SymbolKind, DeadCodeRule> = new Map([
  ['function', 'unused-function'],
  ['method', 'unused-method'],
  ['class', 'unused-class'],
  ['interface', 'unused-class'],
  ['type', 'unused-class'],
  ['enum', 'unused-class'],
  ['namespace', 'unused-class'],
  ['variable', 'unused-variable'],
  ['constant', 'unused-variable'],
  ['field', 'unused-variable'],
  ['property', 'unused-variable'],
  ['enum-member', 'unused-enum-member'],
]);

/** `exports`: exports that nobody takes and their own file does not use: what only they use is dead as well. */
export function unusedSymbols(project: ProjectView, use: ModuleUse, exports: readonly DeadCode[]): DeadCode[] {
  const judged = project.files.filter((file) => use.reached.has(file.path) || file.isTest || file.family === 'python');
  const scope: SymbolScope = { project, use, words: new WordIndex(judged), loadsByName: loadsByName(project) };
  const dead = new Map<number, DeadCode>();
  const given = new Set<number>();
  for (const each of exports) {
    const symbol = each.symbol === undefined ? undefined : project.request.snapshot.symbolByKey(each.symbol);
    if (!symbol || each.confidence < 0.8 || each.severity === 1) continue;
    given.add(symbol.id);
    dead.set(symbol.id, each);
    scope.words.bury(project.byPath.get(symbol.path)!, symbol.startLine, symbol.endLine);
  }
  for (let pass = 0; pass < PASSES; pass++) {
    const fresh: SymbolRecord[] = [];
    for (const file of judged) {
      throwIfAborted(project.request.signal);
      if (!file.isForeign && !file.isTest && !/\.d\.[cm]?ts$/.test(file.path) && !file.path.endsWith('.pyi'))
        judgeFile(scope, file, dead, fresh, pass);
    }
    if (fresh.length === 0) break;
    for (const symbol of fresh)
      if (dead.get(symbol.id)!.confidence >= 0.9)
        scope.words.bury(project.byPath.get(symbol.path)!, symbol.startLine, symbol.endLine);
  }
  return [...dead].flatMap(([id, each]) => (given.has(id) ? [] : [each]));
}

function judgeFile(
  scope: SymbolScope,
  file: FileView,
  dead: Map<number, DeadCode>,
  fresh: SymbolRecord[],
  pass: number,
): void {
  const { snapshot } = scope.project.request;
  const seen = new Set<string>();
  for (let row = 1; row < file.record.symbolCount; row++) {
    const id = file.record.firstSymbol + row;
    if (dead.has(id)) continue;
    const symbol = snapshot.symbol(id);
    const rule = ruleOf(symbol, snapshot.symbol(symbol.parent ?? file.record.firstSymbol));
    if (
      !rule ||
      isPassedOver(symbol) ||
      isImported(file, symbol) ||
      hasDeadAncestor(snapshot.symbol.bind(snapshot), symbol, dead)
    )
      continue;
    // Accessors, overloads and redefinitions share a name: one of them stands for all.
    const group = `${symbol.parent ?? ''} ${symbol.name}`;
    if (seen.has(group)) continue;
    seen.add(group);
    const parent = symbol.parent === undefined ? undefined : snapshot.symbol(symbol.parent);
    const verdict =
      parent && memberParents.includes(parent.kind)
        ? judgeMember(scope, file, symbol, parent)
        : judgeModuleName(scope, file, symbol, parent);
    if (!verdict || isUsedInGraph(scope, symbol)) continue;
    const confidence = pass === 0 ? verdict.confidence : Math.min(0.8, verdict.confidence);
    dead.set(
      id,
      found({
        rule:
          rule === 'unused-variable' && isEnumField(parent, snapshot.symbol.bind(snapshot), symbol)
            ? 'unused-enum-member'
            : rule,
        name: symbol.qualifiedName,
        message: `${titleOf(symbol, parent)} is not used`,
        place: nameOfSymbol(symbol),
        symbol: symbol.key,
        confidence,
        reason: pass === 0 ? verdict.reason : 'only unused code uses it',
        severity: symbol.kind === 'function' || symbol.kind === 'method' || symbol.kind === 'class' ? 3 : 2,
        minutes: Math.max(2, Math.min(15, Math.round((symbol.endLine - symbol.startLine) / 10))),
      }),
    );
    fresh.push(symbol);
  }
}

function ruleOf(symbol: SymbolRecord, parent: SymbolRecord): DeadCodeRule | undefined {
  const rule = ruleOfKind.get(symbol.kind);
  if ((parent.kind === 'interface' || parent.kind === 'type') && rule !== undefined) return 'unused-type-member';
  // Keys of an object literal: what holds the object decides.
  if ((symbol.kind === 'property' || symbol.kind === 'method') && !memberParents.includes(parent.kind))
    return undefined;
  return rule;
}

/** `const { name } = require('x')`: judged as an import. */
function isImported(file: FileView, { name, kind, nameLine }: SymbolRecord): boolean {
  return (
    (kind === 'variable' || kind === 'constant') &&
    file.imports.some(({ local, line }) => local === name && Math.abs(line - nameLine) < 20)
  );
}

function isEnumField(
  parent: SymbolRecord | undefined,
  symbolOf: (id: number) => SymbolRecord,
  symbol: SymbolRecord,
): boolean {
  return (
    parent?.kind === 'class' &&
    symbol.kind === 'field' &&
    (symbol.flags & SymbolFlag.static) !== 0 &&
    /\((?:\w+\.)?(?:Int|Str)?(?:Enum|Flag)\)/.test(symbolOf(parent.id).signature ?? '')
  );
}

function isPassedOver({ flags, name, kind }: SymbolRecord): boolean {
  return (
    (flags & (SymbolFlag.anonymous | SymbolFlag.test | SymbolFlag.entryPoint | SymbolFlag.operator)) !== 0 ||
    name === '' ||
    name === '_' ||
    name.startsWith('__') ||
    kind === 'constructor'
  );
}

function hasDeadAncestor(
  symbolOf: (id: number) => SymbolRecord,
  symbol: SymbolRecord,
  dead: ReadonlyMap<number, DeadCode>,
): boolean {
  for (let at = symbol.parent; at !== undefined; at = symbolOf(at).parent) if (dead.has(at)) return true;
  return false;
}

/** An edge from outside its own body; of code that is dead, none counts. */
function isUsedInGraph({ project, words }: SymbolScope, symbol: SymbolRecord): boolean {
  const { snapshot } = project.request;
  return snapshot
    .edgesTo(symbol.id, ['calls', 'instantiates', 'inherits', 'implements', 'reads', 'decorates', 'types', 'tests'])
    .some((edge) => {
      for (let at: number | undefined = edge.source; at !== undefined; at = snapshot.symbol(at).parent)
        if (at === symbol.id) return false;
      const source = snapshot.symbol(edge.source);
      if (edge.kind === 'reads' && isChange(project, source.path, edge.line, symbol.name)) return false;
      // By the name alone: the words have told what such an edge can.
      return edge.provenance !== 'candidate' && !words.isBuried(source.path, edge.line);
    });
}

/** `this.count += 1` as a statement of its own reads it for nobody. */
function isChange(project: ProjectView, path: string, line: number, name: string): boolean {
  const file = project.byPath.get(path);
  if (!file) return false;
  const starts = lineStarts(file.text);
  const text = file.words.code.slice(starts[line - 1] ?? 0, starts[line] ?? file.text.length);
  const match =
    /^\s*(?:[\w$]+\s*\.\s*)*#?([\w$]+)\s*(?:(?:\*\*|\/\/|<<|>>|[-+*/%&|^@])=|\+\+\s*;?\s*$|--\s*;?\s*$)/.exec(text);
  return match?.[1] === name.replace(/^#/, '') && !text.slice(match[0].length).includes(name);
}

function titleOf(symbol: SymbolRecord, parent: SymbolRecord | undefined): string {
  const kind =
    symbol.kind === 'property' && (symbol.flags & SymbolFlag.getter) !== 0
      ? 'property'
      : symbol.kind === 'type'
        ? 'type'
        : symbol.kind.replace('-', ' ');
  const nested =
    parent !== undefined && parent.kind !== 'module' && symbol.kind === 'function' ? 'inner function' : kind;
  return `The ${nested} ${symbol.qualifiedName}`;
}
