import type { Finding } from '#model/finding.ts';

/** Fingerprints in which equal findings are told apart by their number, in the order of their places. */
export function uniquePrints(findings: readonly Pick<Finding, 'rule' | 'fingerprint' | 'place'>[]): readonly string[] {
  const order = findings
    .map((finding, index) => ({ finding, index }))
    .sort(({ finding: a }, { finding: b }) =>
      a.place.path === b.place.path
        ? a.place.startLine - b.place.startLine || a.place.startColumn - b.place.startColumn
        : a.place.path < b.place.path
          ? -1
          : 1,
    );
  const counts = new Map<string, number>();
  const prints: string[] = [];
  for (const { finding, index } of order) {
    const key = `${finding.rule} ${finding.fingerprint}`;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    prints[index] = `${finding.fingerprint}:${count}`;
  }
  return prints;
}
