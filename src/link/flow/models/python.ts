/** Models of Python's builtins and standard library, by name. */
import { CallFlag } from '#model/flow.ts';
import { argument, giveFrom, type Model, type ModelCall } from './model.ts';
import { pythonBuiltins } from './python-builtins.ts';
import { pythonContainers } from './python-containers.ts';
import { pythonLibrary } from './python-library.ts';

const models: ReadonlyMap<string, Model> = new Map(
  Object.entries({ ...pythonBuiltins, ...pythonContainers, ...pythonLibrary }),
);

/** Runs the model of an outside function; false when there is none. */
export function pythonModel(name: string, call: ModelCall): boolean {
  const model = models.get(name);
  if (model) {
    model(call);
    return true;
  }
  if (call.site.flags & CallFlag.decorator) {
    // A decorator from outside is taken to give back what it decorates.
    giveFrom(call, argument(call, 0));
    return true;
  }
  return false;
}
