/** Models of ECMAScript's builtins and of Node's modules, by name. */
import { CallFlag } from '#model/flow.ts';
import { ecmascriptArrays } from './ecmascript-arrays.ts';
import { ecmascriptCollections } from './ecmascript-collections.ts';
import { ecmascriptFunctions } from './ecmascript-functions.ts';
import { ecmascriptObjects } from './ecmascript-objects.ts';
import { ecmascriptPromises } from './ecmascript-promises.ts';
import { isEmitterMethod, nodeEvents } from './node-events.ts';
import { argument, giveFrom, type Model, type ModelCall } from './model.ts';

const models: ReadonlyMap<string, Model> = new Map(
  Object.entries({
    ...ecmascriptArrays,
    ...ecmascriptCollections,
    ...ecmascriptFunctions,
    ...ecmascriptObjects,
    ...ecmascriptPromises,
  }),
);

/** Packages and functions that are named for what `Object.assign` does: `object-assign`, `merge-descriptors`, `_.extend`. */
const copiesMembers = /^npm:(?:.*[#./-])?(?:assign|extend|mixin|merge)(?:-[a-z]+)*$/;

export function hasModel(name: string): boolean {
  return models.has(name);
}

/** Runs the model of an outside function; false when there is none. */
export function ecmascriptModel(name: string, call: ModelCall): boolean {
  const model = models.get(
    name.startsWith('node:') ? name : name.replace(/^npm:(?=(util|events|timers)(#|$))/, 'node:'),
  );
  if (model) {
    model(call);
    return true;
  }
  if (copiesMembers.test(name)) {
    models.get('js:globals#Object.assign')!(call);
    return true;
  }
  if (call.receiver >= 0 && isEmitterMethod(name)) return nodeEvents(name, call);
  if (call.site.flags & CallFlag.decorator) {
    giveFrom(call, argument(call, 0));
    return true;
  }
  return false;
}
