import { randomBytes } from 'node:crypto';
import { TrowelError } from '#base/errors.ts';
import type { Candidate, Seen, Step } from '#generate/model/candidate.ts';
import { plainScene } from '#generate/model/scene.ts';
import type { Value } from '#generate/model/value.ts';
import type { OfferedEntry } from '#generate/knowledge/build-surface.ts';
import type { MutantExecutor, MutantRun, MutantTask } from '#generate/keep/find-kills.ts';
import type { Executor, RunOptions } from '#generate/search/goal.ts';
import type { InstrumentedFile } from '#model/instrumented.ts';
import type { SandboxProcess } from '#sandbox/sandbox.ts';

/** One module to load, as the harness takes it. */
export interface ExploredModule {
  /** Absolute, inside the sandbox; Python: a module's dotted name. */
  readonly file: string;
  readonly format: 'module' | 'commonjs' | 'python';
}

export interface CountedFile {
  readonly id: string;
  /** Absolute. */
  readonly path: string;
  /** Number of its first goal, and of its first distance. */
  readonly goal: number;
  readonly distance: number;
}

export interface LoadedModules {
  readonly surface: readonly { readonly entries?: readonly OfferedEntry[]; readonly error?: string }[];
  readonly loading: { readonly hits?: readonly number[] };
  /** Where the harness instruments: what it counts, and what it found in documentation and tests. */
  readonly instrumented?: readonly InstrumentedFile[];
  /** By stand-in, where modules hold it under a name of their own: `package.module.now`. */
  readonly bindings?: Readonly<Record<string, readonly string[]>>;
  readonly examples?: readonly (readonly Step[])[];
  /** Examples with the result that documentation shows. */
  readonly documented?: readonly { readonly steps: readonly Step[]; readonly value: Value }[];
}

export interface ExplorerSettings {
  /** Starts the harness; `mark` begins each line that is an answer. */
  start(mark: string): Promise<SandboxProcess>;
  readonly root: string;
  /** Absolute path → text to load instead of the file's own. */
  readonly texts: Readonly<Record<string, string>>;
  readonly modules: readonly ExploredModule[];
  readonly files: readonly CountedFile[];
  /** What else a harness takes. */
  readonly more: Readonly<Record<string, unknown>>;
  /** A candidate that takes longer ends the process. */
  readonly silenceMilliseconds: number;
  /** After so many candidates a fresh process goes on. */
  readonly renewAfter: number;
}

const HUNG: Seen = { steps: [], effects: {}, hung: true };
const GUARD_MS = 300;
/** A mutant's tests took milliseconds without it. Forked children have limits of their own. */
const KILL_SILENCE_MS = 2500;

function asTest({ steps, scene }: Candidate): unknown {
  return { steps, scene: { ...plainScene, ...scene } };
}

function placeKey({ on }: Step): string {
  return 'step' in on ? `.${on.path.join('.')}` : `${on.module} ${on.path.join('.')}`;
}

/** A warm process that executes candidates; a new one takes its place when it ends, is stuck, or has run long. */
export class Explorer implements Executor, MutantExecutor {
  readonly #settings: ExplorerSettings;
  #running: Running | undefined;
  #loaded: LoadedModules | undefined;
  #executed = 0;
  #id = 0;
  /** Set once a candidate was stuck: from then on each run has a limit, which costs 0.15 ms. */
  #guard = 0;
  readonly #stops = new Map<string, number>();
  #prepared: Prepared | undefined;
  restarts = 0;

  constructor(settings: ExplorerSettings) {
    this.#settings = settings;
  }

  async load(): Promise<LoadedModules> {
    await this.#ready();
    return this.#loaded!;
  }

