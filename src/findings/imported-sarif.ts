/** Findings of other tools, from SARIF files that they wrote. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { TrowelError } from '#base/errors.ts';
import type { RuleMeta } from '#rules/rule.ts';
import type { FindingSource, SourcedProblem } from './finding-source.ts';

const rule: RuleMeta = {
  id: 'imported',
  title: 'Said by another tool',
  reason: 'It stands in a SARIF file that was given to the check. The tool that wrote it is named in the finding.',
  category: 'standards',
  severity: 2,
  references: [],
  languages: [],
  roles: ['source', 'test'],
  evidence: 'tool',
};

/** More would be a dump, not a report. */
const MOST_BYTES = 200 * 1024 * 1024;
const severities = { error: 4, warning: 3, note: 2, none: 1 } as const;

type Loose = { readonly [key: string]: unknown };

/** `files`: absolute. A file that is missing or is no SARIF ends the check with an error that names it. */
export function sarifSource(files: readonly string[]): FindingSource {
  return {
    name: files.length === 0 ? '' : `imported: ${files.map((file) => path.basename(file)).join(', ')}`,
    rules: [rule],
    async find({ snapshot, root }) {
      return files.flatMap((file) =>
        readSarif(file, root).filter(({ problem }) => snapshot.fileByPath(problem.place.path)),
      );
    },
  };
}

function readSarif(file: string, root: string): SourcedProblem[] {
  let log: Loose;
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length > MOST_BYTES) throw new Error('it is too large');
    log = loose(JSON.parse(text));
  } catch (error) {
    throw new TrowelError(
      'not-found',
      `${file} cannot be read as SARIF: ${error instanceof Error ? error.message : String(error)}.`,
      {
        hint: 'Give a SARIF 2.1.0 file, as `eslint -f sarif`, CodeQL or Semgrep write it.',
        cause: error,
      },
    );
  }
  if (!Array.isArray(log['runs']))
    throw new TrowelError('not-found', `${file} is no SARIF file: it has no runs.`, {
      hint: 'Give a SARIF 2.1.0 file.',
    });
  return list(log['runs']).flatMap((run) => {
    const driver = loose(loose(run['tool'])['driver']);
    const tool = text(driver['name']) ?? 'a tool';
    const rules = list(driver['rules']);
    return list(run['results']).flatMap((result): SourcedProblem[] => {
      const place = placeOf(list(result['locations'])[0], root, run);
      if (!place || list(result['suppressions']).length > 0) return [];
      const known = rules[typeof result['ruleIndex'] === 'number' ? result['ruleIndex'] : -1];
      const id = text(result['ruleId']) ?? text(known?.['id']) ?? '';
      const level = text(result['level']) ?? text(loose(known?.['defaultConfiguration'])['level']) ?? 'warning';
      const message = text(loose(result['message'])['text']) ?? '';
      const flow = list(list(result['codeFlows'])[0]?.['threadFlows'])
        .slice(0, 1)
        .flatMap((thread) => list(thread['locations']))
        .flatMap((step) => placeOf(loose(step['location']), root, run) ?? []);
      return [
        {
          rule: rule.id,
          problem: {
            message: `${tool}${id === '' ? '' : ` ${id}`}: ${message}`,
            place,
            severity: severities[level as keyof typeof severities] ?? 2,
            ...(flow.length > 1 && { flow }),
            ...(id !== '' && { foreignRule: id }),
          },
        },
      ];
    });
  });
}

function placeOf(
  location: Loose | undefined,
  root: string,
  run: Loose,
): SourcedProblem['problem']['place'] | undefined {
  const physical = loose(location?.['physicalLocation']);
  const artifact = loose(physical['artifactLocation']);
  const uri =
    text(artifact['uri']) ?? text(loose(list(run['artifacts'])[Number(artifact['index'])]?.['location'])['uri']);
  if (uri === undefined) return undefined;
  const file = uri.startsWith('file:') ? relativeOf(uri, root) : decoded(uri).replace(/^\.\//, '');
  if (file === undefined || file.startsWith('..') || path.isAbsolute(file)) return undefined;
  const region = loose(physical['region']);
  const number = (key: string, otherwise: number): number =>
    typeof region[key] === 'number' && region[key] > 0 ? region[key] : otherwise;
  const startLine = number('startLine', 1);
  const startColumn = number('startColumn', 1) - 1;
  const endLine = Math.max(startLine, number('endLine', startLine));
  return { path: file, startLine, startColumn, endLine, endColumn: number('endColumn', startColumn + 2) - 1 };
}

function relativeOf(uri: string, root: string): string | undefined {
  try {
    return path.relative(root, fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

function loose(value: unknown): Loose {
  return typeof value === 'object' && value !== null ? (value as Loose) : {};
}

function list(value: unknown): readonly Loose[] {
  return Array.isArray(value) ? value.map(loose) : [];
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
