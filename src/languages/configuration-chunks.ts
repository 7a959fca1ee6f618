import type { Chunk, ChunkInput } from './chunk.ts';
import { linesOf } from './prose-chunks.ts';

/** Entries are put together up to this many lines, and cut above CUT_LINES. */
const JOINED_LINES = 24;
const CUT_LINES = 60;

interface Entry {
  readonly line: number;
  readonly key: string;
}

/** One chunk per top-level key or section, small neighbours together; only the first `limit` lines count. */
export function configurationChunks(input: ChunkInput, limit: number): readonly Chunk[] {
  const lines = linesOf(input, limit);
  const starts = entries(input.language, lines);
  const chunks: Chunk[] = [];
  let from = 1;
  let keys: string[] = [];
  const flush = (to: number): void => {
    const title = keys.slice(0, 4).join(', ');
    let start = from;
    let end = to;
    while (start <= end && lines[start - 1]!.trim() === '') start++;
    while (end >= start && lines[end - 1]!.trim() === '') end--;
    for (; start <= end; start += CUT_LINES)
      chunks.push({
        kind: 'configuration',
        symbol: 0,
        startLine: start,
        endLine: Math.min(end, start + CUT_LINES - 1),
        title,
      });
    keys = [];
  };
  starts.forEach(({ line, key }, at) => {
    const next = starts[at + 1]?.line ?? lines.length + 1;
    if (line > from && keys.length > 0 && next - from > JOINED_LINES) {
      flush(line - 1);
      from = line;
    }
    keys.push(key);
  });
  flush(lines.length);
  return chunks;
}

function entries(language: string, lines: readonly string[]): readonly Entry[] {
  if (language === 'json' || language === 'jsonc' || language === 'json5') return jsonEntries(lines);
  const pattern = patterns[language];
  if (!pattern) return [];
  return lines.flatMap((line, at) => {
    const match = pattern.exec(line);
    return match ? [{ line: at + 1, key: (match[1] ?? '').trim() }] : [];
  });
}

const patterns: Readonly<Record<string, RegExp>> = {
  yaml: /^([\w"'.$/-][^:#]*):(?:\s|$)/,
  toml: /^\[\[?([^\]]+)\]/,
  ini: /^\s*\[([^\]]+)\]/,
  properties: /^([\w.-]+)\s*[=:]/,
  dotenv: /^(?:export\s+)?(\w+)=/,
  editorconfig: /^\s*\[(.+)\]\s*$/,
  'go-module': /^(\w+)\b/,
};

/** Keys of the outermost object: found by depth, so that any layout will do. */
function jsonEntries(lines: readonly string[]): readonly Entry[] {
  const found: Entry[] = [];
  let depth = 0;
  let inString = false;
  lines.forEach((line, number) => {
    let start = -1;
    for (let at = 0; at < line.length; at++) {
      const here = line[at]!;
      if (inString) {
        if (here === '\\') at++;
        else if (here === '"') {
          inString = false;
          if (depth === 1 && start >= 0 && /^\s*:/.test(line.slice(at + 1, at + 20)))
            found.push({ line: number + 1, key: line.slice(start, at) });
        }
      } else if (here === '"') {
        inString = true;
        start = at + 1;
      } else if (here === '{' || here === '[') depth++;
      else if (here === '}' || here === ']') depth--;
      else if (here === '/' && line[at + 1] === '/') break;
    }
    // A JSON string never spans lines: a broken one ends here.
    inString = false;
  });
  return found;
}
