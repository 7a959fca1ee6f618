import type { ModelTool, Operation } from '#operations/operation.ts';
import type { ModelServing } from '#operations/services.ts';

export interface OfferedTool {
  readonly name: string;
  readonly operation: Operation;
  readonly tool: ModelTool;
}

/** Operations that models are offered; those that do more than read only where that was asked for. */
export async function loadTools({ services, allowWrite }: ModelServing): Promise<readonly OfferedTool[]> {
  const { names, load } = services.operations;
  const operations = await Promise.all(names.map(load));
  return operations.flatMap((operation) => {
    const tool = operation?.tool;
    if (!operation || !tool || (operation.effect !== 'read' && !allowWrite)) return [];
    return [{ name: tool.name ?? operation.name, operation, tool }];
  });
}
