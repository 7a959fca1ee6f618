import type { MutantResult, MutationScore } from '#model/mutation.ts';

/** Timeouts are counted apart from kills; a score counts both as found, as Stryker's does. */
export function scoreOf(mutants: readonly Pick<MutantResult, 'status'>[]): MutationScore {
  const count = (status: MutantResult['status']): number => mutants.filter((mutant) => mutant.status === status).length;
  const [killed, survived, timeouts, noCoverage] = [
    count('killed'),
    count('survived'),
    count('timeout'),
    count('no-coverage'),
  ];
  const found = killed + timeouts;
  const share = (total: number): number | undefined => (total === 0 ? undefined : (100 * found) / total);
  return {
    killed,
    survived,
    timeouts,
    noCoverage,
    equivalent: count('equivalent'),
    score: share(found + survived + noCoverage),
    coveredScore: share(found + survived),
  };
}
