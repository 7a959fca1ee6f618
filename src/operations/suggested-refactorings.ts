import { judgedRole } from '#findings/judged-role.ts';
import type { CheckReport } from '#model/check.ts';
import type { Refactoring, RefactoringKind } from '#model/refactoring.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import { suggestRefactorings } from '#refactorings/suggest-refactorings.ts';
import { isScoredIn } from './scored-tree.ts';

const ruleOf: Readonly<Partial<Record<RefactoringKind, readonly string[]>>> = {
  'extract-function': ['complex-function', 'brain-method'],
  'move-method': ['feature-envy'],
  'split-class': ['low-cohesion'],
  'break-cycle': ['import-cycle'],
  'introduce-parameter-object': ['data-clump'],
};

/** For the product's code in a folder or file; what somebody has silenced with a reason is not brought up again. */
export async function suggestedRefactorings(
  snapshot: Snapshot,
  scope: string,
  suppressed: CheckReport['suppressed'],
  signal: AbortSignal,
): Promise<readonly Refactoring[]> {
  const project = {
    snapshot,
    role: (path: string) => {
      const file = snapshot.fileByPath(path);
      return file && judgedRole(file);
    },
    architecture: undefined,
    history: undefined,
    files: snapshot.files(),
    ofContent: <Value>(_file: FileRecord, _what: string, make: () => Value): Value => make(),
  };
  const found = await suggestRefactorings({ snapshot, project, isAsked: isScoredIn(scope) }, signal);
  return found.filter(({ kind, place, symbol }) => {
    const line = (symbol === undefined ? undefined : snapshot.symbolByKey(symbol)?.nameLine) ?? place.startLine;
    return !suppressed.some(
      (each) =>
        ruleOf[kind]?.includes(each.rule) === true && each.place.path === place.path && each.place.startLine === line,
    );
  });
}
