import { TrowelError } from '#base/errors.ts';
import { painter, printable } from '#base/paint.ts';

export interface ErrorDocument {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** What `--json` prints instead of the output. */
export function errorDocument(error: unknown): ErrorDocument {
  if (error instanceof TrowelError) {
    const { code, message, hint } = error;
    return { error: hint === undefined ? { code, message } : { code, message, hint } };
  }
  return { error: { code: 'bug', message: error instanceof Error ? error.message : String(error) } };
}

export function renderError(error: unknown, options: { readonly color: boolean; readonly verbose: boolean }): string {
  const paint = painter(options.color);
  const lines: string[] = [];
  if (error instanceof TrowelError) {
    if (error.code === 'cancelled') return `trowel: ${error.message}\n`;
    lines.push(`${paint.red('error')} ${printable(error.message)} ${paint.dim(`[${error.code}]`)}`);
    if (error.hint !== undefined) lines.push(`      ${printable(error.hint)}`);
  } else {
    const message = error instanceof Error ? error.message : String(error);
    lines.push(`${paint.red('error')} This is a bug in Trowel: ${printable(message)}`);
    if (!options.verbose) lines.push('      Run it again with --verbose for the details, and please report them.');
  }
  if (options.verbose) lines.push(...stacks(error));
  return `${lines.join('\n')}\n`;
}

function stacks(error: unknown): string[] {
  const lines: string[] = [];
  let current = error;
  for (let depth = 0; current !== undefined && depth < 5; depth++) {
    lines.push(printable(current instanceof Error ? (current.stack ?? current.message) : String(current)));
    current = current instanceof Error ? current.cause : undefined;
    if (current !== undefined) lines.push('caused by:');
  }
  return lines;
}
