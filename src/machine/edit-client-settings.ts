/** Puts one entry into a settings file's text; everything else stays to the letter, comments included. */
import { isDeepStrictEqual } from 'node:util';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { TrowelError } from '#base/errors.ts';
import type { ClientSettings } from './mcp-clients.ts';

export function editedSettings(before: string, { file, format, keys, entry }: ClientSettings): string {
  return format === 'json' ? editedJson(before, file, keys, entry) : editedToml(before, file, keys, entry);
}

function editedJson(before: string, file: string, keys: readonly string[], entry: object): string {
  const mark = before.startsWith('\ufeff') ? '\ufeff' : '';
  const bare = before.slice(mark.length);
  const text = bare.trim() === '' ? '{}\n' : bare;
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || tree?.type !== 'object') {
    const [first] = errors;
    throw unreadable(file, first ? `${printParseErrorCode(first.error)} at offset ${first.offset}` : 'no object');
  }
  const [key = '', name = ''] = keys;
  const own = findNodeAtLocation(tree, [key, name]);
  if (own && isDeepStrictEqual(getNodeValue(own), entry)) return before;
  const layout = layoutOf(text);
  const holder = findNodeAtLocation(tree, [key]);
  if (own) {
    const value = valueText(entry, indentOf(text, own.parent!.offset), layout);
    return mark + text.slice(0, own.offset) + value + text.slice(own.offset + own.length);
  }
  if (holder && holder.type !== 'object') throw unreadable(file, `${key} is no object`);
  return (
    mark + (holder ? inserted(text, holder, name, entry, layout) : inserted(text, tree, key, { [name]: entry }, layout))
  );
}

interface Layout {
  readonly unit: string;
  readonly eol: string;
}

function layoutOf(text: string): Layout {
  return { unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** White space at the start of the line. */
function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))![0];
}

function valueText(value: object, indent: string, { unit, eol }: Layout): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', eol + indent);
}

/** A further property behind the last one: a comma that trails there then trails behind the new one. */
function inserted(text: string, holder: Node, key: string, value: object, layout: Layout): string {
  const { unit, eol } = layout;
  const around = indentOf(text, holder.offset);
  const last = holder.children?.at(-1);
  const beforeLast = last && text.slice(text.lastIndexOf('\n', last.offset - 1) + 1, last.offset);
  const indent = beforeLast !== undefined && beforeLast.trim() === '' ? beforeLast : around + unit;
  const property = `${eol}${indent}${JSON.stringify(key)}: ${valueText(value, indent, layout)}`;
  const close = holder.offset + holder.length - 1;
  const at = last ? last.offset + last.length : holder.offset + 1;
  const onNewLine = text.slice(at, close).includes('\n');
  return `${text.slice(0, at)}${last ? ',' : ''}${property}${onNewLine ? '' : eol + around}${text.slice(at)}`;
}

const tableHead = /^[ \t]*\[/;

/** A table of its own at the end, or in place of the one that is there. Other ways to write it are left to their writer. */
function editedToml(before: string, file: string, keys: readonly string[], entry: object): string {
  const eol = before.includes('\r\n') ? '\r\n' : '\n';
  const name = keys.join('.');
  const table = [`[${name}]`, ...Object.entries(entry).map(([key, value]) => `${key} = ${JSON.stringify(value)}`)];
  const lines = before.split(/\r?\n/);
  const own = (line: string): boolean => line.replace(/#.*$/, '').replace(/[\s"']/g, '') === `[${name}]`;
  const at = lines.findIndex(own);
  if (at < 0 && writesOtherwise(lines, keys))
    throw new TrowelError('config-invalid', `${file} names ${keys.at(-1)} in a way that is not edited here.`, {
      hint: `Put this in yourself: ${table.join(' ; ')}`,
    });
  if (at < 0) {
    const kept = before === '' || before.endsWith('\n') ? before : before + eol;
    return `${kept}${kept.trim() === '' ? '' : eol}${table.join(eol)}${eol}`;
  }
  let end = at + 1;
  while (end < lines.length && !tableHead.test(lines[end]!)) end++;
  // Blank lines and comments before the next table are that one's.
  while (end > at + 1 && /^\s*(#.*)?$/.test(lines[end - 1]!)) end--;
  return [...lines.slice(0, at), ...table, ...lines.slice(end)].join(eol);
}

/** `mcp_servers = {…}`, `mcp_servers.trowel = …`, or `trowel = …` in `[mcp_servers]`. */
function writesOtherwise(lines: readonly string[], [outer = '', name = '']: readonly string[]): boolean {
  let table = '';
  for (const line of lines) {
    const bare = line.replace(/["']/g, '').trim();
    if (bare.startsWith('[')) table = bare.slice(1).replace(/\].*$/, '').trim();
    else if (table === '' && new RegExp(`^${outer}\\s*(=|\\.\\s*${name}\\b)`).test(bare)) return true;
    else if (table === outer && new RegExp(`^${name}\\s*[=.]`).test(bare)) return true;
  }
  return false;
}

function unreadable(file: string, why: string): TrowelError {
  return new TrowelError('config-invalid', `${file} is no JSON that can be edited: ${why}.`, {
    hint: 'Mend it first; nothing was changed.',
  });
}
