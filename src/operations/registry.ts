import type { Operation, OperationCatalogue } from './operation.ts';

/** Every operation by the name that people type, loaded when it is asked for. A test compares this with the folder. */
const operations: Readonly<Record<string, () => Promise<{ readonly operation: Operation }>>> = {
  completion: () => import('./completion.ts'),
  config: () => import('./config.ts'),
  context: () => import('./context.ts'),
  cover: () => import('./cover.ts'),
  dig: () => import('./dig.ts'),
  doctor: () => import('./doctor.ts'),
  indexes: () => import('./indexes.ts'),
  find: () => import('./find.ts'),
  similar: () => import('./similar.ts'),
  clones: () => import('./clones.ts'),
  check: () => import('./check.ts'),
  dead: () => import('./dead.ts'),
  debt: () => import('./debt.ts'),
  duplicates: () => import('./duplicates.ts'),
  clusters: () => import('./clusters.ts'),
  export: () => import('./export.ts'),
  history: () => import('./history.ts'),
  impact: () => import('./impact.ts'),
  models: () => import('./models.ts'),
  mcp: () => import('./mcp.ts'),
  mutate: () => import('./mutate.ts'),
  path: () => import('./path.ts'),
  query: () => import('./query.ts'),
  show: () => import('./show.ts'),
  standards: () => import('./standards.ts'),
  survey: () => import('./survey.ts'),
  test: () => import('./test.ts'),
  tokens: () => import('./tokens.ts'),
  run: () => import('./run.ts'),
  train: () => import('./train.ts'),
};

export const operationCatalogue: OperationCatalogue = {
  names: Object.keys(operations),
  async load(name) {
    if (!Object.hasOwn(operations, name)) return undefined;
    return (await operations[name]!()).operation;
  },
};
