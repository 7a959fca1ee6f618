/**
 * Seen and replaced while a candidate runs: time, randomness, the network, files, processes and the end of this process. What is
 * replaced throws `BlockedEffect` where a harmless answer is impossible.
 */
import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';
import workerThreads from 'node:worker_threads';

import { beginDoubles, endDoubles, installDoubles, isMadeFile } from './explore-doubles.mjs';

export class BlockedEffect extends Error {
  constructor(effect) {
    super(`blocked: ${effect}`);
    this.name = 'BlockedEffect';
  }
}

const RealDate = Date;
const real = {
  setTimeout,
  clearTimeout,
  setImmediate,
  setInterval,
  clearInterval,
  queueMicrotask,
  now: Date.now,
  writeSync: fs.writeSync,
  exit: process.reallyExit?.bind(process) ?? process.exit.bind(process),
};
export { real };

const state = {
  active: false,
  effects: new Map(),
  now: 0,
  random: 1,
  virtual: 0,
  /** How far the clock goes on with each look at it. */
  tick: 0,
  looks: 0,
  timers: new Map(),
  timerId: 1,
  loading: true,
};

function note(effect) {
  if (state.active) state.effects.set(effect, (state.effects.get(effect) ?? 0) + 1);
}

function present() {
  return state.now + state.virtual + state.tick * state.looks++;
}

/** Before each candidate. `now`, `tick`: milliseconds; `random`: seed, 0 for one half each time. */
export function beginEffects({ now, tick = 0, random, scene }) {
  beginDoubles(scene);
  state.active = true;
  state.loading = false;
  state.effects = new Map();
  state.now = now;
  state.virtual = 0;
  state.tick = tick;
  state.looks = 0;
  state.random = random >>> 0;
  state.timers.clear();
}

/** Effects by name with their number, and how far virtual time went. */
export function endEffects() {
  state.active = false;
  const seen = Object.fromEntries(state.effects);
  if (state.virtual > 0) seen.timer = state.virtual;
  state.timers.clear();
  return { effects: seen, ...endDoubles() };
}

/** Lets the next timer fire; false where none waits. */
export function fireNextTimer() {
  let next;
  for (const [id, timer] of state.timers) if (next === undefined || timer.at < state.timers.get(next).at) next = id;
  if (next === undefined) return false;
  const timer = state.timers.get(next);
  state.virtual = Math.max(state.virtual, timer.at);
  if (timer.every === undefined) state.timers.delete(next);
  else timer.at += Math.max(1, timer.every);
  timer.run();
  return true;
}

function random() {
  if (state.random === 0) return 0.5;
  state.random = (Math.imul(state.random, 1664525) + 1013904223) >>> 0;
  return state.random / 4294967296;
}

function blocked(effect) {
  return function () {
    if (state.loading) return undefined;
    note(effect);
    throw new BlockedEffect(effect);
  };
}

function replace(owner, name, value) {
  try {
    Object.defineProperty(owner, name, { value, configurable: true, writable: true, enumerable: true });
  } catch {
    // A frozen global: it stays as it is, and the sandbox holds.
  }
}

class FixedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) {
      note('time');
      super(present());
    } else super(...given);
  }
  static now() {
    note('time');
    return present();
  }
}
Object.defineProperty(FixedDate, 'name', { value: 'Date' });
const CallableDate = new Proxy(FixedDate, { apply: () => new FixedDate().toString() });
Object.defineProperty(RealDate.prototype, 'constructor', { value: CallableDate, configurable: true, writable: true });

function timer(kind) {
  return (run, delay = 0, ...given) => {
    if (typeof run !== 'function') throw new TypeError('The "callback" argument must be of type function.');
    const id = state.timerId++;
    const wait = kind === 'immediate' ? 0 : Math.max(1, Number(delay) || 1);
    state.timers.set(id, {
      at: state.virtual + wait,
      every: kind === 'interval' ? wait : undefined,
      run: () => run(...(kind === 'immediate' ? [delay, ...given].filter((v, i) => i > 0 || v !== 0) : given)),
    });
    const handle = {
      [Symbol.toPrimitive]: () => id,
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => handle,
      close: () => state.timers.delete(id),
      id,
    };
    return handle;
  };
}
const clear = (handle) => void state.timers.delete(Number(handle));

