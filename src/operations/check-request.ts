/** What every view on the findings asks in the same way. */
import type { CheckTreeRequest } from '#findings/check-tree.ts';
import { linterNames } from '#linters/registry.ts';
import type { OpenedWorkspace } from '#workspace/open-workspace.ts';
import type { OperationContext } from './operation.ts';
import { historyOf } from './read-history.ts';

/** `tools`: run the linters that the project uses, or only those that its settings require; absent: none. */
export function checkRequest(
  { snapshot, root, scope, indexFolder }: Pick<OpenedWorkspace, 'snapshot' | 'root' | 'scope' | 'indexFolder'>,
  context: OperationContext,
  { tools, ...asked }: Partial<CheckTreeRequest> & { readonly tools?: boolean } = {},
): CheckTreeRequest {
  const { services, emit, signal } = context;
  return {
    snapshot,
    root,
    scope,
    config: services.configFor(root).values,
    asked: { category: [], rule: [], severity: 1 },
    onlyNew: false,
    indexFolder,
    trustRules: false,
    acceptAll: false,
    stays: services.openResident !== undefined,
    ...(tools !== undefined && {
      linters: {
        names: tools ? linterNames : [],
        dataFolder: services.folders.data,
        environment: services.environment,
      },
    }),
    history: () => historyOf(root, indexFolder, context),
    emit,
    signal,
    ...asked,
  };
}
