/** What a subject, or the whole repository, is and does, in a line each. */
import { TrowelError } from '#base/errors.ts';
import { Budget } from '#context/budget.ts';
import type { ContextFormatName, ContextTarget } from '#context/context-section.ts';
import { factsSummariser } from '#context/summaries/facts-summariser.ts';
import { Summaries } from '#context/summaries/summaries.ts';
import type { TokenCounter } from '#context/tokens/token-counter.ts';
import { pageRank } from '#graph/page-rank.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';

export interface SummaryEntry {
  readonly name: string;
  readonly place: string;
  readonly summary: string;
}

export interface SummaryDocument {
  readonly status: 'summary';
  readonly revision: string;
  readonly budget: number;
  readonly tokens: number;
  readonly encoding: string;
  readonly exact: boolean;
  readonly entries?: readonly SummaryEntry[];
  readonly text?: string;
}

export interface SummaryQuestion {
  readonly snapshot: Snapshot;
  readonly counter: TokenCounter;
  readonly scope: string;
  readonly budget: number;
  /** None: the files of the repository, the most important first. */
  readonly targets: readonly ContextTarget[];
  readonly format: ContextFormatName;
  readonly signal: AbortSignal;
}

/** One for the process: equal code is summed up once. */
const summaries = new Summaries(factsSummariser);

export async function summaryDocument(question: SummaryQuestion): Promise<SummaryDocument> {
  const { snapshot, counter, budget, signal, format } = question;
  const left = new Budget(counter, budget);
  left.startLevel(budget);
  const entries: SummaryEntry[] = [];
  for (const symbol of subjects(question)) {
    const summary = await summaries.of(snapshot, symbol, signal);
    const place = symbol.parent === undefined ? symbol.path : `${symbol.path}:${symbol.startLine}`;
    const entry = { name: symbol.qualifiedName || symbol.path, place, summary };
    if (!left.spend(format === 'json' ? `${JSON.stringify(entry)},` : lineOf(entry))) break;
    entries.push(entry);
  }
  for (; entries.length > 0; entries.pop()) {
    const document = written(question, entries);
    if (document.tokens <= budget) return document;
  }
  throw new TrowelError('usage', `Nothing fits into ${budget} tokens.`, { hint: 'Give a larger --budget.' });
}

/** Each target, then what it holds; or every file with code, those that most leads to first. */
function* subjects({ snapshot, targets, scope }: SummaryQuestion): Generator<SymbolRecord> {
  for (const { symbol: id } of targets) {
    const symbol = snapshot.symbol(id);
    yield symbol;
    for (const member of snapshot.symbolsOf(symbol.file))
      if (member.parent === id && (member.flags & SymbolFlag.anonymous) === 0 && holdsCode(member)) yield member;
  }
  if (targets.length > 0) return;
  const ranks = pageRank(snapshot.outgoing(), { tolerance: 1e-6 });
  const files = snapshot
    .files()
    .filter(({ path, roles }) => roles.includes('source') && (scope === '' || path.startsWith(`${scope}/`)))
    .map((file) => {
      let rank = 0;
      for (let at = file.firstSymbol; at < file.firstSymbol + file.symbolCount; at++) rank += ranks[at]!;
      return { file, rank };
    })
    .sort((a, b) => b.rank - a.rank || a.file.id - b.file.id);
  for (const { file } of files) yield snapshot.symbol(file.firstSymbol);
}

function holdsCode({ kind }: SymbolRecord): boolean {
  return kind !== 'field' && kind !== 'variable' && kind !== 'constant' && kind !== 'enum-member';
}

function lineOf({ name, place, summary }: SummaryEntry): string {
  return `${(name === place ? place : `${name}  ${place}`).replace(/\p{Cc}+/gu, ' ')} — ${summary.replace(/\p{Cc}+/gu, ' ')}\n`;
}

function written(
  { snapshot, counter, budget, format }: SummaryQuestion,
  entries: readonly SummaryEntry[],
): SummaryDocument {
  const { revision } = snapshot.freshness;
  const { encoding, exact } = counter;
  const about = { status: 'summary', revision, budget, encoding, exact } as const;
  if (format !== 'json') {
    const lines = entries.map(lineOf).join('');
    const text =
      format === 'xml'
        ? `<summaries>\n<![CDATA[\n${lines.replaceAll(']]>', ']]]]><![CDATA[>')}]]>\n</summaries>\n`
        : lines;
    return { ...about, tokens: counter.count(text), text };
  }
  // The figure stands in the text that it counts.
  let counted = budget;
  for (let round = 0; round < 3; round++)
    counted = counter.count(`${JSON.stringify({ ...about, tokens: counted, entries })}\n`);
  return { ...about, tokens: counted, entries };
}
