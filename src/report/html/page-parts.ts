/** What the sections of a page are made of. */
import { formatCount } from '#base/format-count.ts';
import { escapeHtml } from './escape.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly content: string;
}

export const text = (value: string | undefined): string => escapeHtml(value ?? '');

export interface Cell {
  readonly html: string;
  readonly kind?: 'number' | 'path';
}
export const num = (value: number | undefined): Cell => ({
  html: value === undefined ? '–' : formatCount(value),
  kind: 'number',
});
export const ratio = (value: number | undefined): Cell => ({
  html: value === undefined ? '–' : value.toFixed(2),
  kind: 'number',
});
export const path = (value: string, line?: number): Cell => ({
  html: `<code>${text(value)}${line === undefined ? '' : `:${line}`}</code>`,
  kind: 'path',
});
export const words = (value: string | undefined): Cell => ({ html: text(value) });

export function tableOf(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cellClass = (kind: Cell['kind']): string => (kind ? ` class="${kind}"` : '');
  const head = titles.map((title, index) => `<th${cellClass(rows[0]?.[index]?.kind)}>${title}</th>`).join('');
  const body = rows
    .map((row) => `<tr>${row.map(({ html, kind }) => `<td${cellClass(kind)}>${html}</td>`).join('')}</tr>`)
    .join('');
  return `<div class="card"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}
