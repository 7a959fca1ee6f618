import type { Candidate, Seen } from '../model/candidate.ts';
import type { ProvenProperty } from '../properties/property.ts';
import type { Assertion } from './assertion.ts';

/** A test that is kept, with why. */
export interface ProvenTest {
  readonly candidate: Candidate;
  readonly seen: Seen;
  readonly assertions: readonly Assertion[];
  /** Goals that no earlier kept test reaches. */
  readonly reaches: readonly number[];
  /** Mutants that no earlier kept test kills. */
  readonly kills: readonly number[];
  /** All mutants that its assertions see. */
  readonly sees: readonly number[];
  /** The result depends on the time or on chance: the test fixes them. */
  readonly fixes: readonly ('time' | 'random')[];
  /** It says this for all inputs of some domains; its candidate is the first example. */
  readonly property?: ProvenProperty;
}
