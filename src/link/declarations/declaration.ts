/**
 * What is declared of things outside the tree: what functions return, which of their parameters are called, what classes
 * inherit. Read from type stubs and declaration files; nothing of it is indexed.
 */

/** Types are names of classes as far as they matter here: `module#Class` or, in the same module, `Class`. */
export interface DeclaredFunction {
  /** Parameters whose type can be called: position (−1: by keyword only) and name ('' where it cannot be given). */
  readonly callbacks: readonly DeclaredParameter[];
  /** Class of the result; undefined where it is not one class. */
  readonly returns: string | undefined;
}

export interface DeclaredParameter {
  readonly position: number;
  readonly name: string;
}

export interface DeclaredClass {
  readonly bases: readonly string[];
  readonly members: ReadonlyMap<string, DeclaredMember>;
}

export type DeclaredMember =
  | { readonly kind: 'function'; readonly value: DeclaredFunction }
  /** A property or variable: its class. */
  | { readonly kind: 'value'; readonly type: string }
  | { readonly kind: 'class'; readonly value: DeclaredClass }
  /** Another name of something: `module#name`, or `module` for a module itself. */
  | { readonly kind: 'alias'; readonly target: string };

export interface DeclaredModule {
  readonly members: ReadonlyMap<string, DeclaredMember>;
  /** Modules whose names it has too: `from m import *`. */
  readonly stars: readonly string[];
}
