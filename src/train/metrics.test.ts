import { describe, expect, it } from 'vitest';
import {
  crossLanguageAccuracy,
  detectionQuality,
  meanReciprocalRank,
  normalisedDiscountedGain,
  rankOf,
  singleGain,
} from './metrics.ts';

describe('rankOf', () => {
  it('counts ties half', () => {
    expect(rankOf([0.9, 0.5, 0.7], 2)).toBe(2);
    expect(rankOf([0.5, 0.5, 0.5], 1)).toBe(2);
    expect(rankOf([1], 0)).toBe(1);
  });
});

describe('meanReciprocalRank', () => {
  it('is the mean of 1/rank', () => {
    expect(meanReciprocalRank([1, 2, 4])).toBeCloseTo((1 + 0.5 + 0.25) / 3, 12);
    expect(meanReciprocalRank([])).toBe(0);
  });
});

describe('nDCG', () => {
  it('is 1 for the best order, and what one computes by hand for another', () => {
    expect(normalisedDiscountedGain([3, 2, 0], [0, 2, 3])).toBe(1);
    // Gains 1 and 3 in the wrong order: (1/1 + 7/log₂3) over (7/1 + 1/log₂3).
    const log3 = Math.log2(3);
    expect(normalisedDiscountedGain([1, 3], [3, 1])).toBeCloseTo((1 + 7 / log3) / (7 + 1 / log3), 12);
    expect(normalisedDiscountedGain([0, 0], [])).toBe(0);
  });

  it('of a single relevant item depends on its rank alone', () => {
    expect(singleGain(1)).toBe(1);
    expect(singleGain(3)).toBe(0.5);
    expect(singleGain(11)).toBe(0);
    expect(normalisedDiscountedGain([0, 0, 1], [1])).toBeCloseTo(singleGain(3), 12);
  });
});

describe('detectionQuality', () => {
  it('takes pairs in any order', () => {
    const { precision, recall, f1 } = detectionQuality(
      [
        [2, 1],
        [3, 4],
        [1, 2],
      ],
      [
        [1, 2],
        [5, 6],
      ],
    );
    expect(precision).toBe(0.5);
    expect(recall).toBe(0.5);
    expect(f1).toBe(0.5);
  });

  it('is 0 where nothing was found', () => {
    expect(detectionQuality([], [[1, 2]])).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(detectionQuality([[1, 2]], [])).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

describe('crossLanguageAccuracy', () => {
  it('is the share of pieces that find their counterpart', () => {
    const left = Float32Array.of(1, 0, 0, 1, 0.8, 0.6);
    expect(crossLanguageAccuracy(left, left, 2)).toBe(1);
    const turned = Float32Array.of(0, 1, 1, 0, 0.8, 0.6);
    expect(crossLanguageAccuracy(left, turned, 2)).toBeCloseTo(1 / 3, 12);
  });
});
