import type { Refactoring } from '#model/refactoring.ts';
import { dataClumps } from '#rules/analysis/data-clumps.ts';
import { rule } from '#rules/smell/data-clump.ts';
import { pointsOfSeverity } from '#scores/points-of-unit.ts';
import { listed, placeOfSymbol, type RefactoringInputs } from './refactoring-inputs.ts';

/** Values that go through several functions side by side. */
export function parameterObjects({ snapshot, project, isAsked }: RefactoringInputs): Refactoring[] {
  return dataClumps(project)
    .filter(({ functions }) => functions.some(({ file }) => isAsked(snapshot.files()[file]!)))
    .map(({ names, functions }) => {
      const before = functions.reduce((sum, { parameters }) => sum + parameters.length, 0);
      const widest = functions.reduce((most, { parameters }) => Math.max(most, parameters.length), 0);
      const less = names.length - 1;
      const first = functions[0]!;
      return {
        kind: 'introduce-parameter-object',
        title: `Make one value of ${names.join(', ')}`,
        place: placeOfSymbol(first),
        symbol: first.key,
        reason: `${functions.length} functions take these ${names.length} parameters side by side.`,
        steps: [
          `Make a type with ${listed(names)}.`,
          `Let ${listed(functions.map(({ qualifiedName }) => qualifiedName))} take it instead.`,
          'Move what is computed from these values alone into it.',
        ],
        changes: [
          { metric: 'parameters of these functions together', before, after: before - less * functions.length },
          { metric: 'most parameters of one of them', before: widest, after: widest - less },
        ],
        gain: pointsOfSeverity(rule.severity),
      };
    });
}
