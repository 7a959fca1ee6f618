import { looksBeyondFile } from '../../src/rules/rule.ts';
import { extensions, findingsIn, problemsOf } from '../../test/judge/run-rules.ts';
import type { LabelledCase } from './cases.ts';

export interface JudgedCase {
  readonly labelled: LabelledCase;
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

/** What the labelled rule says of its case; rules that look beyond a file get an index of their own. */
export async function judgeCase(labelled: LabelledCase): Promise<JudgedCase> {
  const { rule, language, text, files, check, expected, history } = labelled;
  const isLocal = !looksBeyondFile(rule);
  const found = isLocal
    ? (await problemsOf(rule, text, language)).length
    : (
        await findingsIn(
          [rule],
          { ...files, [`example.${extensions[language]}`]: text },
          { check, ...(history && { history }) },
        )
      ).findings.filter((finding) => finding.rule === rule.id).length;
  return {
    labelled,
    right: Math.min(found, expected),
    wrong: Math.max(0, found - expected),
    missed: Math.max(0, expected - found),
  };
}
