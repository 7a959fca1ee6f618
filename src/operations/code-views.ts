/** The views of functions for training: syntax trees and flow graphs are made here, and told by `train`. */
import { throwIfAborted } from '#base/abort.ts';
import { flowGraphOf } from '#flowgraph/flow-graph-of.ts';
import { findLanguage } from '#languages/catalogue.ts';
import { detectLanguage } from '#languages/detect-language.ts';
import { loadGrammar, parseSyntaxTree } from '#languages/tree-sitter.ts';
import { TrowelError } from '#base/errors.ts';
import {
  type CodeViews,
  controlFlowView,
  dataFlowView,
  normalisedText,
  semanticTokens,
  syntaxView,
} from '#train/code-views.ts';
import type { TrainingFunction } from '#train/collect-pairs.ts';

/** Functions whose views are made: the longest say most. */
const MOST_FUNCTIONS = 4_000;

export async function withCodeViews(
  functions: readonly TrainingFunction[],
  signal: AbortSignal | undefined,
): Promise<readonly TrainingFunction[]> {
  const chosen = new Set(functions.toSorted((a, b) => b.text.length - a.text.length).slice(0, MOST_FUNCTIONS));
  const made: TrainingFunction[] = [];
  for (const one of functions) {
    throwIfAborted(signal);
    made.push(chosen.has(one) ? { ...one, views: await viewsOf(one) } : one);
  }
  return made;
}

async function viewsOf({ text, path }: TrainingFunction): Promise<CodeViews> {
  const { language } = detectLanguage(path);
  const grammar = language === undefined ? undefined : findLanguage(language)?.grammar;
  const lexical = { text: normalisedText(text), tokens: semanticTokens(text) };
  if (language === undefined || !grammar) return lexical;
  await loadGrammar(grammar);
  const syntax = syntaxView(parseSyntaxTree(text, grammar));
  try {
    const { cfg, dfg } = await flowGraphOf(text, language, { startLine: 1, endLine: text.split('\n').length });
    return { ...lexical, syntax, control: controlFlowView(cfg), data: dataFlowView(dfg, cfg) };
  } catch (error) {
    if (!(error instanceof TrowelError) || error.code !== 'unsupported') throw error;
    return { ...lexical, syntax };
  }
}
