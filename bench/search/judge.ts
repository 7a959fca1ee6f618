/** nDCG@10 (Järvelin and Kekäläinen, 2002), gains 2^grade − 1; an answer counts once, at its first hit. */
import type { JudgedAnswer } from './evaluation-set.ts';

/** A place that a search answered. Without lines: the whole file. */
export interface Place {
  readonly path: string;
  readonly line?: number;
  readonly endLine?: number;
}

const CUT = 10;

export function ndcg(places: readonly Place[], answers: readonly JudgedAnswer[]): number {
  const left = new Set(answers);
  let gained = 0;
  places.slice(0, CUT).forEach((place, rank) => {
    let best: JudgedAnswer | undefined;
    for (const answer of left) if (meets(place, answer) && (!best || answer.grade > best.grade)) best = answer;
    if (!best) return;
    left.delete(best);
    gained += gain(best.grade) / Math.log2(rank + 2);
  });
  const ideal = answers
    .map(({ grade }) => grade)
    .sort((a, b) => b - a)
    .slice(0, CUT)
    .reduce((sum, grade, rank) => sum + gain(grade) / Math.log2(rank + 2), 0);
  return ideal === 0 ? 0 : gained / ideal;
}

/** As `ndcg`, of files: an answer is a file, with the best grade of what it holds; a further hit in it counts nothing. */
export function ndcgOfFiles(places: readonly Place[], answers: readonly JudgedAnswer[]): number {
  const grades = new Map<string, number>();
  for (const { path, grade } of answers) grades.set(path, Math.max(grades.get(path) ?? 0, grade));
  return ndcg(
    places.map(({ path }) => ({ path })),
    Array.from(grades, ([path, grade]) => ({ path, ranges: undefined, grade })),
  );
}

function gain(grade: number): number {
  return 2 ** grade - 1;
}

/** A hit meets an answer in the same file where their lines overlap; a hit without lines, or an answer without, is the file. */
export function meets(place: Place, answer: JudgedAnswer): boolean {
  if (place.path !== answer.path) return false;
  if (answer.ranges === undefined || place.line === undefined) return true;
  const { line, endLine = line } = place;
  return answer.ranges.some(([start, end]) => line <= end && endLine >= start);
}
