/**
 * A function's body without its language: what adapters make of a syntax tree and what the control-flow graph is built
 * from. A step is what runs as one: an expression statement, a test, the binding of a loop variable.
 */

export interface FlowStep {
  /** Text on one line, cut to a fair length. */
  readonly text: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly endLine: number;
  readonly definitions: readonly FlowDefinition[];
  readonly uses: readonly FlowUse[];
  /** Whether it can raise: calls, member access, operators, … In doubt, yes. */
  readonly mayThrow: boolean;
  readonly suspends?: 'yield' | 'await';
}

export interface FlowDefinition {
  /** The variable: its name, with `@line` of its scope where an inner scope shadows an outer one. */
  readonly variable: string;
  readonly kind:
    | 'parameter'
    | 'assignment'
    | 'augmented'
    | 'loop'
    | 'exception'
    | 'context'
    | 'import'
    | 'function'
    | 'class'
    | 'pattern'
    | 'delete'
    | 'declaration';
  readonly line: number;
  /** Offset of the name in UTF-16 units. */
  readonly at: number;
  /** May or may not happen (`a && (x = 1)`, an assignment inside a nested function): earlier definitions stay. */
  readonly isWeak?: boolean;
}

export interface FlowUse {
  readonly variable: string;
  readonly line: number;
  /** Offset of the name in UTF-16 units. */
  readonly at: number;
  /** Read by a nested function: when it runs is not known, so every definition of the variable may reach it. */
  readonly captured: boolean;
}

export type FlowStatement =
  | { readonly kind: 'step'; readonly step: FlowStep }
  | { readonly kind: 'return' | 'throw'; readonly step: FlowStep }
  | { readonly kind: 'break' | 'continue'; readonly step: FlowStep; readonly label?: string }
  | { readonly kind: 'block'; readonly body: readonly FlowStatement[]; readonly label?: string }
  | {
      readonly kind: 'if';
      readonly test: FlowStep;
      readonly then: readonly FlowStatement[];
      readonly otherwise: readonly FlowStatement[];
    }
  /** `binds` runs at the start of each round: the loop variable. An endless loop has no test that ends it. */
  | {
      readonly kind: 'loop';
      readonly test?: FlowStep;
      readonly testAt: 'start' | 'end';
      readonly isEndless: boolean;
      readonly binds?: FlowStep;
      readonly update?: FlowStep;
      readonly body: readonly FlowStatement[];
      readonly otherwise: readonly FlowStatement[];
      readonly label?: string;
    }
  | {
      readonly kind: 'switch';
      readonly subject: FlowStep;
      readonly cases: readonly FlowCase[];
      readonly fallsThrough: boolean;
      readonly label?: string;
    }
  | {
      readonly kind: 'try';
      readonly body: readonly FlowStatement[];
      readonly handlers: readonly FlowHandler[];
      readonly otherwise: readonly FlowStatement[];
      readonly finally: readonly FlowStatement[] | undefined;
    };

export interface FlowCase {
  /** Undefined: the default, taken when no other case is, wherever it stands. */
  readonly test: FlowStep | undefined;
  /** Names that the pattern captures, and a guard that reads them. */
  readonly binds?: FlowStep;
  readonly guard?: FlowStep;
  /** The pattern matches whatever comes. */
  readonly isIrrefutable: boolean;
  readonly body: readonly FlowStatement[];
}

export interface FlowHandler {
  /** `except E`: whether it is for this handler. */
  readonly test: FlowStep;
  /** The name that holds the exception. */
  readonly binds?: FlowStep;
  readonly catchesAll: boolean;
  readonly body: readonly FlowStatement[];
}

export interface FlowFunction {
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly parameters: FlowStep;
  readonly body: readonly FlowStatement[];
  readonly isGenerator: boolean;
  readonly isAsync: boolean;
}
