import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { painter, printable } from '#base/paint.ts';
import { queryViews } from '#index/query-views.ts';
import { type QueryRows, type QueryValue, runQuery } from '#workspace/run-query.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  sql: z.string().optional().describe('One SELECT statement over the views (SQLite’s dialect).'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  schema: z.boolean().default(false).describe('List the views and their columns instead.'),
  format: z.enum(['table', 'csv', 'json']).default('table').describe('How rows are printed.'),
  maxRows: z.int().min(1).max(10_000_000).default(10_000).describe('Rows after these are left out, with a note.'),
  limitSeconds: z.number().positive().max(3600).default(30).describe('How long the statement may take.'),
});

export type QueryOutput =
  | ({
      readonly kind: 'rows';
      readonly format: 'table' | 'csv' | 'json';
      readonly revision: string;
      readonly asOf: number;
    } & QueryRows)
  | {
      readonly kind: 'schema';
      readonly views: readonly {
        readonly name: string;
        readonly explains: string;
        readonly columns: readonly { readonly name: string; readonly explains: string }[];
      }[];
    };

export const operation = defineOperation<typeof input, QueryOutput>({
  name: 'query',
  group: 'understand',
  summary: 'Ask the index in SQL.',
  effect: 'read',
  input,
  positional: ['sql', 'path'],
  examples: [
    {
      command: 'trowel query "SELECT path, qualified_name, cognitive FROM symbols ORDER BY cognitive DESC LIMIT 10"',
      explains: 'The ten most tangled functions.',
    },
    {
      command: `trowel query "SELECT external, count(*) AS uses FROM edges WHERE kind = 'imports' GROUP BY 1 ORDER BY 2 DESC" --format csv`,
      explains: 'What is imported from outside, for a spreadsheet.',
    },
    { command: 'trowel query --schema', explains: 'The views and their columns.' },
  ],
  async run({ sql, path, schema, format, maxRows, limitSeconds }, context) {
    if (schema) {
      const views = queryViews.map(({ name, explains, columns }) => ({
        name,
        explains,
        columns: columns.map((column) => ({ name: column.name, explains: column.explains })),
      }));
      return { kind: 'schema', views };
    }
    if (sql === undefined)
      throw new TrowelError('usage', 'There is no statement.', { hint: 'Give one SELECT in quotes, or --schema.' });
    const { snapshot, indexFolder } = await openTree(context, path);
    const { revision, asOf } = snapshot.freshness;
    snapshot.close();
    const dataFolder = context.services.folders.data;
    const rows = await runQuery({ indexFolder, dataFolder, sql, maxRows }, limitSeconds * 1000, context.signal);
    if (rows.truncated)
      context.emit({ type: 'note', message: `There are more than ${maxRows} rows: --max-rows shows more.` });
    return { kind: 'rows', format, revision, asOf, ...rows };
  },
  render(output, { color }) {
    const paint = painter(color);
    if (output.kind === 'schema') {
      const views = output.views.map(({ name, explains, columns }) => {
        const width = Math.max(...columns.map((column) => column.name.length));
        return [
          `${paint.bold(name)}  ${explains}`,
          ...columns.map((column) => `  ${paint.cyan(column.name.padEnd(width))}  ${column.explains}`),
        ].join('\n');
      });
      return `${views.join('\n\n')}\n`;
    }
    const { columns, rows } = output;
    if (output.format === 'csv')
      return `${[columns, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
    if (output.format === 'json')
      return `${JSON.stringify(
        rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))),
        null,
        2,
      )}\n`;
    const cells = rows.map((row) =>
      row.map((value) => printable(value === null ? '' : String(value)).replaceAll(/[\n\t]/g, ' ')),
    );
    const widths = columns.map((name, at) =>
      cells.reduce((width, row) => Math.max(width, row[at]!.length), name.length),
    );
    const numeric = columns.map(
      (_, at) => rows.length > 0 && rows.every((row) => row[at] === null || typeof row[at] === 'number'),
    );
    const line = (row: readonly string[]): string =>
      row
        .map((cell, at) => (numeric[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
        .join('  ')
        .trimEnd();
    return `${[paint.bold(line(columns)), ...cells.map(line)].join('\n')}\n`;
  },
});

/** RFC 4180. A leading = + - @ would be run as a formula by spreadsheets when it comes from a repository's text. */
function csvCell(value: QueryValue): string {
  if (typeof value === 'number') return String(value);
  const text = value === null ? '' : /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
