/** The coverage map beside the index: it can be made again at any time by running the suite. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { writeTextFile } from '#base/write-file.ts';
import type { CoverageMap } from '#model/coverage-map.ts';

const NAME = 'coverage.json';

export function writeCoverageMap(indexFolder: string, map: CoverageMap): void {
  writeTextFile(path.join(indexFolder, NAME), JSON.stringify(map));
}

/** Undefined where the suite has not run, or the file is damaged or another version's. */
export function readCoverageMap(indexFolder: string): CoverageMap | undefined {
  try {
    const found = JSON.parse(readFileSync(path.join(indexFolder, NAME), 'utf8')) as CoverageMap;
    return found.version === 2 && Array.isArray(found.tests) ? found : undefined;
  } catch {
    return undefined;
  }
}
