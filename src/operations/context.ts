import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import { buildContext, type ContextShares, defaultShares } from '#context/build-context.ts';
import {
  type CodeSection,
  contextFormats,
  type ContextTarget,
  type SignatureSection,
} from '#context/context-section.ts';
import { relevantByName } from '#context/name-relevance.ts';
import { loadTokenCounter } from '#context/tokens/load-token-counter.ts';
import { encodingOfModel } from '#context/tokens/model-encoding.ts';
import { type ContextDocument, contextDocument } from '#context/write-context.ts';
import { changedSymbols, readDiff } from '#inspect/changed-symbols.ts';
import { chooseSymbol } from '#inspect/choose-symbol.ts';
import { diffOf } from '#inspect/diff-of.ts';
import type { SymbolChoice } from '#model/inspection.ts';
import type { Snapshot, SymbolId, SymbolRecord } from '#model/snapshot.ts';
import type { SymbolKind } from '#model/vocabulary.ts';
import { choicesForTerminal } from '#report/symbol-terminal.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { briefChoices } from './tools/show-tool.ts';

const percent = z.number().min(0).max(100);

const input = z.object({
  subject: z
    .string()
    .optional()
    .describe('A task in words, a symbol (name, Type.method, key), a file, or a place (path:line).'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  diff: z.string().optional().describe('What differs from this commit, branch or tag is the subject.'),
  budget: z.number().int().min(1).default(8000).describe('Tokens that the answer has at most.'),
  model: z
    .string()
    .default('o200k')
    .describe('Whose tokens: o200k, cl100k, or a model’s name. Where its tokenizer is not public, an estimate.'),
  format: z
    .enum(contextFormats)
    .optional()
    .describe('How it is written; text, or json with --json, without it. The budget holds for what this names.'),
  codeShare: percent.default(defaultShares.code * 100).describe('Percent of the budget for full code.'),
  signatureShare: percent.default(defaultShares.signatures * 100).describe('Percent of the budget for signatures.'),
  codeDistance: z
    .number()
    .int()
    .min(0)
    .max(8)
    .default(defaultShares.codeDistance)
    .describe('How many uses away from the subject full code goes.'),
  signatureDistance: z
    .number()
    .int()
    .min(0)
    .max(8)
    .default(defaultShares.signatureDistance)
    .describe('How many uses away signatures go.'),
});

type Input = z.output<typeof input>;

/** What is in a context, where its text stands beside it. */
type Listed = (Omit<CodeSection, 'text'> | Omit<SignatureSection, 'text'>) & { readonly text: undefined };

export type ContextOutput =
  | { readonly status: 'ambiguous'; readonly choices: readonly SymbolChoice[] }
  /** Format json: this document as a whole is within the budget. */
  | ContextDocument
  /** Other formats: `text` is within the budget. */
  | (Omit<ContextDocument, 'status' | 'sections'> & {
      readonly status: 'written';
      readonly format: 'text' | 'xml';
      readonly text: string;
      readonly sections: readonly Listed[];
      /** What was asked about, or is used by it, and did not fit, not even by its signature. */
      readonly left: number;
    });

export const operation = defineOperation<typeof input, ContextOutput>({
  name: 'context',
  group: 'find',
  summary: 'Gather what a model must read for a task, a symbol, a place or a change, within a token budget.',
  effect: 'read',
  input,
  positional: ['subject', 'path'],
  examples: [
    { command: 'trowel context "how are settings merged" --budget 4000', explains: 'For a task in words.' },
    { command: 'trowel context Model.save --format xml', explains: 'A method and what it uses, in tags for a prompt.' },
    {
      command: 'trowel context --diff HEAD --model gpt-4',
      explains: 'What you have not committed yet, in tokens of GPT-4.',
    },
  ],
  async run(given, context) {
    if ((given.subject === undefined) === (given.diff === undefined))
      throw new TrowelError('usage', 'Say what the context is for, or give --diff with a commit.', {
        hint: 'For example: trowel context "where are users logged in"',
      });
    const counter = await loadTokenCounter(encodingOfModel(given.model));
    const { snapshot, root, scope } = await openTree(context, given.path);
    try {
      const found =
        given.diff === undefined
          ? subjects(snapshot, given.subject!, scope)
          : {
              targets: equally(
                changedSymbols(snapshot, readDiff(await diffOf(root, given.diff, context.signal)).changed),
              ),
            };
      if ('choices' in found) return { status: 'ambiguous', choices: found.choices };
      if (found.targets.length === 0)
        throw new TrowelError('not-found', `Nothing differs from ${given.diff} in what is indexed.`);
      const format = given.format ?? (context.asData ? 'json' : 'text');
      const subject = given.subject ?? `what differs from ${given.diff}`;
      const request = {
        snapshot,
        counter,
        subject,
        budget: given.budget,
        shares: sharesOf(given),
        format,
        ...found,
      } as const;
      const { text, tokens, sections, left } = buildContext(request);
      if (sections.length === 0)
        throw new TrowelError('usage', `Nothing fits into ${given.budget} tokens.`, {
          hint: 'Give a larger --budget.',
        });
      const document = contextDocument(request, sections, tokens);
      if (format === 'json') return document;
      const listed = sections.map((section): Listed => ({ ...section, text: undefined }));
      return { ...document, status: 'written', format, text, sections: listed, left };
    } finally {
      snapshot.close();
    }
  },
  render(output, terminal) {
    if (output.status === 'ambiguous') return choicesForTerminal(output.choices, terminal);
    return output.status === 'written' ? output.text : `${JSON.stringify(output)}\n`;
  },
  exitCode: ({ status }) => (status === 'ambiguous' ? 2 : 0),
  tool: {
    description:
      'The code to read for a task in words, a symbol, a file, a place or a diff: definitions whole, what they use, then signatures, within a token budget.',
    takes: ['subject', 'diff', 'budget', 'path'],
    given: { format: 'text' },
    output: z.object({
      status: z.enum(['written', 'ambiguous']),
      choices: z.array(z.string()).optional(),
      text: z.string().optional(),
      tokens: z.number().optional(),
    }),
    brief(output) {
      if (output.status === 'ambiguous') return briefChoices(output.choices);
      return output.status === 'written' ? { status: 'written', tokens: output.tokens, text: output.text } : {};
    },
    text: (output) => (output.status === 'written' ? output.text : undefined),
  },
});

function sharesOf({ codeShare, signatureShare, codeDistance, signatureDistance }: Input): ContextShares {
  if (codeShare + signatureShare > 100)
    throw new TrowelError('usage', 'The shares of code and signatures are more than the budget.', {
      hint: 'Together they may be 100 at most.',
    });
  return { code: codeShare / 100, signatures: signatureShare / 100, codeDistance, signatureDistance };
}

function equally(symbols: readonly SymbolRecord[]): readonly ContextTarget[] {
  return symbols.map(({ id }) => ({ symbol: id, weight: 1 }));
}

/** So many places at most answer a task in words. */
const MOST_TARGETS = 12;
/** Less relevant ones, compared with the best, are not what the task is about. */
const LEAST_WEIGHT = 0.35;

type Subjects =
  | { readonly targets: readonly ContextTarget[]; readonly relevance?: ReadonlyMap<SymbolId, number> }
  | { readonly choices: readonly SymbolChoice[] };

/** A file, a symbol or a place where the subject names one; a task in words otherwise. */
function subjects(snapshot: Snapshot, subject: string, scope: string): Subjects {
  const file =
    snapshot.fileByPath(subject.replace(/^\.\//, '')) ??
    snapshot.fileByPath(scope === '' ? subject : `${scope}/${subject}`);
  if (file) return { targets: equally([snapshot.symbol(file.firstSymbol)]) };
  let unknown: unknown;
  try {
    const chosen = chooseSymbol(snapshot, subject, scope);
    return chosen.status === 'one' ? { targets: equally([chosen.symbol]) } : { choices: chosen.choices };
  } catch (error) {
    if (!(error instanceof TrowelError) || error.code !== 'not-found') throw error;
    unknown = error;
  }
  const isWithin = ({ path }: SymbolRecord): boolean => scope === '' || path === scope || path.startsWith(`${scope}/`);
  const relevance = relevantByName(snapshot, subject, 200, isWithin);
  if (relevance.size === 0) throw unknown;
  const targets = new Map<SymbolId, number>();
  for (const [id, weight] of relevance) {
    if (targets.size === MOST_TARGETS || weight < LEAST_WEIGHT) break;
    const unit = definitionAround(snapshot, id);
    if (!targets.has(unit)) targets.set(unit, weight);
  }
  return { targets: Array.from(targets, ([symbol, weight]) => ({ symbol, weight })), relevance };
}

const parts: ReadonlySet<SymbolKind> = new Set(['field', 'enum-member', 'variable', 'constant', 'property']);

/** What a field, a member of an enumeration or a local variable belongs to: it says little alone. */
function definitionAround(snapshot: Snapshot, id: SymbolId): SymbolId {
  for (let at = snapshot.symbol(id); ;) {
    const outer = at.parent === undefined ? undefined : snapshot.symbol(at.parent);
    if (!parts.has(at.kind) || !outer || outer.kind === 'module' || outer.kind === 'namespace') return at.id;
    at = outer;
  }
}
