import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import { type BuiltContext, buildContext, type ContextShares, defaultShares } from '#context/build-context.ts';
import { loadCompression } from '#context/compress/compress-source.ts';
import { type CodeSection, contextFormats, type SignatureSection } from '#context/context-section.ts';
import { loadTokenCounter } from '#context/tokens/load-token-counter.ts';
import { encodingOfModel } from '#context/tokens/model-encoding.ts';
import { type ContextDocument, contextDocument } from '#context/write-context.ts';
import { symbolHistory } from '#history/symbol-history.ts';
import { changedSymbols, readDiff } from '#inspect/changed-symbols.ts';
import { diffOf } from '#inspect/diff-of.ts';
import type { SymbolChoice } from '#model/inspection.ts';
import type { Snapshot, SymbolId } from '#model/snapshot.ts';
import { choicesForTerminal } from '#report/symbol-terminal.ts';
import { type MapDocument, mapDocument } from './context-map.ts';
import { type SummaryDocument, summaryDocument } from './context-summary.ts';
import { equally, type Subjects, subjectsOf } from './context-subjects.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { briefChoices } from './tools/show-tool.ts';

const percent = z.number().min(0).max(100);
const hops = z.number().int().min(0).max(8);

const input = z.object({
  subject: z
    .string()
    .optional()
    .describe('A task in words, a symbol (name, Type.method, key), a file, or a place (path:line).'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  diff: z.string().optional().describe('What differs from this commit, branch or tag is the subject.'),
  map: z
    .boolean()
    .default(false)
    .describe('The most important definitions of the repository instead, or those for the subject.'),
  summary: z
    .boolean()
    .default(false)
    .describe('What the subject, or the whole repository, is and does, in a line each, instead of code.'),
  budget: z.number().int().min(1).default(8000).describe('Tokens that the answer has at most.'),
  model: z
    .string()
    .default('o200k')
    .describe('Whose tokens: o200k, cl100k, or a model’s name. Where its tokenizer is not public, an estimate.'),
  format: z
    .enum(contextFormats)
    .optional()
    .describe('How it is written; text, or json with --json, without it. The budget holds for what this names.'),
  tests: z.boolean().default(false).describe('Show the tests of the subject, too.'),
  docs: z.boolean().default(false).describe('Show prose about the task, too.'),
  changes: z.boolean().default(false).describe('List the last commits that changed the subject, too.'),
  compress: z
    .boolean()
    .default(false)
    .describe('Leave out comments, blank lines and indentation where the program stays the same.'),
  codeShare: percent.default(defaultShares.code * 100).describe('Percent of the budget for full code.'),
  signatureShare: percent.default(defaultShares.signatures * 100).describe('Percent of the budget for signatures.'),
  codeDistance: hops
    .default(defaultShares.codeDistance)
    .describe('How many uses away from the subject full code goes.'),
  signatureDistance: hops.default(defaultShares.signatureDistance).describe('How many uses away signatures go.'),
});

type Input = z.output<typeof input>;

/** What is in a context, where its text stands beside it. */
type Listed = (Omit<CodeSection, 'text'> | Omit<SignatureSection, 'text'>) & { readonly text: undefined };

export type ContextOutput =
  | { readonly status: 'ambiguous'; readonly choices: readonly SymbolChoice[] }
  | MapDocument
  | SummaryDocument
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
    { command: 'trowel context --map --budget 2000', explains: 'The most important definitions of the repository.' },
  ],
  async run(given, context) {
    if (given.subject !== undefined && given.diff !== undefined) throw nothingAsked();
    if (given.subject === undefined && given.diff === undefined && !given.map && !given.summary) throw nothingAsked();
    const counter = await loadTokenCounter(encodingOfModel(given.model));
    const { snapshot, root, scope } = await openTree(context, given.path);
    try {
      const { budget } = given;
      const found = await subjects(snapshot, given, root, scope, context.signal);
      if (found && 'choices' in found) return { status: 'ambiguous', choices: found.choices };
      const format = given.format ?? (context.asData ? 'json' : 'text');
      if (given.map) return mapDocument({ snapshot, counter, scope, budget, targets: found?.targets ?? [], format });
      if (given.summary)
        return await summaryDocument({
          snapshot,
          counter,
          scope,
          budget,
          targets: found?.targets ?? [],
          format,
          signal: context.signal,
        });
      const { targets, relevance, passages } = found!;
      // Where only prose speaks of it, prose is the answer.
      const prose = given.docs || targets.length === 0 ? passages : undefined;
      if (targets.length === 0 && !prose?.length)
        throw new TrowelError('not-found', `Nothing differs from ${given.diff} in what is indexed.`);
      const request = {
        snapshot,
        counter,
        subject: given.subject ?? `what differs from ${given.diff}`,
        budget,
        shares: sharesOf(given),
        format,
        targets,
        relevance,
        passages: prose,
        tests: given.tests,
        compress: given.compress ? await compression(snapshot) : undefined,
        changes: given.changes ? await changesOf(snapshot, targets, root, context.signal) : undefined,
      };
      return outputOf(buildContext(request), request);
    } finally {
      snapshot.close();
    }
  },
  render(output, terminal) {
    if (output.status === 'ambiguous') return choicesForTerminal(output.choices, terminal);
    if (output.status === 'written') return output.text;
    return 'text' in output && output.text !== undefined ? output.text : `${JSON.stringify(output)}\n`;
  },
  exitCode: ({ status }) => (status === 'ambiguous' ? 2 : 0),
  tool: {
    description:
      'The code to read for a task in words, a symbol, a file, a place or a diff: definitions whole, what they use, then signatures, within a token budget. map: the most important definitions instead; summary: a line each, without code.',
    takes: ['subject', 'diff', 'map', 'summary', 'budget', 'tests', 'path'],
    given: { format: 'text' },
    output: z.object({
      status: z.enum(['written', 'map', 'summary', 'ambiguous']),
      choices: z.array(z.string()).optional(),
      text: z.string().optional(),
      tokens: z.number().optional(),
    }),
    brief(output) {
      if (output.status === 'ambiguous') return briefChoices(output.choices);
      if (output.status === 'context') return {};
      const { status, tokens, text } = output;
      return { status, tokens, text };
    },
    text: (output) => ('text' in output ? output.text : undefined),
  },
});