  async run(candidates: readonly Candidate[], options: RunOptions): Promise<readonly Seen[]> {
    const usable = candidates.filter((candidate) => !this.#isBanned(candidate));
    if (usable.length === candidates.length) return this.#runAll(candidates, options);
    const seen = await this.#runAll(usable, options);
    let at = 0;
    return candidates.map((candidate) =>
      this.#isBanned(candidate) && candidate !== usable[at] ? HUNG : (seen[at++] ?? HUNG),
    );
  }

  async #runAll(candidates: readonly Candidate[], options: RunOptions): Promise<readonly Seen[]> {
    const results: Seen[] = [];
    while (results.length < candidates.length) {
      const rest = candidates.slice(results.length);
      const running = await this.#ready();
      const id = ++this.#id;
      running.process.write(
        `${JSON.stringify({ id, do: 'run', tests: rest.map(asTest), options: { ...options, guard: this.#guard } })}\n`,
      );
      const ended = await this.#collect(running, id, rest.length, results);
      if (!ended) {
        // The candidate without an answer ended the process or kept it busy.
        if (options.mutant === undefined) this.#blame(candidates[results.length]!);
        results.push(HUNG);
        this.#guard = GUARD_MS;
        await this.#drop();
      }
    }
    this.#executed += candidates.length;
    if (this.#executed >= this.#settings.renewAfter) await this.#drop();
    return results;
  }

  async prepare(
    tests: readonly Candidate[],
    options: { readonly now: number; readonly random: number },
  ): Promise<void> {
    this.#prepared = { tests, options, by: undefined };
    await this.#readyToKill();
  }

  async kill(tasks: readonly MutantTask[], most: number): Promise<readonly MutantRun[]> {
    const found: MutantRun[] = [];
    while (found.length < tasks.length) {
      const running = await this.#readyToKill();
      const id = ++this.#id;
      const mutants = tasks.slice(found.length);
      running.process.write(`${JSON.stringify({ id, do: 'kill', mutants, most, options: this.#killOptions() })}\n`);
      for (;;) {
        const answer = await running.next(Math.min(KILL_SILENCE_MS, this.#settings.silenceMilliseconds));
        if (answer?.['done'] && answer['id'] === id) break;
        if (answer) {
          if (answer['id'] === id) found.push(answer as unknown as MutantRun);
          continue;
        }
        const stuck = tasks[found.length]!;
        found.push({ mutant: stuck.id, ran: 1, runs: [{ test: stuck.tests[0]!, seen: HUNG }] });
        this.#guard = GUARD_MS;
        await this.#drop();
        break;
      }
    }
    this.#executed += found.reduce((sum, { ran }) => sum + ran, 0);
    return found;
  }

  #killOptions(): Readonly<Record<string, unknown>> {
    return { ...this.#prepared!.options, guard: this.#guard };
  }

  /** A process that holds the tests; a new one is given them again. */
  async #readyToKill(): Promise<Running> {
    for (let tries = 0; ; tries++) {
      const running = await this.#ready();
      const prepared = this.#prepared!;
      if (prepared.by === running) return running;
      const id = ++this.#id;
      const tests = prepared.tests.map(asTest);
      running.process.write(`${JSON.stringify({ id, do: 'prepare', tests, options: this.#killOptions() })}\n`);
      const answer = await running.next(this.#settings.silenceMilliseconds + 50 * tests.length);
      if (answer) {
        prepared.by = running;
        return running;
      }
      this.#guard = GUARD_MS;
      await this.#drop();
      if (tries > 1)
        throw new TrowelError('sandbox-failed', 'Tests that were found could not be run again in the sandbox.', {
          hint: 'Is the machine short of memory? Try again with --seed 2.',
        });
    }
  }

  /** The next candidates run in a new process. */
  async renew(): Promise<void> {
    await this.#drop();
  }

  async close(): Promise<void> {
    await this.#drop();
  }

  /** What stopped the process twice is not called again: each time costs the whole silence. */
  #blame({ steps }: Candidate): void {
    const last = steps.at(-1);
    if (last) this.#stops.set(placeKey(last), (this.#stops.get(placeKey(last)) ?? 0) + 1);
  }

  #isBanned({ steps }: Candidate): boolean {
    return this.#stops.size > 0 && steps.some((step) => (this.#stops.get(placeKey(step)) ?? 0) >= 2);
  }

  async #collect(running: Running, id: number, count: number, results: Seen[]): Promise<boolean> {
    const start = results.length;
    for (;;) {
      const answer = await running.next(this.#settings.silenceMilliseconds);
      if (!answer) return false;
      if (answer['id'] !== id) continue;
      if (answer['done']) return results.length - start === count;
      results.push(answer['seen'] as Seen);
    }
  }

  async #ready(): Promise<Running> {
    if (this.#running) return this.#running;
    const mark = randomBytes(9).toString('base64');
    const process = await this.#settings.start(mark);
    const running = new Running(process, mark);
    this.#running = running;
    this.#executed = 0;
    const id = ++this.#id;
    const { root, texts, modules, files, more } = this.#settings;
    process.write(
      `${JSON.stringify({ id, do: 'load', ...more, root, modules, files, ...(Object.keys(texts).length > 0 ? { texts } : {}) })}\n`,
    );
    for (;;) {
      const answer = await running.next(90_000);
      if (!answer) {
        const errors = await running.errors();
        await this.#drop();
        throw new TrowelError(
          'sandbox-failed',
          `The modules could not be loaded in the sandbox.${errors === '' ? '' : ` ${errors}`}`,
          {
            hint: 'Does the package run on this machine? Try: trowel run',
          },
        );
      }
      if (answer['id'] !== id) continue;
      this.#loaded = answer as unknown as LoadedModules;
      return running;
    }
  }

  async #drop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    if (!running) return;
    this.restarts++;
    await running.process.stop();
  }
}

interface Prepared {
  readonly tests: readonly Candidate[];
  readonly options: { readonly now: number; readonly random: number };
  /** The process that holds them. */
  by: Running | undefined;
}

type Answer = Readonly<Record<string, unknown>>;

/** Splits what the process writes into the harness's answers. */
class Running {
  readonly process: SandboxProcess;
  readonly #mark: string;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  readonly #answers: Answer[] = [];
  #rest = '';
  #pending: Promise<IteratorResult<Uint8Array>> | undefined;

  constructor(process: SandboxProcess, mark: string) {
    this.process = process;
    this.#mark = mark;
    this.#chunks = process.output[Symbol.asyncIterator]();
  }

  /** Undefined when the process has ended or says nothing for so long. */
  async next(silenceMilliseconds: number): Promise<Answer | undefined> {
    while (this.#answers.length === 0) {
      this.#pending ??= this.#chunks.next();
      const chunk = await within(this.#pending, silenceMilliseconds);
      if (!chunk) return undefined;
      this.#pending = undefined;
      if (chunk.done) return undefined;
      this.#take(this.#decoder.decode(chunk.value, { stream: true }));
    }
    return this.#answers.shift();
  }

  async errors(): Promise<string> {
    let text = '';
    const read = async (): Promise<void> => {
      for await (const chunk of this.process.errors) if (text.length < 2000) text += new TextDecoder().decode(chunk);
    };
    await within(read(), 300);
    return text.trim().split('\n').slice(-4).join(' ');
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop()!;
    for (const line of lines) {
      // Code under study may write to the same stream without ending its line.
      const at = line.indexOf(this.#mark);
      if (at >= 0) this.#answers.push(JSON.parse(line.slice(at + this.#mark.length)) as Answer);
    }
  }
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
