/**
 * What a team has accepted: findings by fingerprint, counted, in a file of the tree. A finding beyond the count is new. Nothing
 * in it depends on lines, dates or commits.
 */
import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import type { Finding } from '#model/finding.ts';

const BASELINE_VERSION = 1;

const entry = z.object({
  rule: z.string(),
  fingerprint: z.string(),
  /** Of the code with its words blanked: finds what was renamed. */
  shape: z.string(),
  count: z.int().min(1),
  /** For people who read the file; not compared. */
  path: z.string(),
  message: z.string(),
});
const schema = z.object({ version: z.literal(BASELINE_VERSION), findings: z.array(entry) });
export type BaselineEntry = z.output<typeof entry>;

export interface Baseline {
  readonly findings: readonly BaselineEntry[];
}

export function parseBaseline(text: string, from: string): Baseline {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw invalid(`${from} is not JSON: ${(cause as Error).message}`, cause);
  }
  const version = (data as { version?: unknown } | null)?.version;
  if (version !== BASELINE_VERSION)
    throw invalid(
      `${from} is a baseline of version ${JSON.stringify(version) ?? 'none'}; this Trowel reads version ${BASELINE_VERSION}.`,
    );
  const parsed = schema.safeParse(data);
  if (!parsed.success)
    throw invalid(`${from}: ${parsed.error.issues[0]!.path.join('.')}: ${parsed.error.issues[0]!.message}`);
  return parsed.data;
}

function invalid(message: string, cause?: unknown): TrowelError {
  return new TrowelError('baseline-invalid', message, {
    hint: 'Nothing was changed. Write it again with: trowel check --write-baseline',
    ...(cause !== undefined && { cause }),
  });
}

export interface ComparedWithBaseline {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** Accepted findings that are gone: `--write-baseline` prunes them. */
  readonly gone: number;
}

/** Findings whose place was renamed are known by their shape, as long as accepted ones of that shape are missing. */
export function compareWithBaseline(findings: readonly Finding[], baseline: Baseline): ComparedWithBaseline {
  const left = new Map<string, number>();
  const key = (rule: string, print: string): string => `${rule} ${print}`;
  for (const { rule, fingerprint, count } of baseline.findings)
    left.set(key(rule, fingerprint), (left.get(key(rule, fingerprint)) ?? 0) + count);
  const take = (from: Map<string, number>, name: string): boolean => {
    const count = from.get(name) ?? 0;
    if (count > 0) from.set(name, count - 1);
    return count > 0;
  };
  const known = new Set(findings.filter(({ rule, fingerprint }) => take(left, key(rule, fingerprint))));
  const shapes = new Map<string, number>();
  for (const { rule, fingerprint, shape } of baseline.findings) {
    const missing = left.get(key(rule, fingerprint)) ?? 0;
    if (missing > 0) shapes.set(key(rule, shape), (shapes.get(key(rule, shape)) ?? 0) + missing);
  }
  for (const finding of findings)
    if (!known.has(finding) && take(shapes, key(finding.rule, finding.shape))) known.add(finding);
  const accepted = baseline.findings.reduce((sum, { count }) => sum + count, 0);
  return {
    fresh: findings.filter((finding) => !known.has(finding)),
    known: findings.filter((finding) => known.has(finding)),
    gone: accepted - known.size,
  };
}

/** The file's text: sorted, so that two branches that accept different findings merge. */
export function writeBaseline(findings: readonly Finding[]): string {
  const entries = new Map<string, BaselineEntry>();
  for (const { rule, fingerprint, shape, place, message } of findings) {
    const known = entries.get(`${rule} ${fingerprint}`);
    entries.set(
      `${rule} ${fingerprint}`,
      known ? { ...known, count: known.count + 1 } : { rule, fingerprint, shape, count: 1, path: place.path, message },
    );
  }
  const sorted = Array.from(entries.values(), (one) => ({ one, key: `${one.rule} ${one.path} ${one.fingerprint}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one);
  return `${JSON.stringify({ version: BASELINE_VERSION, findings: sorted }, undefined, 2)}\n`;
}
