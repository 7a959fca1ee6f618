import type { Refactoring } from '#model/refactoring.ts';
import type { Snapshot } from '#model/snapshot.ts';
import { enviousMethods } from '#rules/analysis/envious-methods.ts';
import { rule } from '#rules/smell/feature-envy.ts';
import { pointsOfSeverity } from '#scores/points-of-unit.ts';
import { placeOfSymbol, type RefactoringInputs } from './refactoring-inputs.ts';

/** Methods that belong to the class whose data they use. */
export function movedMethods({ snapshot, project, isAsked }: RefactoringInputs): Refactoring[] {
  return [...enviousMethods(project)]
    .filter(({ method }) => isAsked(snapshot.files()[method.file]!))
    .map(({ method, owner, envied, fields }) => ({
      kind: 'move-method',
      title: `Move ${method.qualifiedName} to ${envied.name}`,
      place: placeOfSymbol(method),
      symbol: method.key,
      reason: `It uses ${fields.envied} fields of ${envied.name} and ${fields.own} of its own class.`,
      steps: [
        `Move \`${method.name}\` into \`${envied.name}\` (${envied.path}:${envied.startLine}).`,
        fields.own === 0
          ? `It needs nothing of \`${owner.name}\`.`
          : `Hand in what it needs of \`${owner.name}\` (${fields.own} ${fields.own === 1 ? 'field' : 'fields'}).`,
        `Let the ${callers(snapshot, method.id)} that call it ask the \`${envied.name}\` that they have; leave a short method behind where others cannot be changed.`,
      ],
      changes: [
        {
          metric: `fields of other classes that ${method.name} uses`,
          before: fields.foreign,
          after: fields.foreign - fields.envied + fields.own,
        },
        ...coupling(snapshot, owner.id, method.id, owner.name),
      ],
      gain: pointsOfSeverity(rule.severity),
    }));
}

function callers(snapshot: Snapshot, id: number): string {
  const places = snapshot.edgesTo(id, ['calls']).filter(({ provenance }) => provenance !== 'candidate').length;
  return places === 1 ? '1 place' : `${places} places`;
}

/** Coupling between objects (Chidamber and Kemerer): other classes that the class uses, with and without the method. */
function coupling(snapshot: Snapshot, owner: number, moved: number, name: string): Refactoring['changes'] {
  const classesOf = (ids: readonly number[]): Set<number> => {
    const found = new Set<number>();
    for (const id of ids)
      for (const { target, provenance } of snapshot.edgesFrom(id, [
        'calls',
        'reads',
        'writes',
        'instantiates',
        'types',
      ])) {
        if (target < 0 || provenance === 'candidate') continue;
        const used = snapshot.symbol(target);
        const holder = ['class', 'struct', 'interface'].includes(used.kind) ? used.id : used.parent;
        if (
          holder !== undefined &&
          holder !== owner &&
          ['class', 'struct', 'interface'].includes(snapshot.symbol(holder).kind)
        )
          found.add(holder);
      }
    return found;
  };
  const members = snapshot.members(owner).map(({ id }) => id);
  const before = classesOf(members).size;
  const after = classesOf(members.filter((id) => id !== moved)).size;
  return before === after ? [] : [{ metric: `classes that ${name} depends on`, before, after }];
}
