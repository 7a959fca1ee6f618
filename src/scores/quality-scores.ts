/**
 * The quality score: 100 less what measures and findings take off, for functions and classes, carried up to files, folders and
 * the repository by code lines. Every point that is lost anywhere is a point of some unit times the shares on its way up.
 */
import type { Finding } from '#model/finding.ts';
import type { QualityReport, ScoreAspect, ScorePoint, UnitScore } from '#model/score.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import { classPoints, filePoints, findingPoint, functionPoints, settlePoints } from './points-of-unit.ts';
import { nameOfUnit, type ScoredFile, type ScoredUnit, scoredFiles, sharesOf } from './scored-units.ts';

export interface QualityRequest {
  readonly snapshot: Snapshot;
  /** Of rules that read only the tree; those of files that are not scored do not count. */
  readonly findings: readonly Finding[];
  readonly isScored: (file: FileRecord) => boolean;
  /** Name of the whole: the repository's, or the folder's that was asked for. */
  readonly name: string;
}

/** A finding outside of all functions and classes counts as in a function of so many lines. */
const OUTSIDE_LINES = 30;

const qualityFormula: readonly string[] = [
  'A function starts at 100. Measures over their language’s limit take points off, evenly up to a most: complexity 40, length 20, nesting 15, parameters 15.',
  'A finding takes 1, 3, 8, 20 or 40 points off by its severity, times its confidence. Where it says the same as a measure, only the larger counts.',
  'A class loses what its methods lose, by their share of its code lines, and points for its own weight and findings; a file likewise, by its functions and classes.',
  `Findings outside of functions count like those in a function of ${OUTSIDE_LINES} lines; findings of the design count in full against their file.`,
  'Folders and the repository are the mean of their files by code lines. Tests, generated and vendored files are left out; so are findings of history and of other tools.',
];

type Lost = Map<ScoreAspect, number>;

export function qualityScores(request: QualityRequest): QualityReport {
  const { snapshot, findings, isScored, name } = request;
  const byPath = Map.groupBy(
    findings.filter(({ advisory, foreignRule, role }) => !advisory && foreignRule === undefined && role === 'source'),
    ({ place }) => place.path,
  );
  const functions: UnitScore[] = [];
  const classes: UnitScore[] = [];
  const files: UnitScore[] = [];
  const scored = scoredFiles(snapshot, isScored).toSorted((a, b) => (a.file.path < b.file.path ? -1 : 1));
  const allLines = scored.reduce((total, { file }) => total + file.codeLines, 0);
  const counted = { files: scored.length, classes: 0, functions: 0 };
  for (const each of scored) {
    const made = scoreFile(snapshot, each, byPath.get(each.file.path) ?? [], each.file.codeLines / allLines);
    files.push(made.file);
    for (const unit of made.units) {
      counted[unit.kind === 'class' ? 'classes' : 'functions']++;
      if (unit.points.length > 0 || unit.score < 100) (unit.kind === 'class' ? classes : functions).push(unit);
    }
  }
  const modules = [...Map.groupBy(files, ({ path }) => path.slice(0, Math.max(0, path.lastIndexOf('/')))).entries()]
    .map(([path, own]) => meanOf('module', path === '' ? '.' : path, path, own, allLines))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const repository = meanOf('repository', name, '', files, allLines);
  return { formula: qualityFormula, repository, modules, files, classes, functions, counted };
}

