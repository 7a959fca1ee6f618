import { chooseTests, type Choice } from '#generate/keep/choose-tests.ts';
import { findKills, joinKills, type Kills, type MutantPoint } from '#generate/keep/find-kills.ts';
import { observe, type Observed } from '#generate/keep/observe.ts';
import { simplifyTests } from '#generate/keep/simplify-tests.ts';
import type { Study } from './study.ts';

/** Chooses, looks for plainer variants of what was chosen, and chooses again among all. */
export async function choosePlainly(given: {
  readonly observed: readonly Observed[];
  readonly kills: Kills;
  readonly isWanted: (goal: number) => boolean;
  readonly mutants: readonly MutantPoint[];
  readonly trusted: (list: readonly Observed[]) => Observed[];
  readonly study: Study;
  readonly within: () => boolean;
}): Promise<Choice> {
  const { observed, kills, isWanted, mutants, study, within } = given;
  const first = chooseTests(observed, kills, isWanted);
  const points = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  const plainer = await simplifyTests(first.tests, points, study.fresh, within);
  if (plainer.length === 0) return first;
  const more = given.trusted(await observe(plainer, { fresh: study.fresh, others: study.others }));
  const killed = new Set(first.killed);
  const seenByMore = await findKills(
    more,
    mutants.filter(({ id }) => killed.has(id)),
    [study.fresh, study.explorer],
    () => true,
  );
  return chooseTests([...observed, ...more], joinKills(kills, seenByMore), isWanted);
}
