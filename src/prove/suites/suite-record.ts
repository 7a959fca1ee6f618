import type { InstrumentedFile, Mutant } from '#model/instrumented.ts';
import type { MutantRun, SuiteRun, TestRun } from '#model/suite-run.ts';
import type { SuiteEvent } from '#test-frameworks/suite-events.ts';

const strength = { killed: 3, timeout: 2, survived: 1, 'no-coverage': 0 } as const;

/** What the processes of one suite's run have told so far. */
export class SuiteRecord {
  readonly #framework: string;
  readonly #folder: string;
  readonly #files = new Map<string, InstrumentedFile>();
  readonly #skipped: { path: string; reason: string }[] = [];
  readonly #tests = new Map<string, TestRun>();
  readonly #loaded = new Map<string | undefined, SuiteRun['loaded'][number]>();
  readonly #reruns: SuiteRun['reruns'][number][] = [];
  readonly #mutants = new Map<number, MutantRun>();
  readonly #final = new Set<number>();
  readonly #errors = new Set<string>();
  readonly #hanging = new Set<string>();
  #equivalent = new Map<number, Mutant>();
  #expected = 1;
  #ended = 0;
  wantedCount: number | undefined;

  constructor(framework: string, folder: string) {
    this.#framework = framework;
    this.#folder = folder;
  }

