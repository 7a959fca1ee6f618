import type { FindingFormat } from './finding-format.ts';

export const json: FindingFormat = {
  write: (report) => `${JSON.stringify({ ...report, document: undefined }, undefined, 2)}\n`,
};
