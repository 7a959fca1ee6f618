/** Makes findings of places. */
import type { FindingPlace, Severity } from '#model/finding.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import type { DeadCode, DeadCodeRule } from './dead-code.ts';
import type { FileView } from './file-view.ts';

/** The place of a symbol's name. */
export function nameOfSymbol(symbol: SymbolRecord): FindingPlace {
  const column = symbol.nameColumn - 1;
  return {
    path: symbol.path,
    startLine: symbol.nameLine,
    startColumn: column,
    endLine: symbol.nameLine,
    endColumn: column + symbol.name.length,
  };
}

export function placeAt(path: string, line: number, column: number, length: number): FindingPlace {
  return { path, startLine: line, startColumn: column, endLine: line, endColumn: column + length };
}

/** Of an offset of a file's text. */
export function placeOfOffset(file: FileView, offset: number, length: number): FindingPlace {
  const before = file.text.slice(0, offset);
  const line = before.split('\n').length;
  return placeAt(file.path, line, offset - (before.lastIndexOf('\n') + 1), length);
}

export interface FoundParts {
  readonly rule: DeadCodeRule;
  readonly name: string;
  readonly message: string;
  readonly place: FindingPlace;
  readonly confidence: number;
  readonly reason: string;
  readonly symbol?: string;
  readonly severity?: Severity;
  readonly minutes?: number;
  readonly related?: readonly FindingPlace[];
}

/** The reason is a part of the message, as the model of findings wants it. */
export function found(parts: FoundParts): DeadCode {
  const { name, place, rule } = parts;
  return {
    ...parts,
    message: `${parts.message} (${parts.reason})`,
    identity: `${rule} ${place.path} ${parts.symbol ?? name}`,
  };
}
