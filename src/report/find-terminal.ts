import type { SearchAnswer, SearchHit, SnippetLine, Suggestion } from '#model/search.ts';
import { fit, ink, plain, type Terminal } from './terminal-canvas.ts';

/** Hits as a person reads them: place and name, why, and the lines that matched. */
export function findForTerminal(
  answer: Pick<SearchAnswer, 'hits' | 'notes' | 'total'>,
  offset: number,
  explain: boolean,
  terminal: Terminal,
): string {
  const lines: string[] = [];
  answer.hits.forEach((hit, at) => {
    if (at > 0) lines.push('');
    lines.push(...hitLines(hit, offset + at + 1, explain, terminal));
  });
  for (const note of answer.notes) lines.push(ink(terminal, plain(note), 'yellow'));
  const shown = offset + answer.hits.length;
  if (answer.hits.length > 0 && answer.total > shown)
    lines.push('', ink(terminal, `${offset + 1} to ${shown} of ${answer.total}; more: --offset ${shown}`, 'dim'));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function hitLines(hit: SearchHit, number: number, explain: boolean, terminal: Terminal): string[] {
  const repository = hit.repository === undefined ? '' : `${plain(hit.repository)} `;
  const place = `${repository}${plain(hit.path)}:${hit.line}`;
  const name = hit.name === hit.path ? '' : `${plain(hit.name)}  `;
  const head = `${ink(terminal, `${number}.`, 'dim')} ${ink(terminal, name, 'bold')}${ink(terminal, hit.kind, 'magenta')}  ${ink(terminal, place, 'cyan')}`;
  const why = explain
    ? hit.why.map(({ name: signal, reason, value }) => `   ${signed(value)}  ${signal}: ${plain(reason)}`)
    : [ink(terminal, fit(`   ${because(hit)}`, terminal.width), 'dim')];
  return [head, ...why, ...hit.snippet.map((line) => snippetLine(line, terminal))];
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

/** The strongest reasons, in words. */
function because({ why }: SearchHit): string {
  return [...why]
    .filter(({ name }) => name !== 'kind' && name !== 'coverage' && name !== 'same file')
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, 3)
    .map(({ reason }) => plain(reason))
    .join('; ');
}

function snippetLine({ line, text, highlights }: SnippetLine, terminal: Terminal): string {
  const number = String(line).padStart(6);
  const indent = /^\s*/.exec(text)![0].length;
  let shown = '';
  let at = Math.max(0, indent - 2);
  for (const [from, to] of highlights) {
    if (from < at) continue;
    shown += plain(text.slice(at, from)) + ink(terminal, plain(text.slice(from, to)), 'yellow');
    at = to;
  }
  shown += plain(text.slice(at));
  return `${ink(terminal, number, 'dim')} ${ink(terminal, terminal.unicode ? '│' : '|', 'dim')} ${shown}`;
}

export function suggestionsForTerminal(suggestions: readonly Suggestion[], terminal: Terminal): string {
  return suggestions
    .map(({ name, kind, path, line, more }) => {
      const others = more === 0 ? '' : ink(terminal, `  and ${more} more`, 'dim');
      return `${ink(terminal, plain(name), 'bold')}  ${ink(terminal, kind, 'magenta')}  ${ink(terminal, `${plain(path)}:${line}`, 'cyan')}${others}\n`;
    })
    .join('');
}
