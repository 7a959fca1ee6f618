/**
 * The evaluation set: queries/<package>.txt, a line each: kind | query | answers. An answer is `path` or `path#Name`, the name
 * qualified as far as needed; `~` behind it marks one that helps but is not what was asked for (grade 1; the others 2).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Snapshot } from '../../src/model/snapshot.ts';

export const evaluatedKinds = ['symbol', 'words', 'architecture'] as const;
export type EvaluatedKind = (typeof evaluatedKinds)[number];

export interface JudgedAnswer {
  readonly path: string;
  /** Line ranges any of which is the answer; undefined: the whole file is. */
  readonly ranges: readonly (readonly [start: number, end: number])[] | undefined;
  readonly grade: number;
}

export interface JudgedQuery {
  readonly kind: EvaluatedKind;
  readonly query: string;
  readonly answers: readonly JudgedAnswer[];
  /** Not looked at while numbers are tuned. */
  readonly heldOut: boolean;
}

export interface EvaluationSet {
  readonly queries: readonly JudgedQuery[];
  /** Answers that the tree does not hold: mistakes of the set. */
  readonly faults: readonly string[];
}

/** Every second query is held out. */
export function readEvaluationSet(name: string, snapshot: Snapshot): EvaluationSet {
  const text = readFileSync(path.join(import.meta.dirname, 'queries', `${name}.txt`), 'utf8');
  const faults: string[] = [];
  const queries = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at): JudgedQuery => {
      const [kind, query, answers] = line.split(' | ').map((part) => part.trim());
      return {
        kind: kind as EvaluatedKind,
        query: query!,
        heldOut: at % 2 === 1,
        answers: answers!.split(/,\s*/).flatMap((answer) => {
          const judged = readAnswer(answer, snapshot);
          if (!judged) faults.push(`${name}: ${query}: ${answer}`);
          return judged ?? [];
        }),
      };
    });
  return { queries, faults };
}

function readAnswer(answer: string, snapshot: Snapshot): JudgedAnswer | undefined {
  const helps = answer.endsWith('~');
  const [file, name] = (helps ? answer.slice(0, -1) : answer).split('#');
  const grade = helps ? 1 : 2;
  const record = snapshot.fileByPath(file!);
  if (!record) return undefined;
  if (name === undefined) return { path: file!, ranges: undefined, grade };
  const ranges = snapshot
    .symbolsOf(record.id)
    .filter(({ qualifiedName }) => qualifiedName === name || qualifiedName.endsWith(`.${name}`))
    .map(({ startLine, endLine }) => [startLine, endLine] as const);
  return ranges.length === 0 ? undefined : { path: file!, ranges, grade };
}
