/** Long and tangled functions: which of their statements could stand by themselves, and what is left then. */
import { flowLanguages, flowOf } from '#flowgraph/flow-graph-of.ts';
import type { Refactoring } from '#model/refactoring.ts';
import type { FileRecord, Snapshot, SymbolMetrics, SymbolRecord } from '#model/snapshot.ts';
import { functionPoints, settlePoints } from '#scores/points-of-unit.ts';
import { nameOfUnit, unitsOf } from '#scores/scored-units.ts';
import { type ExtractedText, extractedText } from './extracted-text.ts';
import { measureText, type MeasuredFunction } from './measure-text.ts';
import { type StatementBlock, statementBlocks } from './statement-blocks.ts';

/** Functions that lose fewer points to their measures are left alone. */
const LEAST_POINTS = 3;
/** Blocks of a function that are tried by writing them out and measuring; the others only weigh less. */
const TRIED = 6;
/** What must come off the function's cognitive complexity or lines to be worth a new name. */
const LEAST_SHARE = 0.2;
const MOST_FUNCTIONS = 40;

export async function extractions(
  snapshot: Snapshot,
  isAsked: (file: FileRecord) => boolean,
  signal: AbortSignal,
): Promise<readonly Refactoring[]> {
  const wanted = snapshot
    .files()
    .filter((file) => flowLanguages.has(file.language) && isAsked(file))
    .flatMap((file) =>
      unitsOf(snapshot, file)
        .filter(({ kind, isInner, symbol }) => kind === 'function' && !isInner && symbol.name !== '')
        .map(({ symbol }) => ({ file, symbol, points: pointsOf(symbol, file.language) })),
    )
    .filter(({ points }) => points >= LEAST_POINTS)
    .sort((a, b) => b.points - a.points || (a.symbol.key < b.symbol.key ? -1 : 1))
    .slice(0, MOST_FUNCTIONS);
  const found: Refactoring[] = [];
  for (const { file, symbol } of wanted) {
    signal.throwIfAborted();
    const text = snapshot.text(file.id);
    const suggestion = text === undefined ? undefined : await extraction(text, file, symbol);
    if (suggestion) found.push(suggestion);
  }
  return found;
}

async function extraction(text: string, file: FileRecord, symbol: SymbolRecord): Promise<Refactoring | undefined> {
  const { startLine, endLine, metrics } = symbol;
  const { source, graphs } = await flowOf(text, file.language, { startLine, endLine });
  const blocks = statementBlocks(source, graphs.cfg.steps, graphs.dfg)
    .toSorted((a, b) => worth(b) - worth(a) || a.startLine - b.startLine || a.endLine - b.endLine)
    .slice(0, TRIED);
  let best:
    | {
        readonly block: StatementBlock;
        readonly written: ExtractedText;
        readonly left: MeasuredFunction;
        readonly made: MeasuredFunction;
      }
    | undefined;
  for (const block of blocks) {
    const isMethod = symbol.kind !== 'function';
    const written = extractedText(text, block, { startLine, endLine, isMethod, isPython: file.language === 'python' });
    const measured = written && (await measureText(written.text, file.language));
    const left = measured?.find((each) => each.name === symbol.name && each.startLine === startLine);
    const made = measured?.find((each) => each.name === written!.name && each.startLine > startLine);
    if (!written || !left || !made || made.cognitive >= metrics!.cognitive) continue;
    if (!best || costOf(left, made) < costOf(best.left, best.made)) best = { block, written, left, made };
  }
  if (!best) return undefined;
  const { block, written, left, made } = best;
  const less = Math.max(1 - left.cognitive / Math.max(1, metrics!.cognitive), 1 - left.codeLines / metrics!.codeLines);
  if (less < LEAST_SHARE) return undefined;
  const name = nameOfUnit(symbol);
  const takes = block.inputs.length === 0 ? 'takes nothing' : `takes ${block.inputs.join(', ')}`;
  const gives = block.outputs.length === 0 ? 'gives nothing back' : `gives ${block.outputs.join(' and ')} back`;
  return {
    kind: 'extract-function',
    title: `Extract lines ${block.startLine}–${written.endLine} of ${name} into a function`,
    place: { path: file.path, startLine: block.startLine, startColumn: 0, endLine: written.endLine, endColumn: 0 },
    symbol: symbol.key,
    reason: `${name} has ${metrics!.codeLines} code lines and a cognitive complexity of ${metrics!.cognitive}. These ${block.statements} statements hang together: a function of them ${takes} and ${gives}.`,
    steps: [
      `Make \`${written.head}\` (the name is a proposal) of lines ${block.startLine}–${written.endLine}.`,
      `Call it there: \`${written.call}\`.`,
    ],
    changes: [
      { metric: `cognitive complexity of ${name}`, before: metrics!.cognitive, after: left.cognitive },
      { metric: `code lines of ${name}`, before: metrics!.codeLines, after: left.codeLines },
      { metric: `cognitive complexity of the new function`, before: 0, after: made.cognitive },
    ],
    gain: Math.max(
      0,
      pointsOf(symbol, file.language) -
        pointsOf({ parameters: symbol.parameters, metrics: withMeasures(metrics!, left) }, file.language),
    ),
  };
}

/** Weight taken away, less what must be carried in and out. */
function worth({ weight, inputs, outputs, startLine, endLine }: StatementBlock): number {
  return weight + (endLine - startLine) / 8 - inputs.length - 2 * outputs.length;
}

/** The worse of the two that come out, in complexity and length. */
function costOf(left: MeasuredFunction, made: MeasuredFunction): number {
  return Math.max(left.cognitive, made.cognitive) + Math.max(left.codeLines, made.codeLines) / 10;
}

function withMeasures(
  metrics: SymbolMetrics,
  { codeLines, cyclomatic, cognitive, nesting }: MeasuredFunction,
): SymbolMetrics {
  return { ...metrics, codeLines, cyclomatic, cognitive, nesting };
}

function pointsOf(symbol: Pick<SymbolRecord, 'metrics' | 'parameters'>, language: string): number {
  return settlePoints(functionPoints(symbol, language)).reduce((sum, { points }) => sum + points, 0);
}
