/** The views that `query` offers: what users may rely on. The tables behind them are Trowel's own and change with versions. */
import { fileRoles } from '#model/source-file.ts';
import { edgeKinds, factLevels, provenances, SymbolFlag, symbolKinds, visibilities } from '#model/vocabulary.ts';

export interface QueryColumn {
  readonly name: string;
  readonly explains: string;
  readonly sql: string;
}

export interface QueryView {
  readonly name: string;
  readonly explains: string;
  readonly columns: readonly QueryColumn[];
  readonly from: string;
}

const column = (name: string, sql: string, explains: string): QueryColumn => ({ name, sql, explains });
const word = (of: string, list: readonly string[]): string =>
  `CASE ${of} ${list.map((name, index) => `WHEN ${index} THEN '${name}'`).join(' ')} END`;
const bit = (flag: keyof typeof SymbolFlag): string => `(s.flags & ${SymbolFlag[flag]}) <> 0`;
const role = (name: (typeof fileRoles)[number]): string => `(f.roles & ${1 << fileRoles.indexOf(name)}) <> 0`;

/** SQL functions that the views call: made from the index and its facts by whoever runs a query. */
export const queryFunctions = [
  'symbol_key',
  'symbol_nesting',
  'symbol_signature',
  'symbol_documentation',
  'symbol_return_type',
] as const;

export const queryViews: readonly QueryView[] = [
  {
    name: 'files',
    explains: 'The indexed files.',
    from: 'main.files f',
    columns: [
      column('path', 'f.path', 'From the root of the tree, with /.'),
      column('language', 'f.language', 'Identifier of the language: python, typescript, …'),
      column('is_test', role('test'), '1 for a test.'),
      column('is_generated', role('generated'), '1 for what a program wrote.'),
      column('is_vendored', role('vendored'), '1 for what comes from elsewhere.'),
      column('level', word('f.level', factLevels), 'How deep its facts go: text, lexical, names, typed, flow.'),
      column('partial', 'f.partial', '1 where it parses only in part.'),
      column('bytes', 'f.bytes', 'Its size.'),
      column('code_lines', 'f.code', 'Lines with code.'),
      column('comment_lines', 'f.comment', 'Lines with comments only.'),
      column('blank_lines', 'f.blank', 'Empty lines.'),
      column('unresolved_calls', 'f.unresolved', 'Calls whose target is not known.'),
      column('hash', 'f.hash', 'Of its content.'),
    ],
  },
  {
    name: 'symbols',
    explains: 'Functions, classes, variables and the like; each file has one module.',
    from: 'main.symbols s JOIN main.files f ON f.id = s.file LEFT JOIN main.metrics m ON m.symbol = s.id',
    columns: [
      column('key', 'symbol_key(s.id)', 'Names the symbol across runs: path#nesting:kind.'),
      column('name', 's.name', 'Its own name; empty for a module.'),
      column('qualified_name', 'symbol_nesting(s.id)', 'With what it is nested in: Model.save.'),
      column('kind', word('s.kind', symbolKinds), `One of ${symbolKinds.join(', ')}.`),
      column('path', 'f.path', 'Of its file.'),
      column('language', 'f.language', 'Of its file.'),
      column('parent', 'symbol_key(s.parent)', 'Key of what holds it; null for a module.'),
      column('visibility', word('s.visibility', visibilities), `One of ${visibilities.join(', ')}.`),
      column('exported', bit('exported'), '1 where other files can use it.'),
      column('is_async', bit('async'), '1 for async.'),
      column('is_static', bit('static'), '1 for static.'),
      column('is_abstract', bit('abstract'), '1 for abstract.'),
      column('is_test', `(${bit('test')}) OR ${role('test')}`, '1 for a test, or what stands in a test file.'),
      column('start_line', 's.start_line', 'First line, from 1.'),
      column('end_line', 's.end_line', 'Last line.'),
      column('signature', 'symbol_signature(s.id)', 'On one line.'),
      column('return_type', 'symbol_return_type(s.id)', 'As written.'),
      column('documentation', 'symbol_documentation(s.id)', 'Its docstring or comment.'),
      column('code_lines', 'm.code', 'Lines with code.'),
      column('cyclomatic', 'm.cyclomatic', "McCabe's complexity."),
      column('cognitive', 'm.cognitive', "SonarSource's cognitive complexity."),
      column('nesting', 'm.nesting', 'Deepest nesting of control structures.'),
      column('statements', 'm.statements', 'Number of statements.'),
      column('lack_of_cohesion', 'm.lack_of_cohesion', 'LCOM4 of a class.'),
    ],
  },
  {
    name: 'edges',
    explains: 'Who uses whom. Candidates are guesses by name: filter on provenance.',
    from: `main.edges e JOIN main.symbols s ON s.id = e.source JOIN main.files f ON f.id = s.file
      LEFT JOIN main.symbols t ON t.id = e.target LEFT JOIN main.files g ON g.id = t.file LEFT JOIN main.externals x ON x.id = -e.target`,
    columns: [
      column('source', 'symbol_key(e.source)', 'Key of the user.'),
      column('source_name', 's.name', 'Its name.'),
      column('source_path', 'f.path', 'Its file.'),
      column(
        'kind',
        word('e.label & 15', edgeKinds),
        `One of ${edgeKinds.filter((kind) => kind !== 'contains').join(', ')}.`,
      ),
      column('provenance', word('e.label >> 4', provenances), `One of ${provenances.join(', ')}.`),
      column(
        'target',
        'CASE WHEN e.target > 0 THEN symbol_key(e.target) END',
        'Key of what is used; null when it is outside.',
      ),
      column('target_name', 't.name', 'Its name.'),
      column('target_path', 'g.path', 'Its file.'),
      column('external', 'x.name', 'What lies outside: py:os.path#join, npm:react#useState.'),
      column('line', 's.start_line + e.line', 'Of the use, in the source’s file.'),
      column('column', 'e.column', 'Of the use.'),
      column('rivals', 'coalesce(e.rivals, 1)', 'How many share the name, of a candidate.'),
    ],
  },
  {
    name: 'skipped',
    explains: 'What was left out, and why.',
    from: 'main.skipped k',
    columns: [
      column('path', 'k.path', 'A file, or a folder with / at its end.'),
      column('reason', 'k.reason', 'ignored, binary, oversize, …'),
      column('detail', 'k.detail', 'More about it.'),
    ],
  },
];

export function createViews(): string {
  return queryViews
    .map(
      ({ name, columns, from }) =>
        `CREATE TEMP VIEW ${name} AS SELECT ${columns.map((one) => `${one.sql} AS "${one.name}"`).join(', ')} FROM ${from};`,
    )
    .join('\n');
}
