import type { Candidate, Seen } from '../model/candidate.ts';
import type { Value } from '../model/value.ts';
import type { Domain } from './domain.ts';
import type { Function, Relation } from './relation.ts';

/** What is said of a function for all inputs of some domains. */
export interface Property {
  readonly relation: Relation;
  /** The function that it is about; for a round trip also the way back. */
  readonly functions: readonly Function[];
  readonly domains: readonly Domain[];
  /** Names of the parameters. */
  readonly names: readonly string[];
}

/** Inputs that were tried, with what was seen. */
export interface Sample {
  readonly inputs: readonly Value[];
  /** What each call gave. */
  readonly results: readonly Value[];
  readonly candidate: Candidate;
  readonly seen: Seen;
}

/** It held for every sample, and the samples tell something. */
export interface FoundProperty extends Property {
  readonly samples: readonly Sample[];
}

/** A property that fails under mutants. */
export interface ProvenProperty extends Property {
  /** Inputs that stand in the test: those that see the mutants first. */
  readonly examples: readonly (readonly Value[])[];
  /** How many inputs it held for. */
  readonly held: number;
}
