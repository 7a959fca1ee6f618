/** Models of Python's builtins and standard library, by name. */
import { CallFlag } from '#model/flow.ts';
import { pythonOperators } from './python-operators.ts';
import { pytest } from './pytest.ts';
import { argument, giveFrom, type Model, type ModelCall } from './model.ts';
import { pythonBuiltins } from './python-builtins.ts';
import { pythonComparisons } from './python-comparisons.ts';
import { pythonClasses } from './python-classes.ts';
import { pythonContainers } from './python-containers.ts';
import { pythonContexts } from './python-contexts.ts';
import { pythonDispatch } from './python-dispatch.ts';
import { pythonLibrary } from './python-library.ts';

const models: ReadonlyMap<string, Model> = new Map(
  Object.entries({
    ...pythonBuiltins,
    ...pythonComparisons,
    ...pythonClasses,
    ...pythonContainers,
    ...pythonContexts,
    ...pythonDispatch,
    ...pythonLibrary,
    ...pythonOperators,
    ...pytest,
  }),
);

/** By outside name, as asked so far. */
const found = new Map<string, Model | null>();

/** Models of methods are known by their class, whether the name says that it is an instance's or not. */
function modelOf(name: string): Model | null {
  let model = found.get(name);
  if (model === undefined) {
    model = models.get(name) ?? (name.includes('().') ? models.get(name.replace('().', '.')) : undefined) ?? null;
    found.set(name, model);
  }
  return model;
}

export function hasPythonModel(name: string): boolean {
  return modelOf(name) !== null;
}

/** Runs the model of an outside function; false when there is none. */
export function pythonModel(name: string, call: ModelCall): boolean {
  const model = modelOf(name);
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
