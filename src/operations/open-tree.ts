import type { OperationContext } from './operation.ts';
import { type OpenedWorkspace, openWorkspace, type OpenRequest } from '#workspace/open-workspace.ts';

/** The index of the tree around a path, refreshed: where every operation that reads begins. Close its snapshot. */
export async function openTree(
  { services, emit, signal }: OperationContext,
  path: string | undefined,
  options: Pick<OpenRequest, 'rebuild' | 'patience' | 'retryFailed'> = {},
): Promise<OpenedWorkspace> {
  if (services.openResident && !options.rebuild) return services.openResident(path, { emit, signal });
  return openWorkspace({
    path,
    workingFolder: services.workingFolder,
    dataFolder: services.folders.data,
    environment: services.environment,
    configFor: (root) => services.configFor(root).values,
    emit,
    signal,
    ...options,
  });
}
