/** Definitions against universal-ctags: `sh scripts/node.sh bench/agreement/definitions.ts [language …]`. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { detectLanguage, HEAD_LENGTH } from '../../src/languages/detect-language.ts';
import { loadExtractor } from '../../src/languages/registry.ts';
import {
  compareDefinitions,
  type Comparison,
  type Definition,
  ourDefinitions,
  type OurFile,
} from './definition-comparison.ts';
import { definitionTrees, type DefinitionTree } from './definition-trees.ts';
import { fetchPackage } from './packages.ts';
import { heading, percent, publish, table, toolVersion } from './results.ts';

interface Measured extends Comparison {
  readonly tree: DefinitionTree;
  readonly labels: readonly string[];
  readonly files: number;
}

async function measure(tree: DefinitionTree): Promise<Measured | undefined> {
  const theirs: Definition[] = [];
  const ours = new Map<string, OurFile>();
  const labels: string[] = [];
  let count = 0;
  for (const wanted of tree.packages) {
    const fetched = fetchPackage(wanted);
    if (!fetched) continue;
    const files = filesOf(fetched.folder, tree.languages);
    if (files.length === 0) continue;
    labels.push(fetched.label);
    count += files.length;
    const prefix = (file: string): string => `${labels.length}/${file}`;
    for (const definition of ctags(
      fetched.folder,
      files.map(({ file }) => file),
      tree,
    ))
      theirs.push({ ...definition, file: prefix(definition.file) });
    for (const { file, language } of files) {
      const own = await ourDefinitions(fetched.folder, file, language);
      ours.set(prefix(file), {
        ...own,
        definitions: own.definitions.map((definition) => ({ ...definition, file: prefix(file) })),
      });
    }
  }
  return count === 0 ? undefined : { tree, labels, files: count, ...compareDefinitions(theirs, ours) };
}

/** Files of the languages as Trowel detects them; test data that its owners broke on purpose is left out. */
function filesOf(folder: string, languages: readonly string[]): { readonly file: string; readonly language: string }[] {
  const found: { readonly file: string; readonly language: string }[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.relative(folder, path.join(entry.parentPath, entry.name));
    if (/(^|\/)(testdata|node_modules)\//.test(file)) continue;
    const byName = detectLanguage(file);
    const { language } = byName.certain
      ? byName
      : detectLanguage(file, readFileSync(path.join(folder, file), 'utf8').slice(0, HEAD_LENGTH));
    if (languages.includes(language)) found.push({ file, language });
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function ctags(folder: string, files: readonly string[], tree: DefinitionTree): Definition[] {
  const list = path.join(tmpdir(), `trowel-ctags-${process.pid}`);
  writeFileSync(list, files.join('\n'));
  const output = execFileSync(
    'ctags',
    [
      `--language-force=${tree.ctags}`,
      '--output-format=json',
      '--fields=+nKe',
      '--extras=+F',
      '--sort=no',
      '-f',
      '-',
      '-L',
      list,
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const found: Definition[] = [];
  for (const line of output.split('\n')) {
    if (!line.startsWith('{')) continue;
    const tag = JSON.parse(line) as {
      _type: string;
      name: string;
      path: string;
      line: number;
      kind: string;
      end?: number;
    };
    if (tag._type !== 'tag' || tag.kind in tree.leftOut) continue;
    found.push({
      file: tag.path,
      name: tree.prefix && tag.kind !== 'namespace' ? tag.name.replace(tree.prefix, '') : nameOf(tag.name),
      line: tag.line,
      kind: tag.kind,
      end: tag.end ?? tag.line,
      inFunction: false,
    });
  }
  return found;
}

/** ctags writes `operator ()` and quoted JavaScript names; spaces and quotes are no part of ours. */
function nameOf(name: string): string {
  return name.replace(/^operator\s+(?=\W)/, 'operator').replace(/^(['"])(.*)\1$/, '$2');
}

function countBy<T>(items: readonly T[], key: (item: T) => string): [string, T[]][] {
  return [...Map.groupBy(items, key)].sort((a, b) => b[1].length - a[1].length);
}

const place = ({ file, name, line, kind }: Definition): string =>
  `\`${name}\` (${kind}, ${file.slice(file.indexOf('/') + 1)}:${line})`;

function report(measured: readonly Measured[]): string {
  const parts = [
    heading('Definitions against universal-ctags', [toolVersion('ctags --version')]),
    "A definition agrees when file, name and the line of the name are the same. *Recall* is the share of ctags' definitions that Trowel has; " +
      '*explained* adds those of the classes below that are differences of convention (unnamed, other line, bound again, imported, local), so what remains is missing.',
    table(
      [
        'language',
        'files',
        'ctags',
        'Trowel',
        'same place',
        'recall',
        'recall, conventions apart',
        'missing',
        'only Trowel',
      ],
      measured.map((each) => {
        const total = each.matched.length + each.missed.length;
        const missing = each.missed.filter(([, why]) => why === 'missing').length;
        return [
          each.tree.ctags,
          each.files,
          total,
          each.matched.length + each.surplus.length,
          each.matched.length,
          percent(each.matched.length, total),
          percent(total - missing, total),
          missing,
          each.surplus.length,
        ];
      }),
    ),
  ];
  for (const each of measured) {
    parts.push(`## ${each.tree.ctags}`, each.labels.join(' · '));
    const left = Object.entries(each.tree.leftOut);
    if (left.length > 0)
      parts.push(`Left out of ctags' output: ${left.map(([kind, why]) => `\`${kind}\` (${why})`).join(', ')}.`);
    if (each.tree.explained) parts.push(each.tree.explained.map((line) => `- ${line}`).join('\n'));
    const kinds = new Set([
      ...each.matched.map(([theirs]) => theirs.kind),
      ...each.missed.map(([theirs]) => theirs.kind),
    ]);
    parts.push(
      table(
        [
          'ctags kind',
          'all',
          'recall',
          'told as',
          'unnamed',
          'other line',
          'bound again',
          'imported',
          'local',
          'missing',
        ],
        [...kinds].sort().map((kind) => {
          const matched = each.matched.filter(([theirs]) => theirs.kind === kind);
          const missed = each.missed.filter(([theirs]) => theirs.kind === kind);
          const of = (wanted: string): number => missed.filter(([, why]) => why === wanted).length;
          const told = countBy(matched, ([, ours]) => ours.kind)
            .slice(0, 3)
            .map(([name, list]) => `${name} ${list.length}`)
            .join(', ');
          return [
            kind,
            matched.length + missed.length,
            percent(matched.length, matched.length + missed.length),
            told,
            of('unnamed'),
            of('other line'),
            of('bound again'),
            of('imported'),
            of('local'),
            of('missing'),
          ];
        }),
      ),
    );
    const misses = countBy(each.missed, ([theirs, why]) => `${why}, ${theirs.kind}`).slice(0, 12);
    if (misses.length > 0)
      parts.push(
        'Only in ctags, with examples:',
        misses
          .map(
            ([why, list]) =>
              `- ${why}: ${list.length}, as ${spread(list)
                .map(([theirs]) => place(theirs))
                .join(', ')}`,
          )
          .join('\n'),
      );
    const surplus = countBy(each.surplus, ([ours, why]) => `${ours.kind}, ${why}`).slice(0, 10);
    if (surplus.length > 0)
      parts.push(
        'Only in Trowel, with examples:',
        surplus
          .map(
            ([why, list]) =>
              `- ${why}: ${list.length}, as ${spread(list)
                .map(([ours]) => place(ours))
                .join(', ')}`,
          )
          .join('\n'),
      );
  }
  return parts.join('\n\n');
}

/** Two of a list: one near its start, one from its middle. */
function spread<T>(list: readonly T[]): T[] {
  return list.length < 3 ? [...list] : [list[0]!, list[list.length >> 1]!];
}

const only = process.argv.slice(2);
const measured: Measured[] = [];
for (const tree of definitionTrees) {
  if (!(await loadExtractor(tree.languages[0]!))) {
    console.error(`${tree.ctags} is left out: no extractor`);
    continue;
  }
  if (only.length > 0 && !tree.languages.some((language) => only.includes(language))) continue;
  const each = await measure(tree);
  if (!each) continue;
  measured.push(each);
  const total = each.matched.length + each.missed.length;
  console.error(`${tree.ctags}: ${each.files} files, recall ${percent(each.matched.length, total)} of ${total}`);
}
publish('agreement-definitions', report(measured), only.length === 0);
