/** What generating tests leads to: the nouns that the engine, reports and doors share. */

/** Reached of all; a total of 0 has no percentage. */
export interface Share {
  readonly reached: number;
  readonly total: number;
}

export interface ModuleCoverage {
  readonly path: string;
  readonly language: string;
  /** Why it was taken, most telling first. */
  readonly reasons: readonly string[];
  /** By loading the module alone. */
  readonly atLoad: { readonly statements: Share; readonly branches: Share; readonly functions: Share };
  /** By the kept tests, loading included. */
  readonly byTests: { readonly statements: Share; readonly branches: Share; readonly functions: Share };
  /** Mutants that the kept tests meet; those that make a test endless are counted apart. */
  readonly mutants: {
    readonly killed: number;
    readonly survived: number;
    readonly timedOut: number;
    /** The time was over before they were tried. */
    readonly untried: number;
    readonly notReached: number;
  };
  /** Of the lines that a change touches, or of the symbol that was asked for: statements and branches together. */
  readonly asked?: Share;
  /** Lines of what no kept test reaches. */
  readonly uncovered: readonly {
    readonly line: number;
    readonly what: 'statement' | 'branch' | 'function';
    readonly why: string;
  }[];
}

export interface KeptTest {
  readonly title: string;
  readonly origin: string;
  /** Goals that no test kept before it reaches, and mutants that none of them kills. */
  readonly reaches: number;
  readonly kills: number;
  readonly assertions: number;
}

export interface GeneratedFile {
  /** From the tree's root. */
  readonly path: string;
  readonly subject: string;
  readonly framework: string;
  readonly text: string;
  readonly tests: readonly KeptTest[];
}

/** Behaviour that looks like a bug: said, not asserted. */
export interface Suspicion {
  readonly path: string;
  readonly call: string;
  readonly seen: string;
  readonly why: string;
}

export interface PlannedTests {
  readonly path: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly seconds: number;
}

export interface HealingAttempt {
  readonly path: string;
  /** `syntax`, `imports and paths`, `module format`, `missing mocks`, `fixture data`, `async`, `environment`. */
  readonly kind: string;
  readonly what: string;
  readonly helped: boolean;
}

export interface TestReport {
  readonly files: readonly GeneratedFile[];
  readonly modules: readonly ModuleCoverage[];
  /** Modules in the order in which they are worth tests, with why and their seconds. */
  readonly planned: readonly PlannedTests[];
  /** With an older revision as an oracle: how many inputs ran on both, and how many gave something else. */
  readonly compared?: { readonly revision: string; readonly inputs: number; readonly different: number };
  readonly suspicions: readonly Suspicion[];
  /** Tests that were written and taken out again, with what the framework said. */
  readonly dropped: readonly { readonly title: string; readonly reason: string }[];
  /** What was tried to put files right that the framework could not run as they were first written. */
  readonly healing: readonly HealingAttempt[];
  /** Modules that could not be tested, in one sentence each. */
  readonly left: readonly { readonly path: string; readonly reason: string }[];
  readonly executed: number;
  readonly milliseconds: number;
  /** Runs of the finished suite with its framework, in different orders, without a failure. */
  readonly steadyRuns: number;
  readonly strategies: Readonly<Record<string, { readonly tried: number; readonly reached: number }>>;
  /** What ran it: `node 20.1.0`, `python 3.11.7`. */
  readonly runtime: string;
  /** Over tree, seed and budget: what it is a proof of. */
  readonly evidence: { readonly treeHash: string; readonly seed: number; readonly secondsPerModule: number };
}
