/** Robert C. Martin's package metrics ("OO Design Quality Metrics", 1994). */
export interface PackageMetrics {
  /** Ca: outside classes (here: files) that depend on this package. */
  readonly afferentCoupling: number;
  /** Ce: outside files that this package depends on. */
  readonly efferentCoupling: number;
  /** I = Ce / (Ca + Ce); undefined when nothing depends either way: 0 of 0 is no number. */
  readonly instability: number | undefined;
  /** A = abstract types / types; undefined without types. */
  readonly abstractness: number | undefined;
  /** D = |A + I − 1|; undefined when either is. */
  readonly distance: number | undefined;
}

export interface PackageCounts {
  readonly types: number;
  /** Interfaces, traits, protocols and abstract classes. */
  readonly abstractTypes: number;
}

/**
 * @param packageOf package number of each file
 * @param imports pairs [importing file, imported file]
 */
export function packageMetrics(
  packageOf: ArrayLike<number>,
  imports: Iterable<readonly [number, number]>,
  counts: readonly PackageCounts[],
): PackageMetrics[] {
  const incoming = counts.map(() => new Set<number>());
  const outgoing = counts.map(() => new Set<number>());
  for (const [from, to] of imports) {
    const source = packageOf[from]!;
    const target = packageOf[to]!;
    if (source === target) continue;
    incoming[target]!.add(from);
    outgoing[source]!.add(to);
  }
  return counts.map((count, index) => {
    const afferentCoupling = incoming[index]!.size;
    const efferentCoupling = outgoing[index]!.size;
    const coupling = afferentCoupling + efferentCoupling;
    const instability = coupling === 0 ? undefined : efferentCoupling / coupling;
    const abstractness = count.types === 0 ? undefined : count.abstractTypes / count.types;
    const distance =
      instability === undefined || abstractness === undefined ? undefined : Math.abs(abstractness + instability - 1);
    return { afferentCoupling, efferentCoupling, instability, abstractness, distance };
  });
}
