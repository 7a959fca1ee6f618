/** What `train --head` says. */
import type { Painter } from '#base/paint.ts';
import { printable } from '#base/paint.ts';
import type { HeadScore } from '#train/fit-head.ts';

export interface HeadOutput {
  /** The encoder that it sits on. */
  readonly encoder: string;
  /** What to choose; undefined where the head is not better than the encoder alone, and nothing was kept. */
  readonly model: string | undefined;
  readonly shape: { readonly input: number; readonly hidden: number; readonly output: number };
  readonly pairs: number;
  readonly before: HeadScore;
  readonly after: HeadScore;
  readonly steps: number;
  readonly chosenFor: readonly string[];
  readonly milliseconds: number;
}

export function headLines(
  { encoder, model, shape, pairs, before, after, steps, chosenFor, milliseconds }: HeadOutput,
  paint: Painter,
): string {
  const score = ({ nDCG, meanReciprocalRank }: HeadScore): string =>
    `nDCG@10 ${nDCG.toFixed(3)}, MRR ${meanReciprocalRank.toFixed(3)}`;
  const lines = [
    `${pairs} functions by their documentation or names, embedded by ${printable(encoder)}`,
    `a head of ${shape.input} → ${shape.hidden} → ${shape.output}; ${steps} steps in ${(milliseconds / 1000).toFixed(1)} s`,
    `held out: ${before.pairs} functions`,
    `  before  ${score(before)}  ${paint.dim('the encoder alone')}`,
    `  after   ${score(after)}  ${paint.dim(model ?? 'not kept')}`,
  ];
  if (model === undefined) lines.push(paint.yellow('The head is not better: the encoder stays as it is.'));
  for (const root of chosenFor)
    lines.push(`chosen for ${printable(root)}: its vectors are made with it from the next dig on`);
  return `${lines.join('\n')}\n`;
}
