/** What the harness writes, one JSON object a line; `README.md` describes each. */
import type { InstrumentedFile } from '#model/instrumented.ts';
import type { CoveredCounters, MutantRun, MutantStatus, TestRun } from '#model/suite-run.ts';

export type SuiteEvent =
  | { readonly event: 'file'; readonly file: InstrumentedFile }
  | { readonly event: 'skipped'; readonly id: string; readonly reason: string }
  | { readonly event: 'loaded'; readonly path?: string; readonly covered: CoveredCounters }
  | { readonly event: 'start'; readonly id: string }
  | ({ readonly event: 'test' } & TestRun)
  | { readonly event: 'rerun'; readonly round: number; readonly id: string; readonly outcome: string }
  | { readonly event: 'try'; readonly mutant: number }
  | ({ readonly event: 'mutant' } & MutantRun)
  | { readonly event: 'timeout'; readonly work: number }
  | { readonly event: 'error'; readonly message: string; readonly path?: string; readonly fatal?: boolean }
  | { readonly event: 'waiting' }
  | { readonly event: 'done' };

const statuses: readonly MutantStatus[] = ['killed', 'survived', 'timeout', 'no-coverage'];

/** Lines that are cut or not ours are passed over: code under study may write anything. */
export function parseEvents(text: string): SuiteEvent[] {
  const events: SuiteEvent[] = [];
  for (const line of text.split('\n')) {
    if (!line.startsWith('{')) continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      continue;
    }
    if (isEvent(value)) events.push(value);
  }
  return events;
}

function isEvent(value: unknown): value is SuiteEvent {
  if (typeof value !== 'object' || value === null || !('event' in value)) return false;
  const found = value as Record<string, unknown>;
  switch (found['event']) {
    case 'test':
      return typeof found['id'] === 'string' && typeof found['covered'] === 'object' && found['covered'] !== null;
    case 'loaded':
      return typeof found['covered'] === 'object' && found['covered'] !== null;
    case 'mutant':
      return typeof found['mutant'] === 'number' && statuses.includes(found['status'] as MutantStatus);
    case 'file':
      return typeof found['file'] === 'object' && found['file'] !== null;
    case 'try':
      return typeof found['mutant'] === 'number';
    case 'timeout':
      return typeof found['work'] === 'number';
    case 'error':
      return typeof found['message'] === 'string';
    default:
      return true;
  }
}
