import { Kind } from './grammar.ts';
import type { Unit } from './unit.ts';

const LIMIT = 20_000;

/** The docstring of a module or body, as `inspect.cleandoc` would have it: common indentation and outer blank lines removed. */
export function docstring(unit: Unit, body: number): string | undefined {
  const first = unit.firstNamed(body);
  if (first < 0 || unit.kind(first) !== Kind.expression_statement) return undefined;
  const node = unit.firstNamed(first);
  if (node < 0) return undefined;
  const kind = unit.kind(node);
  if (kind !== Kind.string && kind !== Kind.concatenated_string) return undefined;
  let text = '';
  const end = unit.tree.subtreeEnd[node]!;
  for (let at = node; at < end; at++) {
    if (unit.kind(at) === Kind.interpolation) return undefined;
    if (unit.kind(at) === Kind.string_start && /[bf]/i.test(unit.textOf(at))) return undefined;
    if (unit.kind(at) === Kind.string_content) text += unit.textOf(at);
  }
  return cleaned(text.slice(0, LIMIT));
}

function cleaned(text: string): string | undefined {
  if (!text.includes('\n')) return text.trim() || undefined;
  const lines = text.replaceAll('\r', '').split('\n');
  let margin = Number.MAX_SAFE_INTEGER;
  for (let i = 1; i < lines.length; i++) {
    const indent = lines[i]!.search(/\S/);
    if (indent >= 0 && indent < margin) margin = indent;
  }
  const joined = lines.map((line, i) => (i === 0 ? line.trim() : line.slice(margin).trimEnd())).join('\n');
  return joined.replace(/^\n+|\n+$/g, '') || undefined;
}
