/** Pages that are made from the code: settings, commands, languages. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import * as z from 'zod';
import { configSchema, settings } from '../../src/config/schema.ts';
import { queryViews } from '../../src/index/query-views.ts';
import { languageLevels } from '../../src/operations/language-levels.ts';
import { commandShape, usageLine } from '../../src/operations/flags.ts';
import type { Flag } from '../../src/operations/flags.ts';
import { globalFlags } from '../../src/operations/global-flags.ts';
import type { Operation } from '../../src/operations/operation.ts';
import { operationCatalogue } from '../../src/operations/registry.ts';
import { rulesPage } from './rules-page.ts';

const made = '<!-- Made by `npm run docs` from the code: change that, not this page. -->';
/** In a cell of a table. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const code = (value: unknown): string => `\`${cell(typeof value === 'string' ? value : JSON.stringify(value))}\``;

function configurationPage(): string {
  const rows = settings.map(
    ({ key, default: fallback, variable, project, description }) =>
      `| ${code(key)} | ${fallback === undefined ? 'the platform’s' : code(fallback)} | ${code(variable)} | ${project ? 'yes' : 'no'} | ${cell(description)} |`,
  );
  return `# Configuration

${made}

A setting is taken from the last of these that names it:

1. the default;
2. your own file: \`$XDG_CONFIG_HOME/trowel/config.json\` (\`~/.config/trowel/config.json\`; macOS: \`~/Library/Application Support/trowel/config.json\`; Windows: \`%APPDATA%\\trowel\\config.json\`);
3. the repository's file: \`trowel.config.json\` at its root;
4. the environment: \`TROWEL_…\`;
5. flags: \`--config key=value\`, any number of times; \`--data-folder\` is short for \`--config dataFolder=…\`.

Files are JSON; comments and trailing commas are allowed. Unknown keys and wrong values are errors that name the file and the key. \`trowel config\` shows what holds here, and why. [config.schema.json](config.schema.json) is the schema for editors.

Settings about your machine cannot be chosen by a repository: they may not stand in \`trowel.config.json\`.

| setting | default | variable | in a repository's file | what it does |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

In a variable or a flag, a list is written with commas (\`a,b\`) or as JSON (\`["a,b"]\`), a boolean as \`true\` or \`false\`.
`;
}

function schemaFile(): string {
  return JSON.stringify({
    ...z.toJSONSchema(
      configSchema.partial().extend({
        scan: configSchema.shape.scan.partial().optional(),
        parse: configSchema.shape.parse.partial().optional(),
        check: configSchema.shape.check.partial().optional(),
        history: configSchema.shape.history.partial().optional(),
        $schema: z.string().optional(),
      }),
      { io: 'input' },
    ),
    title: 'Trowel configuration',
  });
}

function flagRows(flags: readonly Flag[]): string {
  const rows = flags.map(({ name, type, choices, repeated, default: fallback, description }) => {
    const value = type === 'boolean' ? '' : ` <${choices ? choices.join('\\|') : type === 'number' ? 'n' : 'text'}>`;
    const isPlain = fallback === undefined || fallback === false || (Array.isArray(fallback) && fallback.length === 0);
    return `| \`--${name}${value}\`${repeated ? ', repeatable' : ''} | ${isPlain ? '' : code(fallback)} | ${cell(description)} |`;
  });
  return ['| flag | default | what it does |', '| --- | --- | --- |', ...rows].join('\n');
}

function commandSection(operation: Operation): string {
  const { positionals, flags } = commandShape(operation);
  const parts = [`## ${operation.name}`, operation.summary, `\`\`\`sh\n${usageLine(operation)}\n\`\`\``];
  if (positionals.length > 0)
    parts.push(positionals.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n'));
  if (flags.length > 0) parts.push(flagRows(flags));
  if (operation.examples.length > 0)
    parts.push(operation.examples.map(({ command, explains }) => `- \`${command}\` — ${explains}`).join('\n'));
  return parts.join('\n\n');
}

async function commandsPage(): Promise<string> {
  const operations = await Promise.all(operationCatalogue.names.map((name) => operationCatalogue.load(name)));
  const sections = operations.filter((operation) => operation !== undefined).map(commandSection);
  return `# Commands

${made}

\`trowel <operation> [subject] [path] [flags]\`; the path defaults to the repository around the folder that you are in. \`trowel\` alone, or with a path or URL alone, is \`trowel survey\`.

**Exit codes**: 0 fine, 1 findings, 2 usage or known error, 70 bug, 130 interrupted.

**\`--json\`**: stdout is exactly one JSON document and nothing else. In case of an error it is \`{"error": {"code", "message", "hint"}}\`, and the exit code is not 0; the same error stands on stderr as text. [errors.md](errors.md) explains the codes.

## Flags everywhere

${flagRows(globalFlags)}

${sections.join('\n\n')}
`;
}

async function languagesPage(): Promise<string> {
  const levels = await languageLevels();
  const rows = levels.map(
    ({ name, id, level, extensions }) =>
      `| ${cell(name)} | ${code(id)} | ${level} | ${cell(extensions.map((extension) => `.${extension}`).join(' '))} |`,
  );
  return `# Languages

${made}

How deep Trowel reads each language, found by running its extractor. \`trowel doctor --languages\` prints the same.

- **flow**: symbols, references, and data flow: calls through variables, containers, arguments and attributes.
- **typed**: symbols, references, and declared types: calls by the type of their receiver.
- **names**: symbols and references by name.
- **lexical**: symbols by Trowel's own lexer-level extractor, no grammar.
- **text**: lines and searchable chunks.

${levels.filter(({ level }) => level !== 'text').length} languages with symbols, ${levels.length} known.

| language | identifier | level | extensions |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function queryPage(): string {
  const views = queryViews.map(
    ({ name, explains, columns }) =>
      `## ${name}\n\n${explains}\n\n| column | meaning |\n| --- | --- |\n${columns.map((one) => `| ${code(one.name)} | ${cell(one.explains)} |`).join('\n')}`,
  );
  return `# Query

${made}

\`trowel query "SELECT …"\` runs one read-only statement in SQLite's dialect over these views, in a process of its own with limits of time, rows and memory. The tables behind the views are Trowel's own and change with its versions; the views do not without notice.

${views.join('\n\n')}
`;
}

async function documents(root: string): Promise<ReadonlyMap<string, string>> {
  const pages: [string, string][] = [
    ['docs/configuration.md', configurationPage()],
    ['docs/config.schema.json', schemaFile()],
    ['docs/commands.md', await commandsPage()],
    ['docs/languages.md', await languagesPage()],
    ['docs/query.md', queryPage()],
    ['docs/rules.md', rulesPage(made)],
  ];
  const formatted = pages.map(async ([name, text]): Promise<[string, string]> => {
    const file = path.join(root, name);
    return [name, await format(text, { ...(await resolveConfig(file)), filepath: file })];
  });
  return new Map(await Promise.all(formatted));
}

/** Names of the pages that are not what the code says. */
export async function staleDocuments(root: string): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [name, text] of await documents(root)) {
    const file = path.join(root, name);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) stale.push(name);
  }
  return stale;
}

export async function writeDocuments(root: string): Promise<void> {
  for (const [name, text] of await documents(root)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
}
