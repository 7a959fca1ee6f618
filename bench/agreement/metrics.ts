/** Metrics of Python against radon on packages as they are installed: `sh scripts/node.sh bench/agreement/metrics.ts`. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { extractFile } from '../../src/parse/extract-file.ts';
import { maintainabilityIndex } from '../../src/model/derived-metrics.ts';
import { type FileFacts, METRIC_STRIDE, MetricColumn, SYMBOL_STRIDE, SymbolColumn } from '../../src/model/facts.ts';
import type { SymbolMetrics } from '../../src/model/snapshot.ts';
import { symbolKinds } from '../../src/model/vocabulary.ts';
import { rankCorrelation } from './rank-correlation.ts';
import { dataFolder, fetchPackage, type Package, shell } from './packages.ts';
import { heading, percent, publish, table } from './results.ts';

const VERSION = '6.0.1';
const packages: readonly Package[] = [
  { registry: 'pypi', name: 'Django', version: '4.2.16', within: 'django/db' },
  { registry: 'pypi', name: 'flask', version: '3.0.3', within: 'flask' },
  { registry: 'pypi', name: 'requests', version: '2.32.3', within: 'requests' },
  { registry: 'pypi', name: 'click', version: '8.1.7', within: 'click' },
  { registry: 'pypi', name: 'Jinja2', version: '3.1.4', within: 'jinja2' },
  { registry: 'pypi', name: 'attrs', version: '24.2.0', within: 'attr' },
];

interface RadonFile {
  readonly functions: readonly { readonly name: string; readonly line: number; readonly complexity: number }[];
  readonly raw: {
    readonly loc: number;
    readonly sloc: number;
    readonly multi: number;
    readonly comments: number;
    readonly blank: number;
  };
  readonly halstead: { readonly volume: number };
  readonly index: {
    readonly value: number;
    readonly volume: number;
    readonly complexity: number;
    readonly lines: number;
    readonly comments: number;
  };
}

interface OurFunction {
  readonly name: string;
  readonly line: number;
  readonly complexity: number;
}

interface Difference {
  readonly where: string;
  readonly theirs: number;
  readonly ours: number;
  readonly text: string;
}

function installRadon(): string {
  const folder = path.join(dataFolder, 'tools');
  const python = path.join(folder, 'radon-venv/bin/python');
  if (!existsSync(python)) {
    mkdirSync(folder, { recursive: true });
    shell(`python3 -m venv radon-venv; radon-venv/bin/pip install --quiet radon==${VERSION}`, folder);
  }
  return python;
}

function ourFunctions(facts: FileFacts): OurFunction[] {
  const functions: OurFunction[] = [];
  for (let row = 0; row * SYMBOL_STRIDE < facts.symbols.length; row++) {
    const column = (name: keyof typeof SymbolColumn): number =>
      facts.symbols[row * SYMBOL_STRIDE + SymbolColumn[name]]!;
    const metrics = column('metrics');
    if (metrics < 0 || !['function', 'method', 'constructor', 'property'].includes(symbolKinds[column('kind')]!))
      continue;
    functions.push({
      name: facts.strings[column('name')] ?? '',
      line: column('nameLine'),
      complexity: facts.metrics[metrics * METRIC_STRIDE + MetricColumn.cyclomatic]!,
    });
  }
  return functions;
}

/** Of the whole file. */
function moduleMetrics(facts: FileFacts): SymbolMetrics {
  const at = facts.symbols[SymbolColumn.metrics]! * METRIC_STRIDE;
  const column = (name: keyof typeof MetricColumn): number => facts.metrics[at + MetricColumn[name]]!;
  return {
    codeLines: column('codeLines'),
    commentLines: column('commentLines'),
    blankLines: column('blankLines'),
    cyclomatic: column('cyclomatic'),
    cognitive: column('cognitive'),
    nesting: column('nesting'),
    statements: column('statements'),
    distinctOperators: column('distinctOperators'),
    distinctOperands: column('distinctOperands'),
    operators: column('operators'),
    operands: column('operands'),
    lackOfCohesion: undefined,
  };
}

