/** How easily a function or class is tested: 100 less what a test has to set up, replace, or reach through others. */
import {
  type HiddenInputKind,
  hiddenInputKinds,
  type TestabilityReason,
  type TestabilityReasonKind,
  type TestabilityReport,
  type UnitTestability,
} from '#model/score.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import { limitsOf } from './limits.ts';
import { nameOfUnit, type ScoredFile, type ScoredUnit, scoredFiles, sharesOf } from './scored-units.ts';
import { depthsFrom, isOpenToTests } from './test-surface.ts';
import { type ProjectInputs, projectInputs, type UnitInputs, type Use } from './unit-inputs.ts';

export interface TestabilityRequest {
  readonly snapshot: Snapshot;
  readonly isScored: (file: FileRecord) => boolean;
  readonly name: string;
}

/** First place, each further one, and the most. */
const costs: Readonly<
  Record<HiddenInputKind | 'globals' | 'mutable' | 'statics' | 'impure' | 'made', readonly [number, number, number]>
> = {
  time: [12, 2, 20],
  random: [12, 2, 20],
  environment: [8, 2, 16],
  files: [12, 2, 24],
  network: [20, 3, 32],
  process: [16, 3, 28],
  database: [16, 3, 28],
  console: [2, 1, 6],
  interface: [8, 2, 20],
  globals: [12, 3, 24],
  mutable: [6, 2, 16],
  statics: [10, 3, 20],
  impure: [10, 4, 24],
  made: [3, 2, 10],
};

const words: Readonly<Record<HiddenInputKind, string>> = {
  time: 'depends on the clock',
  random: 'draws random values',
  environment: 'depends on its environment',
  files: 'works on files',
  network: 'talks to the network',
  process: 'starts, ends or hears processes',
  database: 'talks to a database',
  console: 'writes to or reads from the console',
  interface: 'works on the page that it is shown in',
};

const testabilityFormula: readonly string[] = [
  'A function starts at 100. Points are taken off for inputs that are no parameters: network 20, processes and databases 16, the clock, random values, files and writing globals 12, static state 10, the environment and the page 8, globals that others write 6, the console 2; more for each further place.',
  'Objects made inside, where a test cannot replace them, take 3 off, 10 where they have hidden inputs themselves. Values that are handed back or thrown do not count.',
  'Each way through it over 10 takes 1 off (at most 25), each parameter over 7 takes 2 (at most 10), each collaborating class over 5 takes 2 (at most 12), each call between it and what a test can call takes 3 (at most 12).',
  'A class loses what its methods lose, by their share of its code lines, and up to 25 for what its constructor does beside storing values.',
  'Files and the repository are means by code lines.',
];

