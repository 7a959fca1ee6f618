/** JSON (with comments), YAML and TOML as plain data. The one place that knows their parsers. */
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { parseJsonWithComments } from '#config/json-with-comments.ts';

/** Aliases in YAML could make a small file huge. */
const MAX_ALIASES = 100;

export type DataReading = { readonly data: unknown } | { readonly error: string; readonly line: number };

export function readJson(text: string): DataReading {
  try {
    return { data: parseJsonWithComments(text) };
  } catch (error) {
    return broken(error, text);
  }
}

/** The first document with content. */
export function readYaml(text: string): DataReading {
  try {
    for (const document of parseAllDocuments(text, { logLevel: 'silent' })) {
      if (!('toJS' in document)) continue;
      if (document.errors.length > 0) return broken(document.errors[0], text);
      const data: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
      if (data !== null) return { data };
    }
    return { data: null };
  } catch (error) {
    return broken(error, text);
  }
}

export function readToml(text: string): DataReading {
  try {
    return { data: parseToml(text) };
  } catch (error) {
    return broken(error, text);
  }
}

function broken(error: unknown, text: string): DataReading {
  const message = error instanceof Error ? error.message.split('\n')[0]! : 'broken';
  const at = /(?:position|at line) (\d+)/.exec(message);
  const line = !at ? 1 : message.includes('position') ? text.slice(0, Number(at[1])).split('\n').length : Number(at[1]);
  return { error: message, line };
}

/** Plain objects only; anything else is an empty one. */
export function asRecord(data: unknown): Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {};
}

export function asText(data: unknown): string | undefined {
  return typeof data === 'string' ? data : undefined;
}

/** Strings of a list, or the one string. */
export function asTexts(data: unknown): string[] {
  return (Array.isArray(data) ? data : [data]).filter((each): each is string => typeof each === 'string');
}

/** The 1-based line on which a quoted key or a word first stands; 1 where it does not. */
export function lineOf(text: string, word: string, from = 0): number {
  const at = text.indexOf(word, from);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
