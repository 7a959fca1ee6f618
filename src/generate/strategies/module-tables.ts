import type { Candidate } from '../model/candidate.ts';
import type { ModuleSurface } from '../model/surface.ts';
import { isList, isMarked, type Value } from '../model/value.ts';

/** Of one module. */
const MOST_TABLES = 40;

/** Constants that a module holds, each looked at as it is: what they say shows in no call that does not happen to need it. */
export function moduleTables(surfaces: readonly ModuleSurface[], focus: readonly number[]): Candidate[] {
  return focus.flatMap((module) =>
    (surfaces[module]?.constants ?? [])
      .filter(({ path, value }) => !/^__|^_?version/i.test(path.at(-1) ?? '') && tells(value))
      .slice(0, MOST_TABLES)
      .map(({ path }): Candidate => ({
        steps: [{ op: 'get', on: { module, path } }],
        origin: 'module tables',
        looks: 0,
      })),
  );
}

/** What is empty may be filled by whatever runs before. */
function tells(value: Value): boolean {
  if (value === null || value === '') return false;
  if (isList(value)) return value.length > 0;
  if (!isMarked(value)) return true;
  if (value.$ === 'record' || value.$ === 'map') return value.e.length > 0;
  return !(value.$ === 'set' || value.$ === 'tuple') || value.v.length > 0;
}
