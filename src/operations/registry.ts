import type { Operation } from './operation.ts';

/** Every operation by the name that people type, loaded when it is asked for. A test compares this with the folder. */
const operations: Readonly<Record<string, () => Promise<{ readonly operation: Operation }>>> = {
  config: () => import('./config.ts'),
};

/** In the order in which help lists them. */
export function operationNames(): readonly string[] {
  return Object.keys(operations);
}

export async function loadOperation(name: string): Promise<Operation | undefined> {
  if (!Object.hasOwn(operations, name)) return undefined;
  return (await operations[name]!()).operation;
}
