/** Functions, classes, variables and members that nothing uses: neither an edge of the graph nor a word leads to them. */
import type { SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import type { DeadCode, DeadCodeRule } from './dead-code.ts';
import type { FileView } from './file-view.ts';
import { found, nameOfSymbol } from './found.ts';
import { judgeMember } from './judge-member.ts';
import { judgeModuleName } from './judge-module-name.ts';
import type { UseOfModules } from './module-use.ts';
import type { ProjectView } from './project-view.ts';
import { loadsByName } from './loaded-folders.ts';
import { startsOf } from './line-starts.ts';
import { WordIndex } from './word-index.ts';

export interface SymbolScope {
  readonly project: ProjectView;
  readonly use: UseOfModules;
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

export interface SymbolUnit {
  /** In this pass, by row; and in all up to it. */
  readonly found: readonly (readonly [row: number, found: DeadCode])[];
  readonly dead: readonly (readonly [row: number, found: DeadCode])[];
  /** Rows of symbols that no word but an edge of the graph keeps alive. */
  readonly held: readonly number[];
  /** Of the file's symbols. */
  readonly names: ReadonlySet<string>;
}

const nothing: SymbolUnit = { found: [], dead: [], held: [], names: new Set() };

/** `exports`: exports that nobody takes and their own file does not use: what only they use is dead as well. */
export function unusedSymbols(
  project: ProjectView,
  use: UseOfModules,
  exports: ReadonlyMap<FileView, readonly DeadCode[]>,
  at: (file: FileView) => void,
): DeadCode[] {
  const { snapshot, kept } = project.request;
  const { memory } = kept;
  const words = new WordIndex(
    project,
    (file) => use.use.reached.has(file.path) || file.isTest || file.family === 'python',
  );
  const scope: SymbolScope = { project, use, words, loadsByName: loadsByName(project) };
  const dead = new Map<number, DeadCode>();
  const given = new Set<number>();
  const exported = new Map<FileView, [number, DeadCode][]>();
  for (const [file, list] of exports) {
    at(file);
    const buried = new Set<string>();
    const ofFile: [number, DeadCode][] = [];
    exported.set(file, ofFile);
    for (const each of list) {
      const symbol = each.symbol === undefined ? undefined : snapshot.symbolByKey(each.symbol);
      if (!symbol || each.confidence < 0.8 || each.severity === 1) continue;
      given.add(symbol.id);
      dead.set(symbol.id, each);
      ofFile.push([symbol.id, each]);
      words.bury(file, symbol.startLine, symbol.endLine);
      for (const name of namesIn(file, symbol)) buried.add(name);
    }
    const isSame = memory.isOf(list, file.path);
    memory.bury(file.path, buried, isSame && !kept.relinked.has(file.path));
  }
  const own = project.files.filter(
    (file) =>
      (use.use.reached.has(file.path) || file.family === 'python') &&
      !file.isForeign &&
      !file.isTest &&
      !/\.d\.[cm]?ts$/.test(file.path) &&
      !file.path.endsWith('.pyi'),
  );
  /** Judges a file once more, where that may say something else; what it said before is the ground. */
  const judgeAgain = (file: FileView, pass: number, before: SymbolUnit, isAsked: FilePass['isAsked']): SymbolUnit => {
    const { firstSymbol } = file.record;
    const judge = (): SymbolUnit => {
      const mine = new Map(exported.get(file));
      for (const [row, found] of before.dead) mine.set(firstSymbol + row, found);
      const held = new Set(before.held.map((row) => firstSymbol + row));
      const found: SymbolRecord[] = [];
      judgeFile({ scope, file, dead: mine, held, pass, isAsked }, found);
      const fresh = found.map(({ id }) => [id - firstSymbol, mine.get(id)!] as const);
      return {
        found: fresh,
        dead: [...before.dead, ...fresh],
        held: Array.from(held, (id) => id - firstSymbol),
        names: pass > 0 ? before.names : new Set(snapshot.symbolsOf(file.record.id).map(({ name }) => plainName(name))),
      };
    };
    at(file);
    return memory.pass(file.path, pass, before, judge);
  };
  const units = new Map(own.map((file) => [file, judgeAgain(file, 0, nothing, () => true)]));
  let fresh = new Map(Array.from(units, ([file, { found }]) => [file, found]));
  for (let pass = 1; pass < PASSES; pass++) {
    const buried = new Set<string>();
    const stamp: unknown[] = [];
    for (const [file, found] of fresh)
      for (const [row, { confidence }] of found) {
        const symbol = snapshot.symbol(file.record.firstSymbol + row);
        if (confidence < 0.9) continue;
        words.bury(file, symbol.startLine, symbol.endLine);
        stamp.push([file.record.hash, row]);
        for (const name of namesIn(file, symbol)) buried.add(name);
      }
    // What was said of a pass stands as long as the same code is left out of it.
    memory.startPass(pass, JSON.stringify(stamp));
    const next: typeof fresh = new Map();
    for (const [file, unit] of units) {
      const isAgain = fresh.get(file)!.length > 0;
      const mayDiffer = buried.size > 0 && (unit.held.length > 0 || hasAny(unit.names, buried));
      next.set(file, []);
      if (!isAgain && !mayDiffer) continue;
      const { firstSymbol } = file.record;
      const held = new Set(unit.held.map((row) => firstSymbol + row));
      /** What code that was found dead names, or calls, may be dead as well; all else has its verdict. */
      const again = judgeAgain(file, pass, unit, (name, id) => isAgain || buried.has(name) || held.has(id));
      units.set(file, again);
      next.set(file, again.found);
    }
    fresh = next;
  }
  for (const [file, unit] of units)
    for (const [row, found] of unit.dead) dead.set(file.record.firstSymbol + row, found);
  return [...dead].flatMap(([id, each]) => (given.has(id) ? [] : [each]));
}

function namesIn(file: FileView, { startLine, endLine }: SymbolRecord): Set<string> {
  const starts = startsOf(file);
  const text = file.text.slice(starts[startLine - 1], starts[endLine] ?? file.text.length);
  return new Set(Array.from(text.matchAll(/[\p{L}_$][\p{L}\p{N}_$]*/gu), ([name]) => name));
}

function hasAny(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  for (const item of few) if (many.has(item)) return true;
  return false;
}

/** Without the mark of what is private. */
function plainName(name: string): string {
  return name.replace(/^#/, '');
}

interface FilePass {
  readonly scope: SymbolScope;
  readonly file: FileView;
  readonly dead: Map<number, DeadCode>;
  /** Symbols that no word but an edge of the graph keeps alive. */
  readonly held: Set<number>;
  readonly pass: number;
  isAsked(name: string, id: number): boolean;
}

function judgeFile({ scope, file, dead, held, pass, isAsked }: FilePass, fresh: SymbolRecord[]): void {
  const { snapshot } = scope.project.request;
  const seen = new Set<string>();
  for (let row = 1; row < file.record.symbolCount; row++) {
    const id = file.record.firstSymbol + row;
    if (dead.has(id)) continue;
    const symbol = snapshot.symbol(id);
    if (!isAsked(plainName(symbol.name), id)) continue;
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
    if (!verdict) continue;
    if (isUsedInGraph(scope, symbol)) {
      held.add(id);
      continue;
    }
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
function isImported(file: FileView, symbol: SymbolRecord): boolean {
  const { name, kind } = symbol;
  return (
    (kind === 'variable' || kind === 'constant') &&
    file.imports.some(({ local, line }) => local === name && Math.abs(line - symbol.nameLine) < 20)
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
  const file = project.viewOf(path);
  if (!file) return false;
  const starts = startsOf(file);
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
