import type { Operation } from './operation.ts';

/** Every operation by the name that people type, loaded when it is asked for. A test compares this with the folder. */
const operations: Readonly<Record<string, () => Promise<{ readonly operation: Operation }>>> = {
  config: () => import('./config.ts'),
  dig: () => import('./dig.ts'),
  doctor: () => import('./doctor.ts'),
};

export interface OperationCatalogue {
  /** In the order in which help lists them. */
  readonly names: readonly string[];
  load(name: string): Promise<Operation | undefined>;
}

export const operationCatalogue: OperationCatalogue = {
  names: Object.keys(operations),
  async load(name) {
    if (!Object.hasOwn(operations, name)) return undefined;
    return (await operations[name]!()).operation;
  },
};
