/** Scores of one function, class or file, as the reports on the whole tree have them, from the files alone that they depend on. */
import type { Finding } from '#model/finding.ts';
import type { SymbolScores } from '#model/score.ts';
import type { FileRecord, Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { qualityScores } from './quality-scores.ts';
import { type ScoredFile, type ScoredUnit, unitsOf } from './scored-units.ts';
import { depthOf, isOpenToTests } from './test-surface.ts';
import { testabilityOfFile } from './testability.ts';
import { projectInputs } from './unit-inputs.ts';

/**
 * @param findings of the tree; undefined where they are not known: then the measures alone count
 * @returns undefined for what has no score: no function or class with a body, or none of the product's own code
 */
export function symbolScores(
  snapshot: Snapshot,
  symbol: SymbolRecord,
  isScored: (file: FileRecord) => boolean,
  findings: readonly Finding[] | undefined,
): SymbolScores | undefined {
  const file = snapshot.fileByPath(symbol.path);
  if (!file || file.codeLines === 0 || !isScored(file)) return undefined;
  const own: ScoredFile = { file, units: unitsOf(snapshot, file) };
  const unit = own.units.find((each) => each.symbol.id === symbol.id);
  if (!unit) return undefined;
  const quality = qualityScores({
    snapshot,
    findings: (findings ?? []).filter(({ place }) => place.path === file.path),
    isScored: ({ id }) => id === file.id,
    name: file.path,
  });
  const whole = { score: 100, points: [], reasons: [] };
  const { score, points } = [...quality.functions, ...quality.classes].find(({ key }) => key === symbol.key) ?? whole;
  const testability =
    testabilityOf(snapshot, own, [unit], isScored).units.find(({ key }) => key === symbol.key) ?? whole;
  return {
    quality: { score, points, hasFindings: findings !== undefined },
    testability: { score: testability.score, reasons: testability.reasons },
  };
}

/** How easily the file is tested, and what costs its functions and classes most in all; undefined where it is not scored. */
export function fileTestability(
  snapshot: Snapshot,
  path: string,
  isScored: (file: FileRecord) => boolean,
): { readonly score: number; readonly because: string | undefined } | undefined {
  const file = snapshot.fileByPath(path);
  if (!file || file.codeLines === 0 || !isScored(file)) return undefined;
  const own: ScoredFile = { file, units: unitsOf(snapshot, file) };
  const { file: whole, units } = testabilityOf(snapshot, own, own.units, isScored);
  const lost = new Map<string, number>();
  for (const { reasons, codeLines } of units)
    for (const { because, points } of reasons) {
      const kind = because.replace(/ \([^()]*\)$/, '');
      lost.set(kind, (lost.get(kind) ?? 0) + points * codeLines);
    }
  const [because] = [...lost].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1))[0] ?? [];
  return { score: whole.score, because };
}

function testabilityOf(
  snapshot: Snapshot,
  own: ScoredFile,
  units: readonly ScoredUnit[],
  isScored: (file: FileRecord) => boolean,
): ReturnType<typeof testabilityOfFile> {
  const inputs = projectInputs(snapshot, [own, ...filesBehind(snapshot, own, units, isScored)]);
  const isOpen = opennessOf(snapshot, isScored);
  return testabilityOfFile(own, inputs, (id) => depthOf(snapshot, id, isOpen));
}

/** Who writes the state that the units read, and the classes that they make. */
function filesBehind(
  snapshot: Snapshot,
  own: ScoredFile,
  units: readonly ScoredUnit[],
  isScored: (file: FileRecord) => boolean,
): readonly ScoredFile[] {
  const known = new Set([own.file.path]);
  const found: ScoredFile[] = [];
  const add = (symbol: SymbolRecord): void => {
    if (known.has(symbol.path)) return;
    known.add(symbol.path);
    const file = snapshot.fileByPath(symbol.path);
    if (file && file.codeLines > 0 && isScored(file)) found.push({ file, units: unitsOf(snapshot, file) });
  };
  const { of } = projectInputs(snapshot, [own]);
  for (const part of units.flatMap(withParts)) {
    const { globalsRead, staticsRead, built } = of.get(part)!;
    for (const { target } of [...globalsRead, ...staticsRead])
      for (const { source } of snapshot.edgesTo(target, ['writes'])) add(snapshot.symbol(source));
    for (const { target } of built) add(snapshot.symbol(target));
  }
  return found;
}

function withParts(unit: ScoredUnit): readonly ScoredUnit[] {
  return [unit, ...unit.parts.flatMap(withParts)];
}

/** Whether a test can call a function, of any file. */
function opennessOf(snapshot: Snapshot, isScored: (file: FileRecord) => boolean): (id: number) => boolean {
  const known = new Map<string, ReadonlySet<number>>();
  return (id) => {
    const { path } = snapshot.symbol(id);
    let open = known.get(path);
    if (!open) {
      const file = snapshot.fileByPath(path);
      const units = file && file.codeLines > 0 && isScored(file) ? unitsOf(snapshot, file) : [];
      open = new Set(units.flatMap((unit) => (isOpenUnit(unit) ? unit.symbol.id : [])));
      known.set(path, open);
    }
    return open.has(id);
  };
}

function isOpenUnit({ symbol, holder, kind, isInner }: ScoredUnit): boolean {
  return kind === 'function' && !isInner && isOpenToTests(symbol, holder?.symbol);
}