export function testabilityScores({ snapshot, isScored, name }: TestabilityRequest): TestabilityReport {
  const files = scoredFiles(snapshot, isScored).toSorted((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const inputs = projectInputs(snapshot, files);
  const depths = depthsFrom(snapshot, openness(files));
  const depthOf = (id: number): number => depths[id]!;
  const made = files.map((each) => scoreFile(each, inputs, depthOf));
  const units = made.flatMap((each) => each.units).filter(({ score }) => score < 100);
  const allLines = made.reduce((total, { file }) => total + file.codeLines, 0);
  const lost = made.reduce((total, { file, lost: own }) => total + (own * file.codeLines) / Math.max(1, allLines), 0);
  return {
    formula: testabilityFormula,
    repository: {
      kind: 'repository',
      name,
      path: '',
      line: 1,
      codeLines: allLines,
      score: scoreOf(lost),
      reasons: [],
      share: 1,
    },
    files: made.map(({ file }) => ({ ...file, share: file.codeLines / Math.max(1, allLines) })),
    classes: units.filter(({ kind }) => kind === 'class'),
    functions: units.filter(({ kind }) => kind === 'function'),
  };
}

/** Of one file, and of its functions and classes. */
export function testabilityOfFile(
  file: ScoredFile,
  inputs: ProjectInputs,
  depthOf: (id: number) => number,
): { readonly file: UnitTestability; readonly units: readonly UnitTestability[] } {
  return scoreFile(file, inputs, depthOf);
}

function openness(files: readonly ScoredFile[]): (id: number) => boolean {
  const open = new Set<number>();
  for (const { units } of files)
    for (const { symbol, holder, kind, isInner } of units)
      if (kind === 'function' && !isInner && isOpenToTests(symbol, holder?.symbol)) open.add(symbol.id);
  return (id) => open.has(id);
}

function scoreFile(
  { file, units }: ScoredFile,
  inputs: ProjectInputs,
  depthOf: (id: number) => number,
): { readonly file: UnitTestability; readonly lost: number; readonly units: readonly UnitTestability[] } {
  const top = units.filter(({ holder }) => !holder);
  const shares = new Map<ScoredUnit, number>(sharesOf(file.codeLines, top));
  for (const unit of units) for (const [part, share] of sharesOf(unit.codeLines, unit.parts)) shares.set(part, share);
  const lost = new Map<ScoredUnit, number>();
  const reasons = new Map<ScoredUnit, readonly TestabilityReason[]>();
  for (const unit of units.toReversed()) {
    const own =
      unit.kind === 'function' ? functionReasons(unit, file.language, inputs, depthOf) : classReasons(unit, inputs);
    reasons.set(unit, own);
    const parts = unit.kind === 'class' ? unit.parts.filter(({ isInner }) => !isInner) : [];
    const all = own.reduce((total, { points }) => total + points, 0);
    lost.set(
      unit,
      Math.min(
        100,
        parts.reduce((total, part) => total + lost.get(part)! * shares.get(part)!, all),
      ),
    );
  }
  const all = Math.min(
    100,
    top.reduce((total, unit) => total + lost.get(unit)! * (shares.get(unit) ?? 0), 0),
  );
  return {
    lost: all,
    file: {
      kind: 'file',
      name: file.path,
      path: file.path,
      line: 1,
      codeLines: file.codeLines,
      score: scoreOf(all),
      reasons: [],
      share: 0,
    },
    units: units.map((unit) => ({
      kind: unit.kind,
      name: nameOfUnit(unit.symbol),
      key: unit.symbol.key,
      path: file.path,
      line: unit.symbol.startLine,
      codeLines: unit.codeLines,
      score: scoreOf(lost.get(unit)!),
      reasons: reasons.get(unit)!,
      share: shares.get(unit) ?? 0,
    })),
  };
}

function functionReasons(
  unit: ScoredUnit,
  language: string,
  inputs: ProjectInputs,
  depthOf: (id: number) => number,
): TestabilityReason[] {
  const own = inputs.of.get(unit)!;
  const { metrics, parameters, id } = unit.symbol;
  const reasons = inputReasons(own, inputs);
  const cyclomatic = metrics?.cyclomatic ?? 1;
  const { from } = limitsOf(language).cyclomatic;
  if (cyclomatic > from)
    reasons.push(
      plain('branches', Math.min(25, cyclomatic - from), `${cyclomatic} ways through it, each a case to test`, unit),
    );
  if (parameters.length > 7)
    reasons.push(
      plain('parameters', Math.min(10, 2 * (parameters.length - 7)), `takes ${parameters.length} parameters`, unit),
    );
  const { size } = own.collaborators;
  if (size > 5)
    reasons.push(plain('collaborators', Math.min(12, 2 * (size - 5)), `works with ${size} other classes`, unit));
  const depth = depthOf(id);
  if (!unit.isInner && depth > 0) {
    const because =
      depth === 1
        ? 'private: a test reaches it through its caller only'
        : `private: ${depth} calls behind what a test can call`;
    reasons.push(plain('private-depth', Math.min(12, 3 * depth), because, unit));
  }
  return reasons.sort(mostFirst);
}

function inputReasons(own: UnitInputs, { written, impure }: ProjectInputs): TestabilityReason[] {
  const reasons: TestabilityReason[] = [];
  const add = (kind: TestabilityReasonKind, cost: keyof typeof costs, because: string, uses: readonly Use[]): void => {
    if (uses.length > 0) reasons.push(reasonOf(kind, cost, because, uses));
  };
  for (const kind of hiddenInputKinds) add(kind, kind, words[kind], own.hidden.get(kind) ?? []);
  add('global-state', 'globals', 'writes global state', own.globalsWritten);
  add(
    'global-state',
    'mutable',
    'reads global state that others write',
    own.globalsRead.filter(
      ({ target, name }) => written.has(target) && !own.globalsWritten.some((use) => use.name === name),
    ),
  );
  add('static-state', 'statics', 'writes static state', own.staticsWritten);
  add(
    'static-state',
    'mutable',
    'reads static state that others write',
    own.staticsRead.filter(
      ({ target, name }) => written.has(target) && !own.staticsWritten.some((use) => use.name === name),
    ),
  );
  add(
    'built-inside',
    'impure',
    'makes what it works with itself, and that has hidden inputs',
    own.built.filter(({ target }) => impure.has(target)),
  );
  add(
    'built-inside',
    'made',
    'makes what it works with itself',
    own.built.filter(({ target }) => !impure.has(target)),
  );
  return reasons;
}

/** What every test of the class pays for: work of its constructors, and of its body. */
function classReasons(unit: ScoredUnit, inputs: ProjectInputs): TestabilityReason[] {
  const constructors = unit.parts.filter(({ symbol }) => symbol.kind === 'constructor');
  const reasons: TestabilityReason[] = [];
  for (const part of [unit, ...constructors]) {
    const found = inputReasons(inputs.of.get(part)!, inputs).filter(({ kind }) => kind !== 'console');
    const branches = part === unit ? 0 : Math.max(0, (part.symbol.metrics?.cyclomatic ?? 1) - 1);
    const points = Math.min(
      25,
      found.reduce((total, each) => total + each.points / 2, 2 * Math.max(0, branches - 2)),
    );
    if (points === 0) continue;
    const parts = [...found.map(({ because }) => because), ...(branches > 2 ? [`decides ${branches} times`] : [])];
    reasons.push({
      kind: 'constructor-work',
      points,
      because: `making one ${parts.join(', ')}`,
      lines: found.length > 0 ? found.flatMap(({ lines }) => lines) : [part.symbol.startLine],
    });
  }
  return reasons.sort(mostFirst);
}

function reasonOf(
  kind: TestabilityReasonKind,
  cost: keyof typeof costs,
  because: string,
  uses: readonly Use[],
): TestabilityReason {
  const names = [...new Set(uses.map(({ name }) => name))].sort();
  const places = new Set(uses.map(({ line }) => line)).size;
  const [first, further, most] = costs[cost];
  const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} …` : names.join(', ');
  return {
    kind,
    points: Math.min(most, first + further * (places - 1)),
    because: `${because} (${shown})`,
    lines: [...new Set(uses.map(({ line }) => line))].sort((a, b) => a - b),
  };
}

function plain(
  kind: TestabilityReasonKind,
  points: number,
  because: string,
  { symbol }: ScoredUnit,
): TestabilityReason {
  return { kind, points, because, lines: [symbol.nameLine > 0 ? symbol.nameLine : symbol.startLine] };
}

function mostFirst(a: TestabilityReason, b: TestabilityReason): number {
  return b.points - a.points || (a.because < b.because ? -1 : 1);
}

const scoreOf = (lost: number): number => Math.max(0, Math.round((100 - lost) * 10) / 10);
