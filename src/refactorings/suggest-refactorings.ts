/** What to change in the structure, by what it gives back. */
import type { Refactoring } from '#model/refactoring.ts';
import { brokenCycles } from './break-cycle.ts';
import { extractions } from './extract-function.ts';
import { movedMethods } from './move-method.ts';
import { parameterObjects } from './parameter-object.ts';
import type { RefactoringInputs } from './refactoring-inputs.ts';
import { splitClasses } from './split-class.ts';
import { splitFiles } from './split-file.ts';

export async function suggestRefactorings(
  inputs: RefactoringInputs,
  signal: AbortSignal,
): Promise<readonly Refactoring[]> {
  const found = [
    ...(await extractions(inputs.snapshot, inputs.isAsked, signal)),
    ...movedMethods(inputs),
    ...splitClasses(inputs),
    ...splitFiles(inputs),
    ...brokenCycles(inputs),
    ...parameterObjects(inputs),
  ];
  return found.sort(
    (a, b) =>
      b.gain - a.gain ||
      (a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : a.place.startLine - b.place.startLine),
  );
}
