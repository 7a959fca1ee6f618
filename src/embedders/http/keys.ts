import { TrowelError } from '#base/errors.ts';
import type { EmbedderRequest } from '../embedder.ts';

/** The first of these variables that is set. Throws `usage` that names them; the value is never in a message. */
export function keyFrom({ environment }: EmbedderRequest, service: string, ...variables: readonly string[]): string {
  for (const variable of variables) {
    const key = environment[variable]?.trim();
    if (key) return key;
  }
  throw new TrowelError('usage', `${service} needs a key.`, {
    hint: `Set ${variables.join(' or ')} in the environment.`,
  });
}

/** Base address without a trailing slash. Throws `usage` for what is no http address. */
export function baseUrl({ url }: EmbedderRequest, usual: string): string {
  const base = url ?? usual;
  const parsed = URL.canParse(base) ? new URL(base) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol))
    throw new TrowelError('usage', `${base} is no http address.`, {
      hint: 'Set `search.url` to one such as http://localhost:11434.',
    });
  return base.replace(/\/+$/, '');
}
