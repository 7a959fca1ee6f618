/** A test as a sequence of steps, and what was seen when it ran. */
import type { Scene } from './scene.ts';
import type { Value } from './value.ts';

/** Where a step takes hold: something a module offers, or a result of an earlier step, then names from there. */
export type Place =
  | { readonly module: number; readonly path: readonly string[] }
  | { readonly step: number; readonly path: readonly string[] };

export interface Step {
  readonly op: 'call' | 'new' | 'get' | 'set' | 'collect' | 'await';
  readonly on: Place;
  readonly with?: readonly Value[];
  /** Python: arguments by name. */
  readonly named?: readonly (readonly [string, Value])[];
  /** `call`: a promise that it returns is not waited for; a later `await` does. */
  readonly deferred?: true;
  /** `collect`: how many items at most. */
  readonly limit?: number;
}

export interface Candidate {
  readonly steps: readonly Step[];
  /** What of its surroundings is other than plain. */
  readonly scene?: Partial<Scene>;
  /** Which strategy made it, for the report. */
  readonly origin: string;
  /** A sentence from documentation that it was taken from, or the property that it checks. */
  readonly note?: string;
  /** So many steps at the end only look at what became of an object. */
  readonly looks?: number;
  /** What documentation says that the last step gives. */
  readonly documented?: Value;
}

export type StepOutcome = 'returned' | 'threw' | 'blocked' | 'skipped' | 'hung' | 'pending';

export interface SeenStep {
  readonly outcome: StepOutcome;
  /** What was returned or thrown. */
  readonly value?: Value;
  /** The result was a promise. */
  readonly awaited?: true;
  /** The result can be iterated and is no plain collection. */
  readonly iterable?: true;
  /** State of the receiver (`receiver`) and of arguments (`0`, `1` …) where the step changed it. */
  readonly after?: Readonly<Record<string, Value>>;
  /** Methods and accessors of the result: kind and, for methods, the number of declared parameters. */
  readonly members?: Readonly<Record<string, readonly [string, number?]>>;
  readonly stack?: string;
}

/** What a probe was asked for. */
export interface ProbeLog {
  readonly reads?: Readonly<Record<string, ProbeLog>>;
  /** Most arguments it was called with. */
  readonly called?: number;
  readonly result?: ProbeLog;
  readonly iterated?: boolean;
  readonly converted?: string;
  readonly listed?: boolean;
}

export interface Seen {
  readonly steps: readonly SeenStep[];
  readonly effects: Readonly<Record<string, number>>;
  readonly callbacks?: Readonly<Record<string, readonly (readonly Value[])[]>>;
  /** Callbacks that were given arguments by name (Python). */
  readonly keywords?: readonly number[];
  /** What of the world outside was used, and stood in for: `subprocess.Popen`, `os.environ`, `time.time`, `globalThis.fetch`. */
  readonly mocks?: readonly string[];
  /** Names that the environment was asked for. */
  readonly asked?: readonly string[];
  /** Of these stand-ins, the arguments of each call: by place, and by name. */
  readonly calls?: Readonly<Record<string, readonly DoubleCall[]>>;
  readonly probes?: Readonly<Record<string, ProbeLog>>;
  readonly hung?: boolean;
  /** Numbers of the goals (lines, branches) that the candidate reached. */
  readonly hits?: readonly number[];
  /** Branch outcomes that were not taken, with how far the condition was from it: > 0. */
  readonly near?: readonly (readonly [number, number])[];
  /** Constants that the code compared its inputs with. */
  readonly compared?: readonly Value[];
  /** Texts or numbers that were compared and unequal: both sides. */
  readonly pairs?: readonly (readonly [Value, Value])[];
  /** Texts with the regular expression that did not match them, and its flags as the language has them. */
  readonly unmatched?: readonly (readonly [string, string, number | string])[];
  /** What was written to standard output. */
  readonly output?: string;
}

export type DoubleCall = readonly [readonly Value[], readonly (readonly [string, Value])[]];

/** Replaces the result numbers in a step by `change`; undefined from `change` keeps nothing: the step cannot stand. */
export function stepsUsed(step: Step): number[] {
  const found: number[] = 'step' in step.on ? [step.on.step] : [];
  const walk = (value: Value): void => {
    if (value === null || typeof value !== 'object') return;
    if (Array.isArray(value)) {
      for (const item of value as readonly Value[]) walk(item);
      return;
    }
    if ((value as { $: string }).$ === 'step') found.push((value as { i: number }).i);
    else for (const part of Object.values(value)) if (typeof part === 'object') walk(part as Value);
  };
  for (const item of step.with ?? []) walk(item);
  for (const [, item] of step.named ?? []) walk(item);
  return found;
}
