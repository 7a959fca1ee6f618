/** The page that a comparison of edges makes. */
import { type EdgeClass, type EdgeComparison, edgeClasses, type Verdict } from './edge-comparison.ts';
import { percent, table } from './results.ts';

export interface ComparedPackage {
  readonly label: string;
  readonly files: number;
  readonly comparison: EdgeComparison;
}

/** `oracle` names the outside tool in the page; `reading` says what its answers mean. */
export function edgeReport(packages: readonly ComparedPackage[], oracle: string, reading: string): string {
  const count = (verdicts: readonly Verdict[], name: EdgeClass): number =>
    verdicts.filter((verdict) => verdict.class === name).length;
  const row = (label: string, verdicts: readonly Verdict[], files: number, unseen: number): (string | number)[] => {
    const agreed = count(verdicts, 'same target');
    const other = count(verdicts, 'another target');
    const missing = count(verdicts, 'no target') + count(verdicts, 'only a candidate') + unseen;
    const inside = verdicts.filter(({ targets }) => targets.length > 0);
    const surprising = count(verdicts, 'outside for the oracle, inside for Trowel');
    return [
      label,
      files,
      verdicts.length,
      agreed + other + missing,
      percent(agreed, agreed + other + missing),
      percent(agreed, agreed + other),
      inside.length,
      surprising,
    ];
  };
  const all = packages.flatMap(({ comparison }) => comparison.verdicts);
  const rows = packages.map(({ label, files, comparison }) =>
    row(label, comparison.verdicts, files, comparison.unseen.length),
  );
  rows.push(
    row(
      'all',
      all,
      packages.reduce((sum, { files }) => sum + files, 0),
      packages.reduce((sum, { comparison }) => sum + comparison.unseen.length, 0),
    ),
  );
  const parts = [
    reading,
    table(
      [
        'package',
        'files',
        'calls',
        `definite for ${oracle}`,
        'recall',
        'precision',
        'calls with a target inside',
        `of these outside for ${oracle}`,
      ],
      rows,
    ),
    'Calls by class, and how Trowel knows the edge:',
    table(
      ['class', 'calls', 'exact', 'inferred'],
      edgeClasses.map((name) => {
        const of = all.filter((verdict) => verdict.class === name);
        return [
          name,
          of.length,
          of.filter(({ provenance }) => provenance === 'exact').length,
          of.filter(({ provenance }) => provenance === 'inferred').length,
        ];
      }),
    ),
  ];
  for (const name of [
    'another target',
    'no target',
    'only a candidate',
    'outside for the oracle, inside for Trowel',
    'declared as a variable, no target',
  ] as const) {
    const of = all.filter((verdict) => verdict.class === name);
    if (of.length > 0)
      parts.push(
        `${name[0]!.toUpperCase()}${name.slice(1)}, ${of.length}, for example:\n\n${sample(of, 8)
          .map((verdict) => example(verdict, oracle))
          .join('\n')}`,
      );
  }
  const unseen = packages.flatMap(({ comparison }) => comparison.unseen);
  if (unseen.length > 0)
    parts.push(
      `Called by the text and no call of Trowel's, ${unseen.length}, for example:\n\n${sample(unseen, 8)
        .map(({ file, line, column, symbol }) => `- ${file}:${line}:${column} \`${symbol.split('/').at(-1)}\``)
        .join('\n')}`,
    );
  return parts.join('\n\n');
}

function example({ call, declared, targets }: Verdict, oracle: string): string {
  const reached =
    targets.length === 0
      ? 'nothing'
      : targets
          .slice(0, 2)
          .map((key) => `\`${key}\``)
          .join(', ') + (targets.length > 2 ? ` and ${targets.length - 2} more` : '');
  return `- ${call.file}:${call.line}:${call.column} \`${call.name}\`: ${oracle} \`${declared.slice(-90)}\`, Trowel ${reached}`;
}

/** Spread evenly over the list. */
function sample<T>(list: readonly T[], size: number): T[] {
  if (list.length <= size) return [...list];
  return Array.from({ length: size }, (_, at) => list[Math.floor((at * list.length) / size)]!);
}
