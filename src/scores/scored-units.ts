/** The tree of what is scored: functions and classes in files, by how the declarations nest. */
import type { FileRecord, Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag, typeKinds } from '#model/vocabulary.ts';

export interface ScoredUnit {
  readonly symbol: SymbolRecord;
  readonly kind: 'function' | 'class';
  readonly codeLines: number;
  /** Undefined: directly in the file. */
  readonly holder: ScoredUnit | undefined;
  /** A function inside of a function: part of the outer one's measures, so that it counts for nothing else. */
  readonly isInner: boolean;
  readonly parts: ScoredUnit[];
}

export interface ScoredFile {
  readonly file: FileRecord;
  /** Inner ones included, in the order of the text; a holder comes before its parts. */
  readonly units: readonly ScoredUnit[];
}

/** Files whose code is the product's own, and their functions and classes with a body. */
export function scoredFiles(snapshot: Snapshot, isScored: (file: FileRecord) => boolean): readonly ScoredFile[] {
  return snapshot
    .files()
    .filter((file) => file.codeLines > 0 && isScored(file))
    .map((file) => ({ file, units: unitsOf(snapshot, file) }));
}

export function unitsOf(snapshot: Snapshot, file: FileRecord): ScoredUnit[] {
  const units: ScoredUnit[] = [];
  const known = new Map<number, ScoredUnit>();
  for (const symbol of snapshot.symbolsOf(file.id)) {
    const outer = symbol.parent === undefined ? undefined : known.get(symbol.parent);
    const isFunction = functionKinds.includes(symbol.kind);
    const hasBody = symbol.metrics !== undefined && (symbol.flags & SymbolFlag.declaration) === 0;
    if (hasBody && (isFunction || typeKinds.includes(symbol.kind))) {
      const unit: ScoredUnit = {
        symbol,
        kind: isFunction ? 'function' : 'class',
        codeLines: symbol.metrics.codeLines,
        holder: outer,
        isInner: outer !== undefined && (outer.kind === 'function' || outer.isInner),
        parts: [],
      };
      outer?.parts.push(unit);
      units.push(unit);
      known.set(symbol.id, unit);
    } else if (outer) known.set(symbol.id, outer);
  }
  return units;
}

/** What each part's loss counts for in the whole: its share of the code lines; parts that share lines share the whole. */
export function sharesOf(codeLines: number, parts: readonly ScoredUnit[]): ReadonlyMap<ScoredUnit, number> {
  const counted = parts.filter(({ isInner }) => !isInner);
  const whole = Math.max(
    1,
    codeLines,
    counted.reduce((sum, part) => sum + part.codeLines, 0),
  );
  return new Map(counted.map((part) => [part, part.codeLines / whole]));
}

/** For people: the qualified name, or where an anonymous function stands. */
export function nameOfUnit({ name, qualifiedName, flags, startLine }: SymbolRecord): string {
  return name === '' || (flags & SymbolFlag.anonymous) !== 0 ? `function on line ${startLine}` : qualifiedName;
}