/** Called once, before code under study is loaded. */
export function installEffects(doubles) {
  globalThis.Date = CallableDate;
  Math.random = () => {
    note('random');
    return random();
  };
  globalThis.setTimeout = timer('timeout');
  globalThis.setInterval = timer('interval');
  globalThis.setImmediate = timer('immediate');
  globalThis.clearTimeout = globalThis.clearInterval = globalThis.clearImmediate = clear;
  const performanceNow = () => {
    note('time');
    return state.virtual;
  };
  replace(globalThis.performance ?? {}, 'now', performanceNow);
  process.hrtime = Object.assign(() => (note('time'), [0, 0]), { bigint: () => (note('time'), 0n) });
  for (const name of ['randomBytes', 'randomUUID', 'randomInt', 'randomFillSync', 'getRandomValues'])
    watch(crypto, name, 'random');
  if (globalThis.crypto) for (const name of ['randomUUID', 'getRandomValues']) watch(globalThis.crypto, name, 'random');
  for (const name of ['exit', 'reallyExit', 'abort', 'kill', 'chdir', 'dlopen'])
    replace(process, name, blocked('process'));
  process.stdout.write = () => (note('output'), true);
  process.stderr.write = () => (note('output'), true);
  for (const name of [
    'log',
    'info',
    'warn',
    'error',
    'debug',
    'trace',
    'dir',
    'table',
    'group',
    'groupEnd',
    'assert',
    'count',
    'time',
    'timeEnd',
  ]) {
    replace(console, name, () => note('output'));
  }
  for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork'])
    replace(childProcess, name, blocked('process'));
  replace(workerThreads, 'Worker', blocked('process'));
  for (const [owner, names] of [
    [net, ['connect', 'createConnection', 'createServer']],
    [tls, ['connect']],
    [http, ['request', 'get', 'createServer']],
    [https, ['request', 'get']],
    [dgram, ['createSocket']],
    [dns, ['lookup', 'resolve']],
  ]) {
    for (const name of names) replace(owner, name, blocked('network'));
  }
  replace(net.Socket.prototype, 'connect', blocked('network'));
  for (const name of ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'])
    if (name in globalThis) replace(globalThis, name, blocked('network'));
  const reads = /^(read|open|stat|lstat|access|exists|opendir|realpath|watch|createRead)/;
  const writes =
    /^(write|append|mkdir|rm|unlink|rename|copy|cp|chmod|chown|link|symlink|truncate|utimes|mkdtemp|createWrite|ftruncate)/;
  for (const owner of [fs, fs.promises]) {
    for (const name of Object.keys(owner)) {
      if (typeof owner[name] !== 'function') continue;
      // realpathSync carries `.native`, and Node's own loader holds these functions: reads go on, but are seen.
      if (writes.test(name)) replace(owner, name, gate(owner[name], 'files'));
      else if (reads.test(name)) watch(owner, name, 'files');
    }
  }
  syncBuiltinESMExports();
  installDoubles(doubles);
}

/** Passes while Trowel itself works, refuses while a candidate runs. */
function gate(original, effect) {
  return Object.assign(function (...given) {
    if (!state.active || isMadeFile(given[0])) return Reflect.apply(original, this, given);
    note(effect);
    throw new BlockedEffect(effect);
  }, original);
}

function watch(owner, name, effect) {
  const original = owner[name];
  if (typeof original !== 'function') return;
  replace(
    owner,
    name,
    Object.assign(function (...given) {
      if (!isMadeFile(given[0])) note(effect);
      return Reflect.apply(original, this, given);
    }, original),
  );
}
