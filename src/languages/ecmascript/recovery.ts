/**
 * Broken files. oxc yields no tree for a text with errors; tree-sitter says where they are. What stands there is blanked out,
 * in several ways (the mistake, its line, its statement), and the way that keeps most is taken: places stay what they are.
 */
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { parseSyntaxTree } from '../tree-sitter.ts';
import type { ParsedSource } from './estree.ts';
import { firstError, parseWithOxc } from './oxc.ts';

const ERROR = 65535;
/** Blanking one statement may uncover the next error: so many rounds, then what is left goes statement by statement. */
const MOST_ROUNDS = 24;
/** A later way must keep so many more units. */
const WORTH = 60;

export function grammarOf(language: string): string {
  return language === 'typescript' || language === 'tsx' ? language : 'javascript';
}

export function parseBroken(text: string, language: string, declarations: boolean): ParsedSource | undefined {
  const parse = (units: string): ParsedSource | undefined => parseWithOxc(units, language, declarations);
  const points = (units: string): readonly number[] => firstError(units, language, declarations);
  const tree = parseSyntaxTree(text, grammarOf(language));
  const errors = errorNodes(tree).map((node) => [node, enclosing(tree, node, 0), enclosing(tree, node, 1)] as const);
  const ranges = (width: 0 | 1 | 2): (readonly [number, number])[] =>
    errors.map((widths) => [tree.start[widths[width]]!, tree.end[widths[width]]!]);
  const unmarked = text.replace(/^(?:<{7}|={7}|>{7}|\|{7})(?: .*)?$/gm, (marker) => ' '.repeat(marker.length));
  const candidates = [
    unmarked,
    fillMissing(text, tree),
    blankLines(unmarked, points),
    ...(errors.length === 0
      ? []
      : [
          blank(
            text,
            errors.map(([node]) => lineAt(text, tree.start[node]!)),
          ),
          blank(text, ranges(0)),
          blank(text, ranges(1)),
          blank(text, ranges(2)),
        ]),
    blankStatements(text, tree, points),
  ];
  // What keeps most of the text wins; whole lines stand above parts of them, which may join what does not belong together.
  let best: ParsedSource | undefined;
  let kept = 0;
  for (const units of candidates) {
    const size = units.replace(/\s+/g, '').length;
    const parsed = best === undefined || size > kept + WORTH ? parse(units) : undefined;
    if (!parsed) continue;
    best = { ...parsed, partial: true };
    kept = size;
  }
  return best;
}

/** Puts the closing marks that are missing into the white space where they belong. */
function fillMissing(text: string, tree: SyntaxTree): string {
  const units = Array.from({ length: text.length }, (_, at) => text[at]!);
  for (let node = 1; node < tree.count; node++) {
    const name = tree.typeNames[tree.type[node]!];
    const at = tree.start[node]!;
    if ((tree.flags[node]! & 2) !== 0 && name?.length === 1 && units[at]?.trim() === '') units[at] = name;
  }
  return units.join('');
}

type Points = (units: string) => readonly number[];

/** Blanks the lines that errors point at, the first of each error first. */
function blankLines(text: string, points: Points): string {
  let units = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const line = points(units)
      .map((offset) => lineAt(units, offset))
      .find(([start, end]) => /\S/.test(units.slice(start, end)));
    if (!line) break;
    units = blank(units, [line]);
  }
  return units;
}

function lineAt(text: string, offset: number): readonly [number, number] {
  const end = text.indexOf('\n', offset);
  return [text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end];
}

function blankStatements(text: string, tree: SyntaxTree, points: Points): string {
  let units = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const offset = points(units).at(-1);
    const node = offset === undefined ? -1 : statementAt(tree, units, offset, round);
    if (node < 0) break;
    units = blank(units, [[tree.start[node]!, tree.end[node]!]]);
  }
  return units;
}

function errorNodes(tree: SyntaxTree): number[] {
  const found: number[] = [];
  for (let node = 1; node < tree.count; node++) {
    if (tree.type[node] !== ERROR && (tree.flags[node]! & 2) === 0) continue;
    found.push(node);
    if (tree.type[node] === ERROR) node = tree.subtreeEnd[node]! - 1;
  }
  return found;
}

const piece = /(?:_statement|_declaration|_definition|_signature|^pair)$/;

/** The statement, member or pair around a node; `level` more of them outwards. */
function enclosing(tree: SyntaxTree, node: number, level: number): number {
  let at = node;
  let found = node;
  let left = level;
  while (tree.parent[at]! > 0) {
    at = tree.parent[at]!;
    if (!piece.test(tree.typeNames[tree.type[at]!] ?? '')) continue;
    found = at;
    if (left-- === 0) break;
  }
  return found;
}

/** The piece at an offset that is not blank yet: small ones first, whole statements in later rounds. */
function statementAt(tree: SyntaxTree, units: string, offset: number, round: number): number {
  let best = -1;
  for (let node = 1; node < tree.count; node++) {
    const start = tree.start[node]!;
    const end = tree.end[node]!;
    if (end < offset || start > offset) {
      node = tree.subtreeEnd[node]! - 1;
      continue;
    }
    const isPiece =
      tree.parent[node] === 0 || (round < MOST_ROUNDS / 2 && piece.test(tree.typeNames[tree.type[node]!] ?? ''));
    if (isPiece && end > start && /\S/.test(units.slice(start, end))) best = node;
  }
  return best;
}

/** Ranges replaced with spaces; line ends stay. */
function blank(text: string, ranges: readonly (readonly [number, number])[]): string {
  let units = text;
  for (const [start, end] of ranges) {
    if (end > start)
      units = units.slice(0, start) + units.slice(start, end).replace(/[^\r\n]/g, ' ') + units.slice(end);
  }
  return units;
}
