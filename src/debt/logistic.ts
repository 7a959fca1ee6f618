/** Logistic regression with an L2 penalty by Newton's method (Hastie, Tibshirani, Friedman, 4.4), on standardised columns. */

export interface LogisticModel {
  /** Of the standardised columns. */
  readonly weights: readonly number[];
  readonly intercept: number;
  readonly means: readonly number[];
  readonly deviations: readonly number[];
}

const STEPS = 25;
const ENOUGH = 1e-6;

/** `rows` × columns; labels are 0 or 1. The intercept is not penalised. */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  penalty: number,
): LogisticModel {
  const width = rows[0]?.length ?? 0;
  const means = Array.from({ length: width }, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
  const deviations = means.map(
    (mean, i) => Math.sqrt(rows.reduce((sum, row) => sum + (row[i]! - mean) ** 2, 0) / rows.length) || 1,
  );
  const standard = rows.map((row) => [1, ...row.map((value, i) => (value - means[i]!) / deviations[i]!)]);
  const weights = zeros(width + 1);
  for (let step = 0; step < STEPS; step++) {
    const gradient = zeros(width + 1);
    const hessian = Array.from({ length: width + 1 }, () => zeros(width + 1));
    standard.forEach((row, at) => {
      const p = sigmoid(row.reduce((sum, value, i) => sum + value * weights[i]!, 0));
      const spread = Math.max(p * (1 - p), 1e-6);
      for (let i = 0; i <= width; i++) {
        gradient[i]! += (labels[at]! - p) * row[i]!;
        for (let j = 0; j <= i; j++) hessian[i]![j]! += spread * row[i]! * row[j]!;
      }
    });
    for (let i = 1; i <= width; i++) {
      gradient[i]! -= penalty * weights[i]!;
      hessian[i]![i]! += penalty;
    }
    for (let i = 0; i <= width; i++) for (let j = 0; j < i; j++) hessian[j]![i] = hessian[i]![j]!;
    const change = solve(hessian, gradient);
    for (let i = 0; i <= width; i++) weights[i]! += change[i]!;
    if (change.every((each) => Math.abs(each) < ENOUGH)) break;
  }
  return { weights: weights.slice(1), intercept: weights[0]!, means, deviations };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

/** 0–1. */
export function predict({ weights, intercept, means, deviations }: LogisticModel, row: readonly number[]): number {
  return sigmoid(row.reduce((sum, value, i) => sum + weights[i]! * ((value - means[i]!) / deviations[i]!), intercept));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-Math.max(-30, Math.min(30, x))));
}

/** Gauss's elimination with pivots; a singular system yields zeros for what it leaves open. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    if (Math.abs(rows[pivot]![column]!) < 1e-12) continue;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let i = column; i <= size; i++) rows[row]![i]! -= factor * rows[column]![i]!;
    }
  }
  return rows.map((row, i) => (Math.abs(row[i]!) < 1e-12 ? 0 : row[size]! / row[i]!));
}