const python = installRadon();
const rows: (string | number)[][] = [];
const differences: Difference[] = [];
const lines = { files: 0, total: 0, blank: 0, code: 0 };
const volumes: [number, number][] = [];
const indexes: [number, number][] = [];
let formula = 0;
for (const wanted of packages) {
  const fetched = fetchPackage(wanted);
  if (!fetched) continue;
  const radon = JSON.parse(
    shell(`'${python}' '${path.join(import.meta.dirname, 'radon-measures.py')}' .`, fetched.folder),
  ) as Readonly<Record<string, RadonFile>>;
  let compared = 0;
  let equal = 0;
  let absent = 0;
  for (const [file, theirs] of Object.entries(radon)) {
    const text = readFileSync(path.join(fetched.folder, file), 'utf8');
    const { facts } = await extractFile({ text, language: 'python', declarations: false });
    const ours = new Map(ourFunctions(facts).map((each) => [`${each.name}:${each.line}`, each]));
    for (const { name, line, complexity } of theirs.functions) {
      const own = ours.get(`${name}:${line}`);
      if (!own) absent++;
      else {
        compared++;
        if (own.complexity === complexity) equal++;
        else
          differences.push({
            where: `${wanted.within}/${file}:${line} \`${name}\``,
            theirs: complexity,
            ours: own.complexity,
            text,
          });
      }
    }
    const metrics = moduleMetrics(facts);
    lines.files++;
    const { raw, index } = theirs;
    if (facts.lines.total === raw.loc) lines.total++;
    if (facts.lines.blank === raw.blank) lines.blank++;
    if (facts.lines.code + facts.lines.comment === raw.sloc + raw.multi + raw.comments) lines.code++;
    const volume =
      (metrics.operators + metrics.operands) *
      Math.log2(Math.max(1, metrics.distinctOperators + metrics.distinctOperands));
    if (theirs.halstead.volume > 0) volumes.push([theirs.halstead.volume, volume]);
    indexes.push([index.value, maintainabilityIndex(metrics)]);
    if (Math.abs(formulaOf(index) - index.value) < 1e-6) formula++;
  }
  rows.push([fetched.label, compared, equal, percent(equal, compared), absent]);
  console.error(`${fetched.label}: ${percent(equal, compared)} of ${compared}`);
}
const all = rows.reduce((sum, row) => sum + Number(row[1]), 0);
const same = rows.reduce((sum, row) => sum + Number(row[2]), 0);
rows.push(['all', all, same, percent(same, all), rows.reduce((sum, row) => sum + Number(row[4]), 0)]);

/** Our formula on radon's own counts: comments as radon gives them, per code line in percent. */
function formulaOf({ volume, complexity, lines: count, comments }: RadonFile['index']): number {
  if (volume <= 0 || count <= 0) return 100;
  const raw =
    171 -
    5.2 * Math.log(volume) -
    0.23 * complexity -
    16.2 * Math.log(count) +
    50 * Math.sin(Math.sqrt(2.46 * ((comments * Math.PI) / 180)));
  return Math.min(100, Math.max(0, (raw * 100) / 171));
}

const off = Map.groupBy(differences, ({ theirs, ours }) =>
  ours - theirs > 0 ? `+${ours - theirs}` : String(ours - theirs),
);
publish(
  'agreement-metrics',
  [
    heading('Metrics of Python against radon', [`radon ${VERSION}`]),
    'Cyclomatic complexity of functions and methods, found by name and line; functions nested in a function are no part of its number, in radon as in Trowel.',
    table(['package', 'functions', 'equal', 'share', 'not found'], rows),
    differences.length === 0
      ? 'No differences.'
      : `Differences by amount (Trowel − radon): ${[...off].map(([amount, list]) => `${amount}: ${list.length}`).join(', ')}. Examples:\n\n${differences
          .filter((_, at) => at % Math.ceil(differences.length / 12) === 0)
          .map(({ where, theirs, ours }) => `- ${where}: radon ${theirs}, Trowel ${ours}`)
          .join('\n')}`,
    'radon does not look into the condition of an `assert`, so that logical operators there cost nothing with it; Trowel counts them as everywhere.',
    '## Lines, Halstead, maintainability',
    table(
      ['of each file', 'files', 'equal', 'share'],
      [
        ['lines in all', lines.files, lines.total, percent(lines.total, lines.files)],
        ['blank lines', lines.files, lines.blank, percent(lines.blank, lines.files)],
        ['lines with code or comment', lines.files, lines.code, percent(lines.code, lines.files)],
        ["maintainability index, our formula on radon's counts", lines.files, formula, percent(formula, lines.files)],
      ],
    ),
    "radon counts as Halstead's operators only arithmetic, boolean, comparing and augmented-assignment operators and as operands their arguments; Trowel counts every token, as Halstead does. " +
      'Absolute values therefore differ, and so does the index made from them; ranks can be compared:',
    table(
      ['of each file', 'files', 'rank correlation (Spearman)'],
      [
        ['Halstead volume', volumes.length, rankCorrelation(volumes).toFixed(3)],
        ['maintainability index', indexes.length, rankCorrelation(indexes).toFixed(3)],
      ],
    ),
  ].join('\n\n'),
  true,
);
