import type { Refactoring } from '#model/refactoring.ts';
import { type CohesionGroup, cohesionGroups, LEAST_GROUP } from '#rules/analysis/cohesion-groups.ts';
import { judgedClasses } from '#rules/analysis/measured-symbols.ts';
import { rule } from '#rules/smell/low-cohesion.ts';
import { pointsOfSeverity } from '#scores/points-of-unit.ts';
import { listed, placeOfSymbol, type RefactoringInputs } from './refactoring-inputs.ts';

/** Classes whose methods fall into groups that share nothing. */
export function splitClasses({ snapshot, project, isAsked }: RefactoringInputs): Refactoring[] {
  const found: Refactoring[] = [];
  for (const owner of judgedClasses(project)) {
    if (!isAsked(snapshot.files()[owner.file]!)) continue;
    if (snapshot.edgesFrom(owner.id, ['inherits', 'implements']).length > 0) continue;
    const groups = cohesionGroups(snapshot, owner)
      .filter(({ methods, fields }) => methods.length >= LEAST_GROUP && fields > 0)
      .toSorted((a, b) => b.methods.length - a.methods.length);
    if (groups.length < 2) continue;
    const [kept, ...taken] = groups;
    const weight = (group: CohesionGroup): number =>
      group.methods.reduce((sum, { metrics }) => sum + (metrics?.cyclomatic ?? 0), 0);
    const all = groups.reduce((sum, group) => sum + weight(group), 0);
    found.push({
      kind: 'split-class',
      title: `Split ${owner.name} into ${groups.length} classes`,
      place: placeOfSymbol(owner),
      symbol: owner.key,
      reason: `Its methods fall into ${groups.length} groups that share no field and do not call each other.`,
      steps: [
        ...taken.map(
          ({ methods, fields }) =>
            `Make a class of ${listed(methods.map(({ name }) => name))} with ${fields === 1 ? 'the field' : `the ${fields} fields`} that they use.`,
        ),
        `Leave ${listed(kept!.methods.map(({ name }) => name))} in \`${owner.name}\`.`,
        `Let users make the one that they need, or let \`${owner.name}\` hold the others while they change over.`,
      ],
      changes: [
        { metric: `unconnected groups in ${owner.name} (LCOM4)`, before: groups.length, after: 1 },
        {
          metric: `methods of ${owner.name}`,
          before: groups.reduce((sum, { methods }) => sum + methods.length, 0),
          after: kept!.methods.length,
        },
        { metric: `ways through the methods of ${owner.name}`, before: all, after: weight(kept!) },
      ],
      gain: pointsOfSeverity(rule.severity),
    });
  }
  return found;
}
