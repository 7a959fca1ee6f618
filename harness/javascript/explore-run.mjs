/** Executes one candidate: a list of steps on modules and on results of earlier steps. */
import { Readable, Writable } from 'node:stream';
import vm from 'node:vm';
import { beginEffects, BlockedEffect, endEffects, fireNextTimer, real } from './explore-effects.mjs';
import { contentOf, isMadeFile, makeFile } from './explore-doubles.mjs';
import { restoreIntrinsics } from './explore-intrinsics.mjs';
import { makeProbe } from './explore-probe.mjs';
import { BRIEF, decode, encode, isBuiltInPrototype, LIMITS, memberNames } from './explore-values.mjs';

const MOST_CALLS = 8;
const MOST_ITEMS = 20;
const AWAIT_TURNS = 40;
const AWAIT_MS = 60;
const guarded = new vm.Script('globalThis.__trowelThunk()', { filename: 'trowel' });

class Hung extends Error {}

/** Runs a thunk; `limit` in milliseconds ends endless loops, at 0.15 ms a run, so it is used after a first one was met. */
function runGuarded(thunk, limit) {
  if (!limit) return thunk();
  let value;
  Object.defineProperty(globalThis, '__trowelThunk', {
    value: () => void (value = thunk()),
    configurable: true,
    enumerable: false,
  });
  try {
    guarded.runInThisContext({ timeout: limit });
  } catch (error) {
    if (error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new Hung();
    throw error;
  }
  return value;
}

/** Settles a thenable under virtual time; `pending` when it does not settle. */
async function settle(thenable) {
  let outcome;
  Promise.resolve(thenable).then(
    (value) => (outcome = { value }),
    (error) => (outcome = { error, threw: true }),
  );
  const end = real.now() + AWAIT_MS;
  for (let turn = 0; !outcome && real.now() < end; turn++) {
    await Promise.resolve();
    if (outcome || turn < 8) continue;
    if (fireNextTimer()) continue;
    if (turn > AWAIT_TURNS) await new Promise((resume) => real.setTimeout(resume, 1));
    else await new Promise((resume) => real.setImmediate(resume));
  }
  return outcome ?? { pending: true };
}

/** `modules`: what was loaded, by number. `options`: see explore-main. */
export async function runCandidate(candidate, modules, options) {
  const limits = options.full ? LIMITS : BRIEF;
  const results = [];
  const known = new Map();
  const probes = {};
  const callbacks = new Map();
  const steps = [];
  const world = {
    make(value) {
      switch (value.$) {
        case 'step':
          return results[value.i];
        case 'import':
          return lookUp(modules[value.m], value.p);
        case 'probe':
          return makeProbe(value.callable, (probes[value.id] ??= {}));
        case 'callback':
          return makeCallback(value);
        case 'file':
          return makeFile(value.n, value.v);
        default:
          throw new Error(`unknown value ${value.$}`);
      }
    },
  };
  const made = new Map();
  const makeCallback = (value) => {
    // Used twice it is one function: what was added can be taken away.
    if (made.has(value.id)) return made.get(value.id);
    const calls = [];
    callbacks.set(value.id, calls);
    const callback = function (...given) {
      if (calls.length < MOST_CALLS) calls.push(given.map((item) => encode(item, BRIEF)));
      else if (calls.length === MOST_CALLS) calls.push([{ $: 'cut' }]);
      if (value.throws !== undefined) throw new Error(value.throws);
      if (value.argument !== undefined) return given[value.argument];
      if (value.sum) return given[0] + given[1];
      if (value.compare) return given[0] < given[1] ? -1 : given[0] > given[1] ? 1 : 0;
      if (value.calls !== undefined && typeof given[value.calls] === 'function')
        return given[value.calls](...value.passes.map((item) => decode(item, world)));
      const answer = decode(value.returns ?? { $: 'undefined' }, world);
      return value.async ? Promise.resolve(answer) : answer;
    };
    made.set(value.id, callback);
    return callback;
  };

  const rejections = [];
  const onRejection = (error) => rejections.push(error);
  process.on('unhandledRejection', onRejection);
  process.on('uncaughtException', onRejection);
  beginEffects({ ...options, scene: candidate.scene });
  let hung = false;
  let globals = 0;
  try {
    for (const step of candidate.steps) {
      const seen = { outcome: 'returned' };
      steps.push(seen);
      const needed = dependencies(step);
      if (needed.some((index) => steps[index]?.outcome !== 'returned')) {
        seen.outcome = 'skipped';
        results.push(undefined);
        continue;
      }
      let given = [];
      let value;
      const state = options.full ? new Map() : undefined;
      let receiver;
      try {
        given = (step.with ?? []).map((item) => decode(item, world));
        receiver = 'step' in step.on ? results[step.on.step] : undefined;
        if (state) {
          if (receiver !== null && typeof receiver === 'object') state.set('receiver', [receiver, print(receiver)]);
          given.forEach((item, i) => {
            if (isMadeFile(item)) state.set(String(i), [item, JSON.stringify(contentOf(item))]);
            if (item !== null && typeof item === 'object' && item !== receiver && !isProbe(step.with[i]))
              state.set(String(i), [item, print(item)]);
          });
        }
        value = runGuarded(() => perform(step, modules, results, given), options.guard);
        if (step.op === 'collect') {
          const root = 'step' in step.on ? results[step.on.step] : modules[step.on.module];
          if (lookUp(root, step.on.path ?? [])?.[Symbol.asyncIterator]) seen.awaited = true;
          value = unwrap(await settle(value));
          // No test lists what may be endless.
          if (value.length >= (step.limit ?? MOST_ITEMS)) throw new Pending();
        } else if (step.op === 'await') {
          seen.awaited = true;
          value = unwrap(await settle(value));
        } else if (
          !step.deferred &&
          value !== null &&
          typeof value === 'object' &&
          typeof value.then === 'function' &&
          !isProbeLike(value)
        ) {
          seen.awaited = true;
          value = unwrap(await settle(value));
        }
      } catch (error) {
        if (error instanceof Hung || error instanceof Pending) {
          hung = error instanceof Hung;
          seen.outcome = error instanceof Hung ? 'hung' : 'pending';
          results.push(undefined);
          break;
        }
        restoreIntrinsics();
        seen.outcome = error instanceof BlockedEffect ? 'blocked' : 'threw';
        seen.value = encode(error, limits, known);
        if (options.trace) seen.stack = stackOf(error);
        results.push(undefined);
        continue;
      }
      results.push(value);
      if (restoreIntrinsics()) globals++;
      seen.value = encode(value, limits, known);
      if (value !== null && (typeof value === 'object' || typeof value === 'function')) {
        if (!known.has(value)) known.set(value, steps.length - 1);
        if (options.members) {
          seen.members = membersOf(value);
          if (isIterable(value)) seen.iterable = true;
        }
      }
      if (state) {
        for (const [place, [item, before]] of state) {
          const after = isMadeFile(item) ? JSON.stringify(contentOf(item)) : print(item);
          if (after !== before) (seen.after ??= {})[place] = JSON.parse(after);
        }
      }
    }
    if (callbacks.size > 0) await settle(new Promise((resume) => real.setImmediate(resume)));
  } finally {
    process.off('unhandledRejection', onRejection);
    process.off('uncaughtException', onRejection);
  }
  const ended = endEffects();
  const { effects } = ended;
  if (globals > 0) effects.globals = globals;
  if (rejections.length > 0) effects.rejection = rejections.length;
  const seen = { ...ended, steps };
  if (callbacks.size > 0) seen.callbacks = Object.fromEntries(callbacks);
  if (Object.keys(probes).length > 0) seen.probes = probes;
  if (hung) seen.hung = true;
  return seen;
}

class Pending extends Error {}

function unwrap(outcome) {
  if (outcome.pending) throw new Pending();
  if (outcome.threw) throw outcome.error;
  return outcome.value;
}

const print = (value) => JSON.stringify(encode(value, BRIEF_STATE));
const BRIEF_STATE = { depth: 4, nodes: 120, text: 500 };

function isProbe(value) {
  return value !== null && typeof value === 'object' && value.$ === 'probe';
}
function isProbeLike(value) {
  return typeof value === 'function';
}

function stackOf(error) {
  try {
    return String(error.stack).split('\n').slice(0, 6).join('\n');
  } catch {
    return '';
  }
}

export function lookUp(module, path) {
  let at = module;
  for (const name of path) at = at?.[name];
  return at;
}

function perform(step, modules, results, given) {
  const path = step.on.path ?? [];
  const root = 'step' in step.on ? results[step.on.step] : modules[step.on.module];
  if (step.op === 'collect') return collect(lookUp(root, path), step.limit ?? MOST_ITEMS);
  const owner = lookUp(root, path.slice(0, -1));
  const target = path.length === 0 ? root : owner?.[path.at(-1)];
  switch (step.op) {
    case 'get':
    case 'await':
      return target;
    case 'set':
      owner[path.at(-1)] = given[0];
      return undefined;
    case 'new':
      return Reflect.construct(target, given);
    default:
      if (typeof target !== 'function') throw new TypeError(`${path.at(-1) ?? 'value'} is not a function`);
      return Reflect.apply(target, path.length === 0 ? undefined : owner, given);
  }
}

async function collect(iterable, limit) {
  const items = [];
  if (iterable?.[Symbol.asyncIterator]) {
    for await (const item of iterable) if (items.push(item) >= limit) break;
  } else for (const item of iterable) if (items.push(item) >= limit) break;
  return items;
}

/** Numbers of the steps whose results a step uses. */
function dependencies(step) {
  const found = 'step' in step.on ? [step.on.step] : [];
  const walk = (value) => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) value.forEach(walk);
    else if (value.$ === 'step') found.push(value.i);
    else if (value.$ !== undefined) for (const part of [value.v, value.e, value.returns, value.p]) walk(part);
  };
  (step.with ?? []).forEach(walk);
  return found;
}

