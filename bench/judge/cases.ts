/** Labelled cases: each rule's examples, and twins of our own that differ from them in the one thing that matters. */
import { builtInRules } from '../../src/rules/registry.ts';
import type { MadeUpHistory, Rule } from '../../src/rules/rule.ts';

export interface LabelledCase {
  readonly rule: Rule;
  readonly language: string;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
  readonly check: unknown;
  readonly history?: MadeUpHistory | undefined;
  /** Findings of the rule that a careful reader makes. */
  readonly expected: number;
  readonly from: 'example' | 'twin';
}

/** A twin: the rule, its language, code with the fault and code without. */
export type Twin = readonly [rule: string, language: string, bad: string, good: string];

export function labelledCases(twins: readonly Twin[]): readonly LabelledCase[] {
  const byId = new Map(builtInRules.map((rule) => [rule.id, rule]));
  const ofExamples = builtInRules.flatMap((rule) =>
    rule.examples.flatMap(({ language, bad, good, files = {}, check = {}, count = 1, history }) => [
      { rule, language, text: bad, files, check, history: history?.bad, expected: count, from: 'example' as const },
      { rule, language, text: good, files, check, history: history?.good, expected: 0, from: 'example' as const },
    ]),
  );
  const ofTwins = twins.flatMap(([id, language, bad, good]) => {
    const rule = byId.get(id);
    if (!rule) throw new Error(`a twin of the unknown rule ${id}`);
    const common = { rule, language, files: {}, check: {}, from: 'twin' as const };
    return [
      { ...common, text: bad, expected: 1 },
      { ...common, text: good, expected: 0 },
    ];
  });
  return [...ofExamples, ...ofTwins];
}
