import { asynchronous } from './async.ts';
import type { Healer } from './draft.ts';
import { environment } from './environment.ts';
import { fixtureData } from './fixture-data.ts';
import { importsAndPaths } from './imports-and-paths.ts';
import { missingMocks } from './missing-mocks.ts';
import { moduleFormat } from './module-format.ts';
import { syntax } from './syntax.ts';

/** In the order in which they are asked: what keeps a whole file from running first. */
export const healers: readonly Healer[] = [
  moduleFormat,
  syntax,
  importsAndPaths,
  environment,
  fixtureData,
  asynchronous,
  missingMocks,
];
