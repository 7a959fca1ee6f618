import type { CallToolResult } from '@modelcontextprotocol/server';
import { TrowelError } from '#base/errors.ts';
import type { Emit } from '#base/progress.ts';

/** A message may quote a question of megabytes. Characters. */
const LONGEST = 1_000;

/** An error as the model reads it, so that it can ask better. What is a bug of ours tells nothing of the machine. */
export function failedCall(error: unknown, emit: Emit): CallToolResult {
  return { content: [{ type: 'text', text: messageOf(error, emit) }], isError: true };
}

export function messageOf(error: unknown, emit: Emit): string {
  if (error instanceof TrowelError) return [error.message, error.hint ?? ''].map(shortened).join(' ').trim();
  emit({
    type: 'warning',
    message: `A request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  });
  return 'Something went wrong inside Trowel. Its own log, on standard error, has the details.';
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)} … ${text.slice(-LONGEST / 4)}`;
}