function scoreFile(
  snapshot: Snapshot,
  { file, units }: ScoredFile,
  findings: readonly Finding[],
  share: number,
): { readonly file: UnitScore; readonly units: readonly UnitScore[] } {
  const { language } = file;
  const points = new Map<ScoredUnit | undefined, ScorePoint[]>([[undefined, filePoints(file.codeLines, language)]]);
  for (const unit of units)
    points.set(
      unit,
      unit.kind === 'function'
        ? functionPoints(unit.symbol, language)
        : classPoints(weightOf(snapshot, unit), language),
    );
  const outside = Math.min(1, OUTSIDE_LINES / Math.max(1, file.codeLines));
  for (const finding of findings) {
    const point = findingPoint(finding);
    let unit = unitOf(finding, units);
    if (unit === undefined)
      points.get(undefined)!.push(finding.category === 'design' ? point : { ...point, points: point.points * outside });
    // Of a function inside of a function the outer one contains it, too.
    for (; unit; unit = unit.isInner ? unit.holder : undefined) points.get(unit)!.push(point);
  }
  const shares = new Map<ScoredUnit, number>(
    sharesOf(
      file.codeLines,
      units.filter(({ holder }) => !holder),
    ),
  );
  for (const unit of units) for (const [part, own] of sharesOf(unit.codeLines, unit.parts)) shares.set(part, own);
  const lost = new Map<ScoredUnit | undefined, Lost>();
  const settled = new Map<ScoredUnit | undefined, readonly ScorePoint[]>();
  const settle = (unit: ScoredUnit | undefined, parts: readonly ScoredUnit[]): void => {
    const own = settlePoints(points.get(unit)!);
    settled.set(unit, own);
    lost.set(
      unit,
      join(
        own,
        parts.filter(({ isInner }) => !isInner).map((part) => [lost.get(part)!, shares.get(part)!]),
      ),
    );
  };
  for (const unit of units.toReversed()) settle(unit, unit.kind === 'class' ? unit.parts : []);
  settle(
    undefined,
    units.filter(({ holder }) => !holder),
  );
  return {
    file: unitScore(
      { kind: 'file', name: file.path, path: file.path, line: 1, codeLines: file.codeLines, share },
      settled.get(undefined)!,
      lost.get(undefined)!,
    ),
    units: units.map((unit) => {
      const { symbol, kind, codeLines } = unit;
      const head = { kind, name: nameOfUnit(symbol), key: symbol.key, path: symbol.path, line: symbol.startLine };
      return unitScore({ ...head, codeLines, share: shares.get(unit) ?? 0 }, settled.get(unit)!, lost.get(unit)!);
    }),
  };
}

/** The symbol that the finding names, else the innermost around its lines. */
function unitOf({ symbol, place, category }: Finding, units: readonly ScoredUnit[]): ScoredUnit | undefined {
  if (category === 'design') return undefined;
  const named = symbol === undefined ? undefined : units.find((unit) => unit.symbol.key === symbol);
  return (
    named ??
    units.findLast(({ symbol: { startLine, endLine } }) => startLine <= place.startLine && place.endLine <= endLine)
  );
}

/** Methods that stand outside of the type's body are its own, too. */
function weightOf(snapshot: Snapshot, { symbol }: ScoredUnit): number {
  return snapshot
    .members(symbol.id)
    .reduce(
      (total, { kind, metrics }) =>
        total + (kind === 'method' || kind === 'constructor' ? (metrics?.cyclomatic ?? 0) : 0),
      0,
    );
}

/** What is lost in all by aspect; together never more than 100. */
function join(own: readonly ScorePoint[], parts: readonly (readonly [Lost, number])[]): Lost {
  const lost: Lost = new Map();
  const add = (aspect: ScoreAspect, points: number): void => {
    lost.set(aspect, (lost.get(aspect) ?? 0) + points);
  };
  for (const { aspect, points } of own) add(aspect, points);
  for (const [part, share] of parts) for (const [aspect, points] of part) add(aspect, points * share);
  const all = totalOf(lost);
  if (all > 100) for (const [aspect, points] of lost) lost.set(aspect, (points * 100) / all);
  return lost;
}

function meanOf(
  kind: 'module' | 'repository',
  name: string,
  path: string,
  files: readonly UnitScore[],
  allLines: number,
): UnitScore {
  const codeLines = files.reduce((total, file) => total + file.codeLines, 0);
  const lost: Lost = new Map();
  for (const file of files)
    for (const [aspect, points] of Object.entries(file.lost) as [ScoreAspect, number][])
      lost.set(aspect, (lost.get(aspect) ?? 0) + (points * file.codeLines) / codeLines);
  return unitScore({ kind, name, path, line: 1, codeLines, share: codeLines / Math.max(1, allLines) }, [], lost);
}

function unitScore(
  head: Omit<UnitScore, 'score' | 'points' | 'lost'>,
  points: readonly ScorePoint[],
  lost: Lost,
): UnitScore {
  const { share, ...rest } = head;
  return {
    ...rest,
    score: Math.max(0, Math.round((100 - totalOf(lost)) * 10) / 10),
    points,
    lost: Object.fromEntries([...lost].sort(([, a], [, b]) => b - a)),
    share,
  };
}

const totalOf = (lost: Lost): number => lost.values().reduce((total, points) => total + points, 0);
