/** Every error that Trowel raises on purpose. Each code has an anchor in docs/errors.md. */
export const errorCodes = [
  'usage',
  'cancelled',
  'not-found',
  'ambiguous',
  'empty-tree',
  'unreadable',
  'not-a-repository',
  'git-failed',
  'git-missing',
  'clone-failed',
  'data-folder',
  'disk-full',
  'index-busy',
  'index-damaged',
  'config-invalid',
  'query-invalid',
  'query-limit',
  'unsupported',
  'node-too-old',
  'history-missing',
  'too-large',
  'grammar-missing',
  'model-unknown',
  'model-damaged',
  'model-outdated',
  'dimension-mismatch',
  'embedding-failed',
  'package-missing',
  'sandbox-unavailable',
  'sandbox-failed',
  'baseline-invalid',
  'rule-invalid',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export class TrowelError extends Error {
  override readonly name = 'TrowelError';
  readonly code: ErrorCode;
  /** One sentence: what the reader can do about it. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

/** 0 fine, 1 findings, 2 usage or known error, 70 bug, 130 interrupted. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof TrowelError)) return 70;
  return error.code === 'cancelled' ? 130 : 2;
}
