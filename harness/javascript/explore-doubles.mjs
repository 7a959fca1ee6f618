/**
 * What code under study reads from outside of itself, in place of the real thing: servers, programs, the command line, the
 * environment, files made for it. Tests replace the same by the same functions, whose text comes with the request.
 */
import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { BRIEF, encode } from './explore-values.mjs';

const MOST_CALLS = 6;
const MOST_TEXT = 2000;
const owners = { globalThis, childProcess, http, https, console };
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = fs;
const temporary = fs.realpathSync(os.tmpdir());

const state = { active: false, scene: undefined, used: new Set(), asked: new Set(), calls: {}, folder: undefined };

const use = (name) => {
  if (state.active) state.used.add(name);
};

/** `doubles`: target, maker, part of the scene, source. Before modules under study are loaded, and after effects are blocked. */
export function installDoubles(doubles) {
  for (const { target, maker, takes, source } of doubles) {
    const [owner, name] = target.split('.');
    const make =
      source === ''
        ? () => () => undefined
        : new Function('EventEmitter', 'Readable', `return ${source}`)(EventEmitter, Readable);
    const double = (...given) => {
      use(target);
      const calls = (state.calls[target] ??= []);
      if (calls.length <= MOST_CALLS) calls.push([given.map((one) => encode(one, BRIEF)), []]);
      const part = state.scene?.[takes];
      const values =
        takes === 'answer'
          ? [part.status, part.type, part.body]
          : takes === 'program'
            ? [part.code, part.output, part.errors]
            : [];
      return make(...values)(...given);
    };
    Object.defineProperty(double, 'name', { value: maker === '' ? name : maker });
    Object.defineProperty(owners[owner], name, { value: double, configurable: true, writable: true, enumerable: true });
  }
  syncBuiltinESMExports();
  process.argv = noting([...process.argv], 'process.argv', () => undefined);
  const environment = { ...process.env };
  Object.defineProperty(process, 'env', {
    configurable: true,
    enumerable: true,
    get: () => (state.active ? state.environment : environment),
    set(value) {
      state.environment = value;
    },
  });
}

function noting(target, name, asked) {
  return new Proxy(target, {
    get(held, key, receiver) {
      use(name);
      if (typeof key === 'string' && state.active) asked(key);
      return Reflect.get(held, key, receiver);
    },
    has(held, key) {
      use(name);
      if (typeof key === 'string' && state.active) asked(key);
      return Reflect.has(held, key);
    },
    ownKeys(held) {
      use(name);
      return Reflect.ownKeys(held);
    },
  });
}

/** `process.env` holds texts, whatever is put into it. */
function environmentOf(variables) {
  const held = noting(Object.fromEntries(variables), 'process.env', (key) => state.asked.add(key));
  return new Proxy(held, { set: (target, key, value) => Reflect.set(target, key, String(value)) });
}

export function beginDoubles(scene) {
  Object.assign(state, { active: true, scene, used: new Set(), asked: new Set(), calls: {} });
  if (!scene) return;
  state.environment = environmentOf(scene.environment);
  process.argv = noting(['node', 'program', ...scene.argv], 'process.argv', () => undefined);
}

/** What was used, in the form of `Seen`; files that were made go. */
export function endDoubles() {
  state.active = false;
  const found = {};
  if (state.used.size > 0) found.mocks = [...state.used].sort();
  if (state.asked.size > 0) found.asked = [...state.asked].sort();
  const calls = Object.entries(state.calls).filter(([, made]) => made.length <= MOST_CALLS);
  if (calls.length > 0) found.calls = Object.fromEntries(calls);
  if (state.folder !== undefined) rmSync(state.folder, { recursive: true, force: true });
  state.folder = undefined;
  return found;
}

export function makeFile(name, text) {
  state.folder ??= mkdtempSync(path.join(temporary, 'trowel-'));
  const file = path.join(state.folder, name);
  writeFileSync(file, text);
  return file;
}

export const isMadeFile = (value) =>
  state.folder !== undefined && typeof value === 'string' && value.startsWith(state.folder);

/** As text; null where there is no file. */
export function contentOf(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length > MOST_TEXT ? { $: 'cut' } : text;
  } catch {
    return null;
  }
}