/** Of generators and the like; lists and collections are told as they are. */
function isIterable(value) {
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Map || value instanceof Set) return false;
  return typeof (value[Symbol.iterator] ?? value[Symbol.asyncIterator]) === 'function' && !ArrayBuffer.isView(value);
}

function membersOf(value) {
  const members = {};
  if (value instanceof Writable || value instanceof Readable) {
    // A test writes, ends and reads; the rest of a stream is Node's own.
    if (typeof value.write === 'function') Object.assign(members, { write: ['method', 1], end: ['method', 0] });
    if (typeof value.read === 'function') Object.assign(members, { destroy: ['method', 1], pause: ['method', 0] });
    return members;
  }
  if (typeof value === 'object' && isBuiltInPrototype(Object.getPrototypeOf(value)) && Object.keys(value).length === 0)
    return undefined;
  for (const [name, member] of memberNames(value)) {
    if (typeof value === 'function' && ['length', 'name', 'prototype', 'arguments', 'caller'].includes(name)) continue;
    let kind = member.kind;
    if (kind === 'data') {
      const held = Object.getOwnPropertyDescriptor(value, name)?.value;
      if (typeof held === 'function') kind = 'method';
    }
    members[name] = member.arity === undefined ? [kind] : [kind, member.arity];
  }
  return members;
}
