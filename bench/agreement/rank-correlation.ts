/** Spearman's coefficient; ties share the mean of their ranks. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const first = ranks(pairs.map(([a]) => a));
  const second = ranks(pairs.map(([, b]) => b));
  const mean = (pairs.length + 1) / 2;
  let covariance = 0;
  let variance1 = 0;
  let variance2 = 0;
  first.forEach((rank, at) => {
    const a = rank - mean;
    const b = second[at]! - mean;
    covariance += a * b;
    variance1 += a * a;
    variance2 += b * b;
  });
  return covariance / Math.sqrt(variance1 * variance2);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const result = Array.from({ length: values.length }, () => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let at = from; at <= to; at++) result[order[at]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return result;
}
