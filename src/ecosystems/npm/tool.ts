/** What is known of one tool of the JavaScript world: how it is configured, which files it loads, which packages it names. */
import type { DeclaredEntry } from '../ecosystem.ts';
import type { StaticValue } from '../static-value.ts';

export interface ConventionalEntries {
  /** From the package's folder. */
  readonly globs: readonly string[];
  readonly use: DeclaredEntry['use'];
  /** The only exports that the tool reads; default: all. */
  readonly exports?: readonly string[];
}

/** Where a tool's reader puts what it finds. Paths and globs are relative to the configuration's folder. */
export interface ToolFindings {
  readonly folder: string;
  readonly path: string;
  /** Files by name or glob; with or without an extension. What is not in the tree is passed over. */
  entry(globs: readonly string[], use: DeclaredEntry['use'], reason?: string): void;
  /** Packages, specifiers or files that the configuration names: a file becomes an entry. */
  uses(names: readonly string[], as: string): void;
  alias(pattern: string, targets: readonly string[]): void;
  tests(settings: {
    readonly include?: readonly string[];
    readonly exclude?: readonly string[];
    readonly setup?: readonly string[];
  }): void;
  /** Conventional entries of the tool do not hold: the configuration says otherwise. */
  replaceConventions(): void;
}

export interface NpmTool {
  readonly id: string;
  /** It is in use where the package or its workspace depends on one of these. Empty: wherever its configuration is. */
  readonly packages: readonly (string | RegExp)[];
  /** Globs from the package's folder. JSON, YAML and scripts are read. */
  readonly configuration?: readonly string[];
  /** Key of package.json that holds the same settings. */
  readonly manifestKey?: string;
  readonly conventions?: readonly ConventionalEntries[];
  /** The test framework whose files `conventions` lists. */
  readonly framework?: string;
  read?(settings: StaticValue, found: ToolFindings): void;
}
