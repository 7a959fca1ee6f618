/**
 * Five views of one function for contrastive learning, each as text of which words are read: its syntax tree, its control flow,
 * its data flow, its text with literals made alike, and the names that it takes from elsewhere.
 */
import type { SyntaxTree } from '#model/syntax-tree.ts';

export const viewNames = ['syntax', 'control', 'data', 'text', 'tokens'] as const;
export type ViewName = (typeof viewNames)[number];
export type CodeViews = Readonly<Partial<Record<ViewName, string>>>;

/** What of a control-flow graph is looked at. */
export interface ControlFlowShape {
  readonly steps: readonly { readonly text: string }[];
  readonly blocks: readonly { readonly id: number; readonly steps: readonly number[] }[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly label: string }[];
}

/** And of a data-flow graph over the same steps. */
export interface DataFlowShape {
  readonly definitions: readonly { readonly variable: string; readonly kind: string; readonly step: number }[];
  readonly chains: readonly { readonly definition: number; readonly step: number }[];
}

/** Nodes of a tree that are told. */
const MOST_NODES = 600;

/** Kinds of nodes in pre-order, and what stands in identifiers. */
export function syntaxView({ text, count, type, start, end, subtreeEnd, flags, typeNames }: SyntaxTree): string {
  const told: string[] = [];
  for (let node = 0; node < count && told.length < MOST_NODES; node++) {
    const name = typeNames[type[node]!];
    if ((flags[node]! & 1) === 0 || name === undefined || /comment/.test(name)) continue;
    const isLeaf = subtreeEnd[node] === node + 1;
    told.push(isLeaf && /identifier|name$/.test(name) ? text.slice(start[node], end[node]) : name);
  }
  return told.join(' ');
}

/** Each way from one block to the next that is not just the next line: its label, what it leaves and where it leads. */
export function controlFlowView({ steps, blocks, edges }: ControlFlowShape): string {
  const byId = new Map(blocks.map((block) => [block.id, block]));
  const stepText = (block: number, at: number): string =>
    namesIn(steps[byId.get(block)?.steps.at(at) ?? -1]?.text ?? '');
  return edges
    .filter(({ label }) => label !== 'next')
    .map(({ from, to, label }) => `${label} ${stepText(from, -1)} ${stepText(to, 0)}`)
    .join('\n');
}

/** Each definition with how it is made and who reads it. */
export function dataFlowView({ definitions, chains }: DataFlowShape, { steps }: ControlFlowShape): string {
  return chains
    .map(({ definition, step }) => {
      const { variable, kind, step: made } = definitions[definition]!;
      return `${kind} ${variable} ${namesIn(steps[made]?.text ?? '')} ${namesIn(steps[step]?.text ?? '')}`;
    })
    .join('\n');
}

const literals = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\b\d[\w.]*/g;
const comments = /\/\*[^]*?\*\/|(?:^|\s)(?:\/\/|#(?![a-z]+\b)).*$/gm;

/** Without comments, literals made alike. */
export function normalisedText(code: string): string {
  return code.replace(comments, ' ').replace(literals, ' literal ').replace(/\s+/g, ' ').trim();
}

/** Names that are called, taken from something, or begin with a capital. */
export function semanticTokens(code: string): string {
  const bare = code.replace(comments, ' ').replace(literals, ' ');
  return Array.from(
    bare.matchAll(/(?<=\.|->|::)[A-Za-z_]\w*|\b[A-Za-z_]\w*(?=\s*\()|\b[A-Z]\w*/g),
    ([name]) => name,
  ).join(' ');
}

function namesIn(text: string): string {
  return (text.replace(literals, ' ').match(/[A-Za-z_]\w*/g) ?? []).join(' ');
}

/** Two views of one function, another two for the next: all pairs come up. Undefined where it has fewer than two that say anything. */
export function twoViews(views: CodeViews, number: number): readonly [string, string] | undefined {
  const told = viewNames.filter((name) => (views[name] ?? '').split(' ').length >= FEWEST_WORDS);
  const pairs = told.flatMap((one, at) => told.slice(at + 1).map((other) => [one, other] as const));
  if (pairs.length === 0) return undefined;
  const [one, other] = pairs[number % pairs.length]!;
  return [views[one]!, views[other]!];
}

const FEWEST_WORDS = 5;
