import type { Candidate, Seen } from '../model/candidate.ts';
import { isMarked, sizeOf } from '../model/value.ts';
import type { Goal } from './goal.ts';

export interface Entry {
  readonly candidate: Candidate;
  readonly size: number;
  /** Goals that it reaches, ascending. */
  readonly hits: readonly number[];
  /** For each step, the members of its result. */
  readonly members: readonly (Readonly<Record<string, readonly [string, number?]>> | undefined)[];
  /** Steps whose results can be iterated. */
  readonly iterables: readonly number[];
  /** Steps whose results are functions: what a factory makes is to be called. */
  readonly functions: readonly number[];
  /** How often it served as a parent since it last led to something new. */
  tries: number;
}

export interface Approach {
  readonly entry: Entry;
  readonly distance: number;
}

const MOST_SAMPLES = 8;
/** A candidate of this size is read at a glance: a smaller one would only be poorer. */
export const SMALL_ENOUGH = 9;

/**
 * The best candidate for each goal: for reached goals the smallest one, for others the nearest (Panichella, Kifetew and Tonella,
 * "Automated Test Case Generation as a Many-Objective Optimisation Problem with Dynamic Selection of the Targets", 2018). A goal
 * becomes a target when a condition that leads to it has been evaluated: before, nothing says how far it is.
 */
export class Archive {
  readonly goals: readonly Goal[];
  readonly reached = new Map<number, Entry>();
  readonly nearest = new Map<number, Approach>();
  /** Candidates that reached something new, oldest first. */
  readonly entries: Entry[] = [];
  /** By goal, some of the candidates that reach it: others than the smallest may tell more of it. */
  readonly samples = new Map<number, Candidate[]>();
  readonly #byDistance = new Map<number, Goal>();
  readonly #open = new Set<number>();
  #turn = 0;

  constructor(goals: readonly Goal[]) {
    this.goals = goals;
    for (const goal of goals) {
      if (goal.distance !== undefined) this.#byDistance.set(goal.distance, goal);
      if (!goal.atLoad) this.#open.add(goal.id);
    }
  }

  get openGoals(): ReadonlySet<number> {
    return this.#open;
  }

  /** What was new: goals reached for the first time, goals that came nearer, reached goals with a smaller candidate. */
  add(candidate: Candidate, seen: Seen): { readonly reached: number; readonly nearer: number } {
    const hits = (seen.hits ?? []).filter((id) => id < this.goals.length && !this.goals[id]!.atLoad);
    const size = candidateSize(candidate);
    let entry: Entry | undefined;
    const make = (): Entry =>
      (entry ??= {
        candidate,
        size,
        hits,
        members: seen.steps.map(({ members }) => members),
        functions: seen.steps.flatMap(({ outcome, value }, i) =>
          outcome === 'returned' && value !== undefined && isMarked(value) && value.$ === 'function' ? [i] : [],
        ),
        iterables: seen.steps.flatMap(({ iterable }, i) => (iterable ? [i] : [])),
        tries: 0,
      });
    let reached = 0;
    this.#turn++;
    for (const id of hits) {
      const sample = this.samples.get(id);
      if (!sample) this.samples.set(id, [candidate]);
      else if (sample.length < MOST_SAMPLES) sample.push(candidate);
      else if ((this.#turn + id) % 41 === 0) sample[this.#turn % MOST_SAMPLES] = candidate;
      const held = this.reached.get(id);
      if (held && held.size <= Math.max(size, SMALL_ENOUGH)) continue;
      if (!held) {
        reached++;
        this.#open.delete(id);
        this.nearest.delete(id);
      }
      this.reached.set(id, make());
    }
    let nearer = 0;
    for (const [number, distance] of seen.near ?? []) {
      const goal = this.#byDistance.get(number);
      if (!goal || !this.#open.has(goal.id)) continue;
      const held = this.nearest.get(goal.id);
      if (held && (held.distance < distance || (held.distance === distance && held.entry.size <= size))) continue;
      if (!held || distance < held.distance) nearer++;
      this.nearest.set(goal.id, { entry: make(), distance });
    }
    if (entry && (reached > 0 || nearer > 0)) {
      this.entries.push(entry);
      if (this.entries.length > 3000) this.entries.splice(0, 1000);
    }
    return { reached, nearer };
  }

  /** Candidates that together reach all that was reached, few and small. */
  cover(): Candidate[] {
    const left = new Set(this.reached.keys());
    const pool = [...new Set(this.reached.values())];
    const chosen: Candidate[] = [];
    while (left.size > 0) {
      let best: Entry | undefined;
      let bestWorth = 0;
      for (const entry of pool) {
        let gain = 0;
        for (const id of entry.hits) if (left.has(id)) gain++;
        const worth = gain / (6 + entry.size);
        if (worth > bestWorth) [best, bestWorth] = [entry, worth];
      }
      if (!best) break;
      chosen.push(best.candidate);
      for (const id of best.hits) left.delete(id);
    }
    return chosen;
  }
}

export function candidateSize({ steps, scene }: Candidate): number {
  let size = scene === undefined ? 0 : JSON.stringify(scene).length / 20;
  for (const step of steps) {
    size += 2;
    for (const value of step.with ?? []) size += sizeOf(value);
    for (const [, value] of step.named ?? []) size += 1 + sizeOf(value);
  }
  return size;
}
