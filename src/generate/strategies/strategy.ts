import type { Candidate, Seen } from '../model/candidate.ts';
import type { Callable, ModuleSurface, Shape } from '../model/surface.ts';
import type { Archive } from '../search/archive.ts';
import type { Random } from '../values/random.ts';
import type { ValuePool } from '../values/value-pool.ts';

/** What strategies see of a search. */
export interface SearchState {
  readonly random: Random;
  readonly pool: ValuePool;
  readonly archive: Archive;
  readonly surfaces: readonly ModuleSurface[];
  /** The module whose goals are sought now. */
  focus: number;
  /** Goals that are sought before others. */
  readonly isPreferred?: ((goal: number) => boolean) | undefined;
  /** What was learned of parameters while running: by `module path`, one shape a parameter. */
  readonly learned: Map<string, LearnedParameter[]>;
  /** Candidates that led on, with what their inputs were compared with; the newest last. */
  readonly leads: { readonly candidate: Candidate; readonly seen: Seen }[];
  /** Candidates that read something from outside of their arguments. */
  readonly stages: { readonly candidate: Candidate; readonly seen: Seen }[];
  /** Names of functions and methods that were seen to return a promise. */
  readonly awaited: Set<string>;
  /** Names of those that were seen to return something to be iterated once, and a function. */
  readonly iterated: Set<string>;
  readonly makers: Set<string>;
}

/** What probes found out about one parameter. */
export interface LearnedParameter {
  readonly shapes: Shape[];
}

/** One way of finding candidates. A model-based one would join here. */
export interface Strategy {
  readonly name: string;
  /** At most `count` candidates; fewer or none where it has nothing (left) to propose. */
  propose(state: SearchState, count: number): Candidate[];
  /** What became of a candidate that it proposed. */
  learn?(state: SearchState, candidate: Candidate, seen: Seen): void;
}

export function callableKey(module: number, callable: Callable, owner?: Callable): string {
  return `${module} ${[...(owner?.path ?? []), ...(owner ? ['#'] : []), ...callable.path].join('.')}`;
}
