import type { LogisticModel } from './logistic.ts';

/**
 * What bug fixes of other histories follow, by a file's ranks in `featuresAt`'s columns: learned by `bench/debt.ts --write` from the
 * releases of the packages in `bench/debt/release-packages.ts`. The bench judges each history by a model that was learned without it.
 */
export const usualRisk: LogisticModel = {
  weights: [],
  intercept: 0,
  means: [],
  deviations: [],
};
