import type { Candidate, Place, Step } from '../model/candidate.ts';
import { anyShape, type Callable, type Parameter, type Shape, union } from '../model/surface.ts';
import { isMarked, type Value } from '../model/value.ts';
import { type Making, makeValue } from '../values/make-value.ts';
import { callableKey, type SearchState } from './strategy.ts';

const MOST_STEPS = 12;
/** An argument that is not given. */
const ABSENT: Value = { $: 'undefined' };
/** Share of arguments that repeat an earlier one. */
const ALIKE = 0.08;

/** Builds one candidate step by step, making instances where arguments need them. */
export class CandidateBuilder {
  readonly steps: Step[];
  readonly #state: SearchState;
  readonly making: Making;
  #ids = 0;
  #depth = 0;
  /** Class name → steps that hold an instance. */
  readonly #instances = new Map<string, number[]>();

  constructor(state: SearchState, start: readonly Step[] = []) {
    this.#state = state;
    this.steps = [...start];
    this.#ids = 100 * start.length;
    this.making = {
      random: state.random,
      pool: state.pool,
      instance: (name) => this.#instance(name),
      nextId: () => this.#ids++,
    };
  }

  done(origin: string, note?: string): Candidate {
    const { iterated, random } = this.#state;
    // What gives its items one by one has done nothing before they are asked for.
    for (const [step, { op, on }] of [...this.steps].entries())
      if (op === 'call' && iterated.has(on.path.at(-1) ?? '') && this.steps.length < MOST_STEPS && random.chance(0.8))
        if (!this.steps.some((other) => other.op === 'collect' && 'step' in other.on && other.on.step === step))
          this.steps.push({ op: 'collect', on: { step, path: [] } });
    const deferred = this.steps.flatMap(({ deferred: later }, i) => (later ? [i] : []));
    for (const step of deferred)
      if (this.steps.length < MOST_STEPS + 2 && this.#state.random.chance(0.8))
        this.steps.push({ op: 'await', on: { step, path: [] } });
    return { steps: this.steps, origin, ...(note === undefined ? {} : { note }) };
  }

  /** Adds a step that calls; the number of the step. */
  call(module: number, callable: Callable, given?: readonly Value[]): number {
    const values = given ?? this.arguments(callableKey(module, callable), callable.parameters);
    const on: Place = { module, path: callable.path };
    const op = callable.kind === 'class' ? 'new' : callable.kind === 'get' ? 'get' : 'call';
    this.steps.push({
      op,
      on,
      ...withValues(op === 'get' ? [] : values, callable.parameters, this.#state.pool.language),
      ...this.#deferral(callable),
    });
    const step = this.steps.length - 1;
    if (callable.kind === 'class') this.#remember(callable.name, step);
    return step;
  }

  /** A member of what a step gave. */
  member(step: number, member: Callable, key: string, given?: readonly Value[]): number {
    const on: Place = { step, path: member.path };
    if (member.kind === 'get') this.steps.push({ op: 'get', on });
    else {
      const values = given ?? this.arguments(key, member.parameters);
      this.steps.push({
        op: 'call',
        on,
        ...withValues(values, member.parameters, this.#state.pool.language),
        ...this.#deferral(member),
      });
    }
    return this.steps.length - 1;
  }

  arguments(key: string, parameters: readonly Parameter[]): Value[] {
    const { random } = this.#state;
    const learned = this.#state.learned.get(key);
    const values: Value[] = [];
    const generosity = random.next();
    let leaves = false;
    for (const [index, parameter] of parameters.entries()) {
      if (parameter.keywordOnly && parameter.optional && random.chance(0.6)) {
        values.push(ABSENT);
        continue;
      }
      if (leaves && !parameter.keywordOnly) {
        // Python: what follows may be given by its name.
        values.push(ABSENT);
        if (parameter.variadic || !random.chance(0.15)) continue;
        values.pop();
      } else if (
        parameter.optional &&
        !parameter.keywordOnly &&
        random.chance(0.35 * (1.2 - generosity)) &&
        !parameter.variadic
      ) {
        if (this.#state.pool.language !== 'python') break;
        leaves = true;
        values.push(ABSENT);
        continue;
      }
      const shape = shapeOf(parameter, learned?.[index]?.shapes);
      const count = parameter.variadic ? random.pick([0, 1, 1, 2, 3]) : 1;
      // Code that compares its arguments needs some that are alike.
      const earlier = values.filter((value) => value !== ABSENT);
      if (earlier.length > 0 && count === 1 && random.chance(ALIKE)) {
        values.push(random.pick(earlier));
        continue;
      }
      const again = count === 1 ? this.#again(parameter) : undefined;
      if (again !== undefined) {
        values.push(again);
        continue;
      }
      if (count !== 1 && parameters.length > index + 1 && this.#state.pool.language === 'python') {
        // Names follow: a place stands for one value.
        values.push(count === 0 ? ABSENT : makeValue(this.#loosen(shape, parameter), this.making));
        continue;
      }
      for (let i = 0; i < count; i++) values.push(makeValue(this.#loosen(shape, parameter), this.making));
    }
    return values;
  }

  /** Now and then something that a declaration does not allow: guards are code, too. */
  /** What goes on at the same time is only seen when not all is waited for at once. */
  #deferral({ kind, path }: Callable): Pick<Step, 'deferred'> {
    const { awaited, random } = this.#state;
    const name = path.at(-1);
    return kind !== 'class' && name !== undefined && awaited.has(name) && random.chance(0.3) ? { deferred: true } : {};
  }

  /** An argument of an earlier step that fits: keys and listeners matter when they come again. */
  #again({ shape, name }: Parameter): Value | undefined {
    const { random } = this.#state;
    if (this.steps.length === 0 || !random.chance(KEY.test(name) ? 0.6 : 0.3)) return undefined;
    const fitting = this.steps.flatMap((step) => step.with ?? []).filter((value) => fits(value, shape));
    return fitting.length === 0 ? undefined : random.pick(fitting);
  }

  #loosen(shape: Shape, parameter: Parameter): Shape {
    return this.#state.random.chance(parameter.declared ? 0.04 : 0.12) ? anyShape : shape;
  }

  #remember(name: string, step: number): void {
    const list = this.#instances.get(name) ?? [];
    list.push(step);
    this.#instances.set(name, list);
  }

  /** `''`: of any class. */
  #instance(name: string): Value | undefined {
    const { random, surfaces } = this.#state;
    const held = name === '' ? [...this.#instances.values()].flat() : (this.#instances.get(name) ?? []);
    if (held.length > 0 && random.chance(0.6)) return { $: 'step', i: random.pick(held) };
    const makers = surfaces.flatMap(({ module, callables }) =>
      callables.filter((callable) => makes(callable, name)).map((callable) => ({ module, callable })),
    );
    if (makers.length === 0 || this.steps.length >= MOST_STEPS || this.#depth >= 3) return undefined;
    const { module, callable } = random.pick(makers);
    this.#depth++;
    const step = this.call(module, callable);
    this.#depth--;
    return { $: 'step', i: step };
  }
}

const KEY =
  /key|event|name|id$|parent|child|root|source|dest|target|^(?:tag|label|index|fn|listener|callback|handler|cb|k|type|topic|path|value|item|node)$/i;

function fits(value: Value, shape: Shape): boolean {
  switch (shape.kind) {
    case 'any':
      return !isMarked(value) || value.$ === 'callback' || value.$ === 'symbol';
    case 'string':
      return typeof value === 'string';
    case 'number':
    case 'integer':
      return typeof value === 'number';
    case 'function':
      return isMarked(value) && value.$ === 'callback';
    case 'symbol':
      return isMarked(value) && value.$ === 'symbol';
    case 'union':
      return shape.of.some((option) => fits(value, option));
    default:
      return false;
  }
}

function makes(callable: Callable, name: string): boolean {
  if (callable.kind === 'class') return name === '' || callable.name === name;
  return (
    name !== '' && callable.kind === 'function' && callable.returns.kind === 'instance' && callable.returns.of === name
  );
}

export function shapeOf(parameter: Parameter, learned: readonly Shape[] | undefined): Shape {
  const { shape, declared } = parameter;
  // `options = {}` says that it is an object, and not which.
  const isOpen = shape.kind === 'any' || (shape.kind === 'record' && shape.fields.length === 0);
  if (!learned || learned.length === 0 || (declared && !isOpen)) return shape;
  return union([...learned, shape.kind === 'any' ? anyShape : shape]);
}

/** Python: what comes after an argument that is left out, and keyword-only parameters, are passed by name. */
function withValues(
  values: readonly Value[],
  parameters: readonly Parameter[],
  language: string,
): Pick<Step, 'with' | 'named'> {
  if (language !== 'python') return { with: values };
  const placed: Value[] = [];
  const named: (readonly [string, Value])[] = [];
  let byName = false;
  for (const [i, value] of values.entries()) {
    const parameter = parameters[Math.min(i, parameters.length - 1)];
    if (value === ABSENT) {
      byName ||= parameter?.variadic !== true;
      continue;
    }
    if (parameter?.keywordOnly || (byName && parameter && !parameter.variadic)) named.push([parameter.name, value]);
    else if (!byName) placed.push(value);
  }
  return { with: placed, ...(named.length > 0 ? { named } : {}) };
}