function nothingAsked(): TrowelError {
  return new TrowelError('usage', 'Say what the context is for, or give --diff with a commit, --map or --summary.', {
    hint: 'For example: trowel context "where are users logged in"',
  });
}

async function subjects(
  snapshot: Snapshot,
  { subject, diff }: Input,
  root: string,
  scope: string,
  signal: AbortSignal,
): Promise<Subjects | undefined> {
  if (subject !== undefined) return subjectsOf(snapshot, subject, scope);
  if (diff === undefined) return undefined;
  return { targets: equally(changedSymbols(snapshot, readDiff(await diffOf(root, diff, signal)).changed)) };
}

function outputOf(built: BuiltContext, request: Parameters<typeof buildContext>[0]): ContextOutput {
  const { text, tokens, sections, left } = built;
  const { budget, format } = request;
  if (sections.length === 0)
    throw new TrowelError('usage', `Nothing fits into ${budget} tokens.`, { hint: 'Give a larger --budget.' });
  const document = contextDocument(request, sections, tokens);
  if (format === 'json') return document;
  const listed = sections.map((section): Listed => ({ ...section, text: undefined }));
  return { ...document, status: 'written', format, text, sections: listed, left };
}

function sharesOf({ codeShare, signatureShare, codeDistance, signatureDistance }: Input): ContextShares {
  if (codeShare + signatureShare > 100)
    throw new TrowelError('usage', 'The shares of code and signatures are more than the budget.', {
      hint: 'Together they may be 100 at most.',
    });
  return { code: codeShare / 100, signatures: signatureShare / 100, codeDistance, signatureDistance };
}

/** Strings and documentation stay to the letter. */
async function compression(snapshot: Snapshot): Promise<(text: string, language: string) => string> {
  const compress = await loadCompression(new Set(snapshot.files().map(({ language }) => language)));
  return (text, language) => compress(text, language, { keepDocumentation: true, dropDocstrings: false }).text;
}

/** Of so many targets, so many commits. */
const TOLD_TARGETS = 4;
const TOLD_COMMITS = 5;

async function changesOf(
  snapshot: Snapshot,
  targets: readonly { readonly symbol: SymbolId }[],
  root: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<SymbolId, readonly string[]>> {
  const changes = new Map<SymbolId, readonly string[]>();
  for (const { symbol: id } of targets.slice(0, TOLD_TARGETS)) {
    const { path, startLine, endLine } = snapshot.symbol(id);
    const history = await symbolHistory(root, path, startLine, endLine, signal);
    const lines = (history?.commits ?? []).slice(0, TOLD_COMMITS).map(({ hash, author, time, subject }) => {
      const day = new Date(time * 1000).toISOString().slice(0, 10);
      return `${day} ${author}: ${subject} (${hash.slice(0, 8)})`;
    });
    changes.set(id, lines);
  }
  return changes;
}
