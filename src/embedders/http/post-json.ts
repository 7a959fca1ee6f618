/** One JSON request to a service that may be slow, busy or gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';

export interface JsonRequest {
  /** As people know it, for messages: `Ollama`. */
  readonly service: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly signal?: AbortSignal | undefined;
  /** For tests. */
  readonly patience?: Patience;
}

export interface Patience {
  /** Of one try, in milliseconds. */
  readonly timeout: number;
  readonly tries: number;
  /** Before the second try; doubled each time, up to a minute. */
  readonly firstPause: number;
}

const PATIENCE: Patience = { timeout: 60_000, tries: 5, firstPause: 500 };
const LONGEST_PAUSE = 60_000;
const EXCERPT = 300;

/** The parsed answer. Throws `embedding-failed`; neither headers nor keys are in its message. */
export async function postJson(request: JsonRequest): Promise<unknown> {
  const { service, url, signal, patience = PATIENCE } = request;
  let failure: Failure = { why: 'was not asked' };
  for (let attempt = 0; attempt < patience.tries; attempt++) {
    throwIfAborted(signal);
    if (attempt > 0) await pause(failure.retryAfter ?? patience.firstPause * 2 ** (attempt - 1), signal);
    const outcome = await tryOnce(request, patience.timeout);
    if ('answer' in outcome) return outcome.answer;
    failure = outcome;
    if (failure.final) break;
  }
  throwIfAborted(signal);
  throw new TrowelError('embedding-failed', `${service} at ${new URL(url).origin} ${failure.why}.`, {
    hint: failure.hint ?? 'Check that the service runs and that `search.url` and `embedding.model` are right.',
    cause: failure.cause,
  });
}

interface Failure {
  readonly why: string;
  readonly hint?: string;
  /** Trying again would not help. */
  readonly final?: boolean;
  /** Milliseconds, where the service said so. */
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

async function tryOnce(
  { url, headers, body, signal }: JsonRequest,
  timeout: number,
): Promise<{ readonly answer: unknown } | Failure> {
  const limit = AbortSignal.timeout(timeout);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      redirect: 'error',
    });
    text = await response.text();
  } catch (cause) {
    if (limit.aborted) return { why: `did not answer within ${timeout / 1000} s`, cause };
    return { why: 'cannot be reached', final: isAbsent(cause), cause };
  }
  if (response.ok) {
    try {
      return { answer: JSON.parse(text) as unknown };
    } catch (cause) {
      return { why: 'answered with something that is no JSON', final: true, cause };
    }
  }
  const why = `answered ${response.status}: ${text.replace(/\s+/g, ' ').slice(0, EXCERPT)}`;
  const { status } = response;
  if (status === 401 || status === 403)
    return { why, final: true, hint: 'The key is missing, wrong, or not allowed to use this model.' };
  if (status !== 408 && status !== 429 && status < 500) return { why, final: true };
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return { why, ...(Number.isFinite(seconds) ? { retryAfter: seconds * 1000 } : {}) };
}

/** Nobody listens there, or there is no such machine: waiting would not help. */
function isAbsent(cause: unknown): boolean {
  const inner = cause instanceof Error ? (cause.cause as { readonly code?: unknown } | undefined) : undefined;
  return inner?.code === 'ECONNREFUSED' || inner?.code === 'ENOTFOUND';
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(Math.min(milliseconds, LONGEST_PAUSE), undefined, signal ? { signal } : {});
  } catch {
    throwIfAborted(signal);
  }
}
