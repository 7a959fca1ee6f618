/**
 * Explores modules on the target's own Node: loads them, says what they offer, and executes candidates. One JSON message a line on
 * standard input; answers on standard output, each after the mark that the first argument gives, since code under study may print.
 *
 * {id, do: "load", root, modules: [{file, format}], texts: {file: text}, files: [{id, goal, distance}]}
 *                                         → {id, surface: [...], loading: {hits}}
 * {id, do: "run", tests: [...], options} → {id, test, seen} for each, then {id, done: true}
 * {id, do: "prepare", tests: [...], options} → {id, done: true}: tests that are then run against mutants
 * {id, do: "kill", mutants: [{id, tests: [numbers], load}], most, options} → {id, mutant, ran, runs: [{test, seen}]} for each, then
 *   {id, done: true}; `runs` are those that saw something else than without the mutant, at most `most`
 * options: full (whole values and state), members, near (distances and compared values), now, random,
 *   guard (milliseconds), mutant, fresh (a new module graph for each), reopen (one for all of them), renew (a new one after so many)
 */
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { installEffects, real } from './explore-effects.mjs';
import { beginCounting, endCounting, ranOut, setFiles } from './explore-counters.mjs';
import { restoreIntrinsics } from './explore-intrinsics.mjs';
import { runCandidate } from './explore-run.mjs';
import { surfaceOf } from './explore-surface.mjs';
import { createGraphs } from './module-graph.mjs';

const mark = process.argv[2] ?? '';
const stringify = JSON.stringify;
const send = (message) => writeAll(`${mark}${stringify(message)}\n`);

function writeAll(text) {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(real.writeSync(1, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

let request;
/** The doubles come with the first request. */
let installed = false;
let graphs;
let modules = [];
/** Candidates that ran on the graph in use. */
let runs = 0;

async function load(given) {
  request = given;
  if (!installed) installEffects(given.doubles ?? []);
  installed = true;
  setFiles(request.files ?? []);
  graphs = createGraphs({ root: request.root, texts: new Map(Object.entries(request.texts ?? {})) });
  beginCounting();
  const errors = await openGraph();
  restoreIntrinsics();
  const surface = modules.map((module, i) => (errors[i] === undefined ? surfaceOf(module) : { error: errors[i] }));
  send({ id: request.id, surface, loading: endCounting(), node: process.versions.node });
}

/** New instances of all modules; errors of those that cannot be loaded, by number. */
async function openGraph() {
  const graph = graphs.open();
  modules = [];
  runs = 0;
  const errors = {};
  for (const [i, { file, format }] of request.modules.entries()) {
    try {
      modules.push(format === 'commonjs' ? graph.require(file) : await graph.import(file));
    } catch (error) {
      modules.push(undefined);
      errors[i] = String(error?.stack ?? error).slice(0, 2000);
    }
  }
  return errors;
}

async function run({ id, tests, options }) {
  if (options.reopen) {
    // A mutant of what runs at load takes effect now.
    beginCounting(options.mutant);
    await openGraph();
  }
  for (let test = 0; test < tests.length; test++) {
    const renews = options.fresh || runs >= (options.renew ?? 60);
    if (renews) {
      beginCounting(options.mutant);
      await openGraph();
    }
    runs++;
    beginCounting(options.mutant);
    const seen = await runCandidate(tests[test], modules, options);
    if (restoreIntrinsics()) seen.effects.globals = 1;
    if (ranOut()) seen.hung = true;
    Object.assign(seen, endCounting(options));
    send({ id, test, seen });
  }
  if (options.mutant) await openGraph();
  send({ id, done: true });
}

/** Tests to run against mutants, with what each sees without one. */
let prepared = [];

async function prepare({ id, tests, options }) {
  prepared = [];
  beginCounting();
  await openGraph();
  for (const test of tests) prepared.push({ test, plain: print(await attempt(test, 0, options)) });
  send({ id, done: true });
}

async function kill({ id, mutants, most, options }) {
  for (const { id: mutant, tests, load } of mutants) {
    const runs = [];
    let ran = 0;
    // What a mutant leaves in the modules is not for the next one; one of what runs at load takes effect now.
    beginCounting(load ? mutant : 0);
    const errors = await openGraph();
    if (Object.keys(errors).length > 0) runs.push({ test: tests[0], seen: { steps: [], effects: {}, broken: true } });
    else {
      for (const number of tests) {
        const { test, plain } = prepared[number];
        const seen = await attempt(test, mutant, options);
        ran++;
        if (!seen.hung && print(seen) === plain) continue;
        runs.push({ test: number, seen });
        if (seen.hung || runs.length >= most) break;
      }
    }
    send({ id, mutant, ran, runs });
  }
  beginCounting();
  await openGraph();
  send({ id, done: true });
}

async function attempt(test, mutant, options) {
  beginCounting(mutant);
  const seen = await runCandidate(test, modules, { ...options, full: true });
  restoreIntrinsics();
  if (ranOut()) seen.hung = true;
  endCounting();
  return seen;
}

const print = ({ steps, callbacks, calls }) => stringify([steps, callbacks, calls]);

process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
beginCounting();
const lines = createInterface({ input: fs.createReadStream('', { fd: 0 }) });
for await (const line of lines) {
  try {
    const asked = JSON.parse(line);
    if (asked.do === 'load') await load(asked);
    else if (asked.do === 'run') await run(asked);
    else if (asked.do === 'prepare') await prepare(asked);
    else if (asked.do === 'kill') await kill(asked);
  } catch {
    // What ran broke what runs it: a new process takes over at once.
    real.exit(1);
  }
}
real.exit(0);
