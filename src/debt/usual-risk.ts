import type { LogisticModel } from './logistic.ts';

/**
 * What bug fixes of other histories follow, by a file's ranks in `featuresAt`'s columns: learned by `bench/debt/write-usual-risk.ts`
 * from the releases of 9 packages. `bench/debt.ts` judges each of them by a model that was learned without it.
 */
export const usualRisk: LogisticModel = {
  weights: [0.0639, 0.0984, 0.5166, -0.0051, -0.59, 1.1257, 0, -0.036, -0.3298],
  intercept: -4.3088,
  means: [0.222, 0.1061, 0.1176, 0.0357, 0.4039, 0.2707, 0, 0.8174, 0.5474],
  deviations: [0.191, 0.2266, 0.1919, 0.1651, 0.2854, 0.3063, 1, 0.2447, 0.3199],
};
