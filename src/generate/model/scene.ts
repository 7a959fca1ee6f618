/** What surrounds a test beside its arguments: what code reads from outside of itself, in place of the real thing. */
export interface Scene {
  /** Words after the program's name. */
  readonly argv: readonly string[];
  /** All that the environment holds. */
  readonly environment: readonly (readonly [string, string])[];
  /** Standard input. */
  readonly input: string;
  /** What every server answers; status 0: the connection is refused. */
  readonly answer: Answer;
  /** What every program that is started does; code -1: there is no such program. */
  readonly program: ProgramRun;
}

export interface Answer {
  readonly status: number;
  /** Media type. */
  readonly type: string;
  readonly body: string;
}

export interface ProgramRun {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

export const plainScene: Scene = {
  argv: [],
  environment: [],
  input: '',
  answer: { status: 200, type: 'application/json', body: '{"name": "value", "items": [1, 2]}' },
  program: { code: 0, output: 'first line\nsecond line\n', errors: '' },
};

export const otherAnswers: readonly Answer[] = [
  { status: 404, type: 'text/plain', body: 'not found' },
  { status: 0, type: '', body: '' },
  { status: 200, type: 'text/html', body: '<html><title>Title</title><a href="/next">next</a></html>' },
  { status: 200, type: 'application/json', body: '[]' },
  { status: 500, type: 'application/json', body: '{"error": "failed"}' },
  { status: 200, type: 'text/plain', body: 'a,b\n1,2\n' },
];

export const otherRuns: readonly ProgramRun[] = [
  { code: 1, output: '', errors: 'failed\n' },
  { code: -1, output: '', errors: '' },
  { code: 0, output: '', errors: '' },
  { code: 0, output: '1.2.3\n', errors: 'warning\n' },
];
