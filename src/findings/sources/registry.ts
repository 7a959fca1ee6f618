/** The engines whose findings join those of the rules, by name, loaded when something of theirs is on. */
import type { FindingSource } from '../finding-source.ts';

export const findingSources: Readonly<Record<string, () => Promise<{ readonly source: FindingSource }>>> = {
  'dead-code': () => import('./dead-code.ts'),
  duplication: () => import('./duplication.ts'),
};
