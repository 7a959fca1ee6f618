import type { SymbolMetrics } from './snapshot.ts';

export interface HalsteadMetrics {
  readonly vocabulary: number;
  readonly length: number;
  /** Bits: N · log₂ n */
  readonly volume: number;
  readonly difficulty: number;
  readonly effort: number;
  /** Seconds, at Stroud's 18 elementary discriminations a second. */
  readonly time: number;
  /** Volume / 3000 */
  readonly bugs: number;
}

/** Halstead, "Elements of Software Science" (1977), from the four counts. All zero for a body without operators and operands. */
export function halstead({ distinctOperators, distinctOperands, operators, operands }: SymbolMetrics): HalsteadMetrics {
  const vocabulary = distinctOperators + distinctOperands;
  const length = operators + operands;
  const volume = vocabulary === 0 ? 0 : length * Math.log2(vocabulary);
  const difficulty = distinctOperands === 0 ? 0 : (distinctOperators / 2) * (operands / distinctOperands);
  const effort = difficulty * volume;
  return { vocabulary, length, volume, difficulty, effort, time: effort / 18, bugs: volume / 3000 };
}

/**
 * Maintainability index on the scale of 0 to 100 (Oman and Hagemeister, 1992, in Visual Studio's normalisation, with the share of
 * comment lines as radon adds it): 100/171 · (171 − 5.2 ln V − 0.23 G − 16.2 ln L + 50 sin √(2.46 C)), where C is the percentage of
 * comment lines taken as degrees, in radians.
 */
export function maintainabilityIndex(metrics: SymbolMetrics): number {
  const { volume } = halstead(metrics);
  const lines = metrics.codeLines;
  if (lines === 0 || volume === 0) return 100;
  const share = (metrics.commentLines / (metrics.codeLines + metrics.commentLines)) * 100;
  const comments = 50 * Math.sin(Math.sqrt(2.46 * ((share * Math.PI) / 180)));
  const index = 171 - 5.2 * Math.log(volume) - 0.23 * metrics.cyclomatic - 16.2 * Math.log(lines) + comments;
  return Math.min(100, Math.max(0, (index * 100) / 171));
}
