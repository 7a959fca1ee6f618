import { z } from 'zod';
import type { CheckedFinding, CheckReport } from '#model/check.ts';
import { some, withoutEmpty } from './places.ts';

const list = z.array(z.string()).optional();

/** What a check found, for a model: what to do first comes first. */
export const checkOutput = z.object({
  found: z.string(),
  findings: list,
  reasons: list,
  failedRules: list,
  readInPart: list,
  missing: list,
});

const SHOWN = 25;

export function briefCheck({
  findings,
  rules,
  counts,
  failures,
  partialFiles,
  missing,
}: CheckReport): Record<string, unknown> {
  const shown = findings.slice(0, SHOWN);
  const told = new Set(shown.map(({ rule }) => rule));
  return withoutEmpty({
    found: [
      `${counts.shown} findings`,
      `${counts.fresh} new`,
      `${counts.gating} fail the check`,
      ...(counts.accepted > 0 ? [`${counts.accepted} accepted before`] : []),
      ...(counts.suppressed > 0 ? [`${counts.suppressed} silenced by comments`] : []),
    ].join(', '),
    findings: some(findings, SHOWN, tell),
    reasons: rules.filter(({ id }) => told.has(id)).map(({ id, reason }) => `${id}: ${reason}`),
    failedRules: some(failures, 5, ({ rule, path, message }) => `${rule} ${path}: ${message.split('\n')[0]}`),
    readInPart: some(partialFiles, 5, String),
    missing: [...missing],
  });
}

/** `fails 4 shop/basket.py:12 missing-await: …` */
function tell({ gates, isNew, severity, rule, message, place }: CheckedFinding): string {
  const weight = gates ? 'fails' : isNew ? 'new' : 'known';
  return `${weight} ${severity} ${place.path}:${place.startLine} ${rule}: ${message}`;
}
