/**
 * An outside tool that judges code by a project's own configuration: where it is found, the one command that it is run with, and
 * how what it says is read. The command is all that is ever run of it: no member takes words from a project.
 */

export interface LinterProject {
  /** Paths of the tree. */
  has(path: string): boolean;
  /** The first file of the root folder that matches. */
  find(pattern: RegExp): string | undefined;
  /** Whether a file of the tree has one of these extensions. */
  hasExtension(extensions: readonly string[]): boolean;
  /** A program among the project's own packages or on the machine, as the sandbox starts it; undefined where there is none. */
  program(name: string): string | undefined;
  /** A section of a settings file: `pyproject.toml` with `[tool.black]`, `package.json` with `"prettier"`. */
  mentions(path: string, text: string): boolean;
}

export interface LinterCommand {
  readonly program: string;
  readonly arguments: readonly string[];
}

export interface LinterProblem {
  /** Absolute, or relative to the tree's root. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** 0-based. */
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The tool's own name for it; '' where it has none. */
  readonly rule: string;
  readonly message: string;
  readonly severity: 1 | 2 | 3 | 4;
}

export interface LinterOutput {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export interface Linter {
  readonly id: string;
  /** Undefined where the project does not use it. */
  command(project: LinterProject): LinterCommand | undefined;
  /** Throws where the output is none of its own: the tool failed. */
  read(output: LinterOutput): readonly LinterProblem[];
}

/** Of a whole file: what formatters say. */
export function unformatted(path: string, tool: string): LinterProblem {
  return {
    path,
    line: 1,
    column: 0,
    endLine: 1,
    endColumn: 0,
    rule: '',
    message: `The file is not laid out as ${tool} would lay it out.`,
    severity: 1,
  };
}

/** JSON from the first bracket on: tools print notes before it. Throws where there is none. */
export function jsonIn(text: string): unknown {
  const start = text.search(/[[{]/);
  if (start < 0) throw new Error('it printed no JSON');
  return JSON.parse(text.slice(start));
}

export function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'object' && each !== null) : [];
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
export const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
