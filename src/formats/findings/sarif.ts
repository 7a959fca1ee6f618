/**
 * SARIF 2.1.0 (OASIS), within what GitHub's code scanning takes: 25,000 results of a run, of which it keeps the first 5,000 by
 * severity; 20 tags of a rule; 10 MB compressed; 10,000 locations in flows.
 */
import { gzipSync } from 'node:zlib';
import type { CheckedFinding, CheckReport, JudgedRule } from '#model/check.ts';
import type { FindingPlace, TextEdit } from '#model/finding.ts';
import type { FindingFormat, FormatContext } from './finding-format.ts';
import { uniquePrints } from './unique-prints.ts';

const MOST_RESULTS = 25_000;
const MOST_TAGS = 20;
const MOST_GZIP = 10_000_000;
const MOST_FLOW_LOCATIONS = 10_000;
const LONGEST_MESSAGE = 1_000;

const levels = ['none', 'note', 'note', 'warning', 'error', 'error'] as const;

export const sarif: FindingFormat = {
  write(report, context) {
    // What is left out is the least: findings come with the most severe first.
    for (let most = MOST_RESULTS; ; most = Math.floor(most / 2)) {
      const text = `${JSON.stringify(logOf(report, context, most), undefined, 2)}\n`;
      if (
        most < 100 ||
        report.findings.length * 40 < MOST_GZIP / 100 ||
        gzipSync(text, { level: 6 }).length < MOST_GZIP
      )
        return text;
    }
  },
};

function logOf(report: CheckReport, context: FormatContext, most: number): unknown {
  const shown = report.findings.slice(0, most);
  const rules = report.rules.map(ruleOf);
  const indices = new Map(report.rules.map(({ id }, index) => [id, index]));
  const prints = uniquePrints(shown);
  let flowRoom = MOST_FLOW_LOCATIONS;
  const results = shown.map((finding, index) => {
    const flow = finding.flow && finding.flow.length <= flowRoom ? finding.flow : undefined;
    flowRoom -= flow?.length ?? 0;
    return resultOf(finding, indices.get(finding.rule)!, prints[index]!, flow, context);
  });
  const suppressed = report.suppressed.slice(0, Math.max(0, most - results.length)).map((one) => ({
    ruleId: one.rule,
    level: 'note',
    message: { text: cut(one.message) },
    locations: [locationOf(one.place)],
    partialFingerprints: { 'trowel/v1': one.fingerprint },
    suppressions: [{ kind: 'inSource', justification: one.reason }],
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Trowel',
            version: context.version,
            informationUri: 'https://www.npmjs.com/package/trowel',
            rules,
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.missing.length === 0,
            toolExecutionNotifications: [
              ...report.failures.slice(0, 100).map(({ rule, path, message }) => ({
                level: 'error',
                message: { text: cut(`The rule ${rule} failed: ${message.split('\n')[0]}`) },
                ...(path !== '' && { locations: [{ physicalLocation: { artifactLocation: artifactOf(path) } }] }),
              })),
              ...(report.findings.length > shown.length
                ? [
                    {
                      level: 'warning',
                      message: { text: `${report.findings.length - shown.length} less severe findings were left out.` },
                    },
                  ]
                : []),
            ],
          },
        ],
        results: [...results, ...suppressed],
        properties: { inputs: report.inputs },
      },
    ],
  };
}

function ruleOf({ id, title, reason, category, severity, references }: JudgedRule): unknown {
  const cwe = references
    .filter((reference) => /^CWE-\d+$/.test(reference))
    .map((reference) => `external/cwe/${reference.toLowerCase()}`);
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: cut(reason) },
    help: { text: cut(reason) },
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: [category, ...cwe, ...references.filter((reference) => !cwe.includes(reference))].slice(0, MOST_TAGS),
      'problem.severity': severity >= 4 ? 'error' : severity === 3 ? 'warning' : 'recommendation',
      precision: 'high',
    },
  };
}

function resultOf(
  finding: CheckedFinding,
  ruleIndex: number,
  print: string,
  flow: readonly FindingPlace[] | undefined,
  context: FormatContext,
): unknown {
  const { rule, severity, message, place, related, edits, isNew, confidence, minutes } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: cut(message) },
    locations: [locationOf(place)],
    ...(related &&
      related.length > 0 && { relatedLocations: related.slice(0, 100).map((one, id) => ({ id, ...locationOf(one) })) }),
    ...(flow && { codeFlows: [{ threadFlows: [{ locations: flow.map((one) => ({ location: locationOf(one) })) }] }] }),
    ...(edits && edits.length > 0 && { fixes: [fixOf(edits, context)] }),
    partialFingerprints: { 'trowel/v1': print },
    baselineState: isNew ? 'new' : 'unchanged',
    properties: { severity, confidence, minutes },
  };
}

function fixOf(edits: readonly TextEdit[], { textOf }: FormatContext): unknown {
  const byFile = Map.groupBy(edits, ({ path }) => path);
  return {
    description: { text: 'Put it right' },
    artifactChanges: [...byFile].map(([path, list]) => ({
      artifactLocation: artifactOf(path),
      replacements: list.map(({ start, end, text }) => ({
        deletedRegion: regionAt(textOf(path) ?? '', start, end),
        insertedContent: { text },
      })),
    })),
  };
}

function regionAt(text: string, start: number, end: number): unknown {
  const place = (offset: number): readonly [line: number, column: number] => {
    const before = text.slice(0, offset).split(/\r\n|\n|\r/);
    return [before.length, before.at(-1)!.length + 1];
  };
  const [startLine, startColumn] = place(start);
  const [endLine, endColumn] = place(end);
  return { startLine, startColumn, endLine, endColumn };
}

function locationOf(place: FindingPlace): { readonly physicalLocation: unknown; readonly message?: unknown } {
  const { path, startLine, startColumn, endLine, endColumn, message } = place;
  return {
    physicalLocation: {
      artifactLocation: artifactOf(path),
      region: {
        startLine: Math.max(1, startLine),
        startColumn: startColumn + 1,
        endLine: Math.max(1, endLine),
        endColumn: endColumn + 1,
      },
    },
    ...(message !== undefined && { message: { text: cut(message) } }),
  };
}

function artifactOf(path: string): unknown {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

function cut(text: string): string {
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1)}…` : text;
}
