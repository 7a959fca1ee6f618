import { TrowelError } from '#base/errors.ts';
import type { ContextFormatName, ContextTarget } from '#context/context-section.ts';
import { type MappedFile, type RepositoryMap, repositoryMap } from '#context/repository-map.ts';
import type { TokenCounter } from '#context/tokens/token-counter.ts';
import { pageRank } from '#graph/page-rank.ts';
import type { Snapshot } from '#model/snapshot.ts';

/** A map as data; `text` where it was asked for as text. What is asked for is within the budget. */
export interface MapDocument {
  readonly status: 'map';
  readonly revision: string;
  readonly budget: number;
  readonly tokens: number;
  readonly encoding: string;
  readonly exact: boolean;
  readonly files?: readonly MappedFile[];
  readonly text?: string;
}

export interface MapQuestion {
  readonly snapshot: Snapshot;
  readonly counter: TokenCounter;
  readonly scope: string;
  readonly budget: number;
  /** What the walk starts from; none: from everywhere in the code. */
  readonly targets: readonly ContextTarget[];
  readonly format: ContextFormatName;
}

const aside: ReadonlySet<string> = new Set(['test', 'vendored', 'generated', 'minified', 'documentation', 'data']);

export function mapDocument(question: MapQuestion): MapDocument {
  const { snapshot, counter, scope, budget, targets } = question;
  const files = snapshot.files();
  const isAside = (file: number): boolean => files[file]!.roles.some((role) => aside.has(role));
  const { file } = snapshot.symbolTable();
  const restart = Float64Array.from(file, (of) => (isAside(of) ? 0 : 1));
  if (targets.length > 0) {
    restart.fill(0);
    for (const { symbol, weight } of targets) restart[symbol] = weight;
  }
  // Ranks are compared, not read: a coarse end is enough.
  const ranks = pageRank(snapshot.outgoing(), { restart, tolerance: 1e-6 });
  const accepts = (of: number): boolean => {
    const { path } = files[of]!;
    return !isAside(of) && (scope === '' || path === scope || path.startsWith(`${scope}/`));
  };
  for (let room = budget; room > 0; room = Math.floor(room * 0.9)) {
    const made = repositoryMap({ snapshot, counter, budget: room, ranks, accepts });
    if (made.files.length === 0) break;
    const document = written(question, made);
    if (document.tokens <= budget) return document;
  }
  throw new TrowelError('usage', `Nothing fits into ${budget} tokens.`, { hint: 'Give a larger --budget.' });
}

function written(
  { snapshot, counter, budget, format }: MapQuestion,
  { files, text, tokens }: RepositoryMap,
): MapDocument {
  const { revision } = snapshot.freshness;
  const { encoding, exact } = counter;
  const about = { status: 'map', revision, budget, encoding, exact } as const;
  if (format === 'text') return { ...about, tokens, text };
  if (format === 'xml') {
    const tagged = `<map>\n<![CDATA[\n${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>\n</map>\n`;
    return { ...about, tokens: counter.count(tagged), text: tagged };
  }
  // The figure stands in the text that it counts.
  let counted = budget;
  for (let round = 0; round < 3; round++)
    counted = counter.count(`${JSON.stringify({ ...about, tokens: counted, files })}\n`);
  return { ...about, tokens: counted, files };
}
