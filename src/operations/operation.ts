import type { z } from 'zod';
import type { Emit } from '#base/progress.ts';
import type { Services } from './services.ts';

/** `read`: answers from the index; `write`: writes to the data folder or, when asked, the tree; `execute`: runs a project's code. */
export type Effect = 'read' | 'write' | 'execute';

export interface OperationContext {
  readonly services: Services;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** The caller takes the output as data, and `render` is not called. */
  readonly asData: boolean;
}

/** What a renderer may use. Without a terminal: 100 columns, no colour. */
export interface TerminalStyle {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  readonly unicode: boolean;
}

/**
 * How an operation is offered to a model as a tool: fewer inputs, and an answer of few tokens. What is said here is read by the
 * model each time: every word counts.
 */
export interface ModelTool<Output = unknown> {
  /** Where it is not the operation's. */
  readonly name?: string;
  /** When to use it, and what it gives. */
  readonly description: string;
  /** Keys of the input that the model chooses. */
  readonly takes: readonly string[];
  /** Other inputs, where they differ from their defaults. */
  readonly given?: Readonly<Record<string, unknown>>;
  readonly output: z.ZodObject;
  /** Plain data of that shape. */
  brief(output: Output): Readonly<Record<string, unknown>>;
  /** For clients that read text; where it is undefined, the brief as lines. */
  text?(output: Output): string | undefined;
}

/**
 * One use case of the product, as data: the command line, HTTP, MCP and the web client are all made from it. `input` is a
 * zod object; `positional` names those of its keys that the command line takes without a flag, in order (the last may be an
 * array and takes the rest); all others are `--kebab-case` flags: booleans (`--x`, `--no-x`), numbers, strings, enums, and
 * arrays of these by repetition. Schema descriptions are the help texts. The output is plain data: `--json` prints it as is.
 */
export interface Operation<Input extends z.ZodObject = z.ZodObject, Output = unknown> {
  readonly name: string;
  readonly group: 'understand' | 'find' | 'judge' | 'guard' | 'prove' | 'know' | 'change' | 'learn' | 'run' | 'ship';
  /** One line, a verb first. */
  readonly summary: string;
  readonly effect: Effect;
  readonly input: Input;
  readonly positional: readonly string[];
  /** Command lines that work as they stand, for `--help` and the reference. */
  readonly examples: readonly { readonly command: string; readonly explains: string }[];
  run(input: z.output<Input>, context: OperationContext): Promise<Output>;
  /** How the output looks on a terminal: every door that shows text to a person uses it. */
  render(output: Output, terminal: TerminalStyle): string;
  /** 1 where the output holds findings; default 0. */
  exitCode?(output: Output): number;
  /** Absent: models are not offered it. */
  readonly tool?: ModelTool<Output>;
}

/** Checks an operation's parts against each other's types. */
export function defineOperation<Input extends z.ZodObject, Output>(
  operation: Operation<Input, Output>,
): Operation<Input, Output> {
  return operation;
}

export interface OperationCatalogue {
  /** In the order in which help lists them. */
  readonly names: readonly string[];
  load(name: string): Promise<Operation | undefined>;
}
