import { isList, isMarked, isWhole, type Value } from '../model/value.ts';

/** Characters of JSON from which a result is too long to be read as an expectation. */
const LONG = 700;

/** A large structured result that is asserted as a whole, since nothing shorter sees what it sees. */
export function isSnapshot(value: Value): boolean {
  return typeof value === 'object' && value !== null && isWhole(value) && JSON.stringify(value).length > LONG;
}

export const SNAPSHOT_NOTE = 'A snapshot: the whole result, as no shorter check sees what this one sees.';

/**
 * The text of `toMatchInlineSnapshot`, as pretty-format writes plain data for vitest and jest (keys sorted, quotes not escaped);
 * undefined for values that they write in other ways.
 */
export function inlineSnapshot(value: Value, indent: number): string | undefined {
  const text = pretty(value, ' '.repeat(indent + 2));
  if (text === undefined || /\n\s*\n/.test(text)) return undefined;
  const escaped = text.replaceAll(/`|\\|\$\{/g, '\\$&');
  return `\`\n${' '.repeat(indent + 2)}${escaped}\n${' '.repeat(indent)}\``;
}

function pretty(value: Value, pad: string): string | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  // A text of several lines would lose its place.
  if (typeof value === 'string') return /[\n\r]/.test(value) ? undefined : `"${value}"`;
  if (isList(value))
    return block(
      value.map((item) => pretty(item, `${pad}  `)),
      '[]',
      pad,
    );
  if (!isMarked(value)) return undefined;
  if (value.$ === 'undefined') return 'undefined';
  if (value.$ === 'number') return value.v;
  if (value.$ !== 'record' || value.n) return undefined;
  const fields = [...value.e].sort(([a], [b]) => (a < b ? -1 : 1));
  return block(
    fields.map(([key, item]) => {
      const text = /[\n\r]/.test(key) ? undefined : pretty(item, `${pad}  `);
      return text === undefined ? undefined : `"${key}": ${text}`;
    }),
    '{}',
    pad,
  );
}

function block(items: readonly (string | undefined)[], brackets: string, pad: string): string | undefined {
  if (items.includes(undefined)) return undefined;
  if (items.length === 0) return brackets;
  return `${brackets[0]}\n${items.map((item) => `${pad}  ${item},\n`).join('')}${pad}${brackets[1]}`;
}