  get files(): readonly InstrumentedFile[] {
    return [...this.#files.values()];
  }

  get errors(): readonly string[] {
    return [...this.#errors];
  }

  /** Errors, and what the first tests that failed say. */
  get problems(): readonly string[] {
    const failed = [...this.#tests.values()].filter(({ outcome }) => outcome === 'failed').slice(0, 50);
    return [...this.#errors, ...failed.map(({ message }) => message)];
  }

  /** Test files that took a process with them. */
  get hanging(): readonly string[] {
    return [...this.#hanging];
  }

  /** Of how many processes each is to come to its end. */
  expect(lanes: number): void {
    this.#expected = lanes;
  }

  note(problem: string): void {
    if (problem !== '') this.#errors.add(problem);
  }

  coversAnything(): boolean {
    const isReached = ({ covered }: { readonly covered: TestRun['covered'] }): boolean =>
      Object.keys(covered).length > 0;
    return [...this.#tests.values()].some(isReached) || [...this.#loaded.values()].some(isReached);
  }

  get settled(): number {
    return this.#final.size;
  }

  get testCount(): number {
    return this.#tests.size;
  }

  settledIds(): ReadonlySet<number> {
    return this.#final;
  }

  isSettled(mutant: number): boolean {
    return this.#final.has(mutant);
  }

  isEquivalent(mutant: number): boolean {
    return this.#equivalent.has(mutant);
  }

  hangs(testFile: string): boolean {
    return this.#hanging.has(testFile);
  }

  know(
    files: readonly InstrumentedFile[],
    skipped: readonly { readonly path: string; readonly reason: string }[],
    equivalent: readonly Mutant[],
  ): void {
    for (const file of files) this.#files.set(file.id, file);
    this.#skipped.push(...skipped);
    this.#equivalent = new Map(equivalent.map((mutant) => [mutant.id, mutant]));
  }

  add(events: readonly SuiteEvent[]): void {
    for (const event of events) {
      switch (event.event) {
        case 'file':
          this.#files.set(event.file.id, event.file);
          break;
        case 'skipped':
          if (!this.#skipped.some(({ path }) => path === event.id))
            this.#skipped.push({ path: event.id, reason: event.reason });
          break;
        case 'loaded':
          this.#loaded.set(this.#path(event.path), { path: this.#path(event.path), covered: event.covered });
          break;
        case 'test':
          this.#test(event);
          break;
        case 'rerun':
          this.#reruns.push({ round: event.round, id: event.id, outcome: event.outcome });
          break;
        case 'mutant':
          this.#mutant(event);
          break;
        case 'error':
          this.#errors.add(
            withoutFramework(event.message) ??
              (event.path === undefined ? event.message : `${event.path}: ${event.message}`),
          );
          break;
      }
    }
  }

  #path(inFolder: string | undefined): string | undefined {
    return inFolder === undefined || this.#folder === '' ? inFolder : `${this.#folder}/${inFolder}`;
  }

  #test(event: TestRun): void {
    const { id, path, name, line, outcome, message, milliseconds, covered } = event;
    // A later process that is about mutants measures again; the first run is the one that counts.
    if (!this.#tests.has(id))
      this.#tests.set(id, { id, path: this.#path(path)!, name, line, outcome, message, milliseconds, covered });
  }

  #mutant({ mutant, status, by, tests, milliseconds, message }: MutantRun): void {
    const before = this.#mutants.get(mutant);
    const run: MutantRun = {
      mutant,
      status: before && strength[before.status] > strength[status] ? before.status : status,
      by: before && before.by.length > 0 ? before.by : by,
      tests: (before?.tests ?? 0) + tests,
      milliseconds: (before?.milliseconds ?? 0) + milliseconds,
      ...(message === undefined ? {} : { message }),
    };
    this.#mutants.set(mutant, run);
  }

  /** Whether another process has to take over: the last one was ended by a mutant or a test. */
  goesOn(events: readonly SuiteEvent[]): boolean {
    const told = new Set(events.flatMap((event) => (event.event === 'mutant' ? [event.mutant] : [])));
    const open = events.flatMap((event) => (event.event === 'try' && !told.has(event.mutant) ? [event.mutant] : []));
    const late = new Set(events.flatMap((event) => (event.event === 'timeout' && event.work > 0 ? [event.work] : [])));
    for (const mutant of open) {
      const message = late.has(mutant) ? 'it never gave the thread back' : 'it ended the process';
      this.#mutant({
        mutant,
        status: late.has(mutant) ? 'timeout' : 'killed',
        by: [],
        tests: 1,
        milliseconds: 0,
        message,
      });
    }
    const isDone = events.some(({ event }) => event === 'done');
    // Each test file has said its part where the run came to its end.
    for (const event of events)
      if (event.event === 'mutant' && event.status !== 'survived') this.#final.add(event.mutant);
    for (const mutant of open) this.#final.add(mutant);
    if (isDone && open.length === 0) {
      this.#ended++;
      return false;
    }
    if (open.length > 0) {
      if (!this.#framework.startsWith('vitest') && this.#framework !== 'jest')
        for (const event of events) if (event.event === 'mutant') this.#final.add(event.mutant);
      return true;
    }
    return this.#passOver(events);
  }

  /** A test that took the process with it: its file is left out from now on. */
  #passOver(events: readonly SuiteEvent[]): boolean {
    const ran = new Set(events.flatMap((event) => (event.event === 'test' ? [event.id] : [])));
    const begun = events.flatMap((event) => (event.event === 'start' && !ran.has(event.id) ? [event.id] : [])).at(-1);
    if (begun === undefined) {
      if (this.#errors.size === 0) this.#errors.add('the process ended before the suite did');
      return false;
    }
    const hung = events.some((event) => event.event === 'timeout');
    const message = hung ? 'it never gave the thread back' : 'it ended the process';
    const file = this.#path(begun.split('::')[0])!;
    if (this.#hanging.has(file)) return false;
    this.#hanging.add(file);
    this.#errors.add(`${begun}: ${message}; its file was left out`);
    const name = begun.split('::').slice(1).join('::');
    this.#tests.set(begun, {
      id: begun,
      path: file,
      name,
      line: 0,
      outcome: 'failed',
      message,
      milliseconds: 0,
      covered: {},
    });
    return true;
  }

  finish(
    milliseconds: number,
    wanted: readonly { readonly file: InstrumentedFile; readonly mutant: Mutant }[],
  ): SuiteRun {
    const mutants = wanted
      .filter(({ mutant }) => !this.#equivalent.has(mutant.id))
      .map(
        ({ mutant }): MutantRun =>
          this.#mutants.get(mutant.id) ?? {
            mutant: mutant.id,
            status: 'no-coverage',
            by: [],
            tests: 0,
            milliseconds: 0,
          },
      );
    return {
      framework: this.#framework,
      folder: this.#folder,
      files: this.files,
      skipped: this.#skipped,
      tests: [...this.#tests.values()],
      loaded: [...this.#loaded.values()],
      reruns: this.#reruns,
      mutants,
      equivalent: [...this.#equivalent.values()],
      errors: [...this.#errors],
      complete: this.#ended >= this.#expected,
      milliseconds,
    };
  }
}

/** A framework that is declared and not installed is no mystery. */
function withoutFramework(message: string): string | undefined {
  const name =
    /Cannot find (?:module|package) '(mocha|jest|jest-cli|vitest)(?:\/[^']*)?'|No module named '(pytest)'/.exec(
      message,
    );
  const framework = name?.[1] ?? name?.[2];
  return framework && `${framework} is not installed here: run the project's own install first.`;
}
