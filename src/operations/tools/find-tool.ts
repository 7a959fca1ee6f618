import { z } from 'zod';
import type { SearchAnswer, SearchHit } from '#model/search.ts';

/** What search found, for a model: places first, a few lines of each. */
export const findOutput = z.object({
  understoodAs: z.string(),
  total: z.number(),
  hits: z.array(z.string()),
  notes: z.array(z.string()).optional(),
});

export function briefHits({ kind, total, hits, notes }: SearchAnswer): Record<string, unknown> {
  return { understoodAs: kind, total, hits: hits.map(tell), ...(notes.length > 0 ? { notes } : {}) };
}

function tell({ name, kind, path, line, endLine, snippet }: SearchHit): string {
  const place = endLine > line ? `${path}:${line}-${endLine}` : `${path}:${line}`;
  const head = name === path ? `${kind} ${place}` : `${kind} ${name}  ${place}`;
  return [head, ...snippet.map((shown) => `  ${shown.line} ${shown.text.trimEnd()}`)].join('\n');
}
