import { z } from 'zod';
import type { ImpactReport } from '#model/inspection.ts';
import { place, some, withoutEmpty } from './places.ts';

const list = z.array(z.string()).optional();

export const impactOutput = z.object({
  status: z.enum(['report', 'ambiguous']),
  choices: list,
  changed: list,
  deleted: list,
  affected: z.number().optional(),
  nearest: list,
  files: list,
  tests: list,
});

export function briefImpact(report: ImpactReport & { readonly deleted: readonly string[] }): Record<string, unknown> {
  const { changed, deleted, affected, affectedFiles, tests } = report;
  return withoutEmpty({
    status: 'report',
    changed: some(changed, 20, place),
    deleted: some(deleted, 20, String),
    affected: affected.length,
    nearest: some(affected, 25, ({ symbol, distance }) => `${place(symbol)} (${distance})`),
    files: some(affectedFiles, 25, String),
    tests: some(tests, 20, ({ path, symbols }) =>
      symbols.length > 0 ? `${path}: ${symbols.slice(0, 5).join(', ')}` : path,
    ),
  });
}
