/**
 * Where a measure begins to cost points and where it costs the most, by language. The limits are those at which the language's
 * own tools begin to warn, so that they hold on every machine and need no sample of other code:
 * cognitive complexity: SonarSource S3776 (15; C family 25), clippy (25), gocognit in golangci-lint (30);
 * cyclomatic complexity: McCabe 1976 (10), ESLint `complexity` (20), gocyclo in golangci-lint (30), CA1502 (25);
 * lines of a function: Holzmann, "The Power of Ten", rule 4 (60), SonarSource Java S138 (75), clippy (100);
 * nesting: ESLint `max-depth` (4), pylint R1702 (5); parameters: SonarSource S107 (7);
 * weight of a class: Lanza–Marinescu 2006, "very high" (Java 47, C++ 108);
 * lines of a file: pylint C0302 and SonarSource S104 (1,000; Java 750).
 */
export interface Limit {
  /** Up to here nothing is taken off. */
  readonly from: number;
  /** From here on all of `points`. */
  readonly to: number;
  readonly points: number;
}

export interface Limits {
  readonly cognitive: Limit;
  readonly cyclomatic: Limit;
  readonly functionLines: Limit;
  readonly nesting: Limit;
  readonly parameters: Limit;
  /** Sum of the cyclomatic complexities of a class's methods. */
  readonly classWeight: Limit;
  readonly fileLines: Limit;
}

type Range = readonly [from: number, to: number];

const points: Readonly<Record<keyof Limits, number>> = {
  cognitive: 40,
  cyclomatic: 25,
  functionLines: 20,
  nesting: 15,
  parameters: 15,
  classWeight: 20,
  fileLines: 20,
};

const usual: Readonly<Record<keyof Limits, Range>> = {
  cognitive: [15, 75],
  cyclomatic: [10, 50],
  functionLines: [60, 240],
  nesting: [4, 8],
  parameters: [7, 14],
  classWeight: [47, 188],
  fileLines: [1000, 4000],
};

const cFamily: Partial<Record<keyof Limits, Range>> = { cognitive: [25, 100], classWeight: [108, 432] };
const script: Partial<Record<keyof Limits, Range>> = { cyclomatic: [20, 60] };
const own: Readonly<Record<string, Partial<Record<keyof Limits, Range>>>> = {
  c: cFamily,
  cpp: cFamily,
  objc: cFamily,
  javascript: script,
  jsx: script,
  typescript: script,
  tsx: script,
  go: { cognitive: [30, 100], cyclomatic: [30, 80] },
  rust: { cognitive: [25, 100], functionLines: [100, 400] },
  java: { functionLines: [75, 300], fileLines: [750, 3000] },
  csharp: { cyclomatic: [25, 75] },
  python: { nesting: [5, 9] },
};

const made = new Map<string, Limits>();

export function limitsOf(language: string): Limits {
  let limits = made.get(language);
  if (!limits) {
    const ranges = { ...usual, ...own[language] };
    const of = (name: keyof Limits): Limit => ({ from: ranges[name][0], to: ranges[name][1], points: points[name] });
    limits = {
      cognitive: of('cognitive'),
      cyclomatic: of('cyclomatic'),
      functionLines: of('functionLines'),
      nesting: of('nesting'),
      parameters: of('parameters'),
      classWeight: of('classWeight'),
      fileLines: of('fileLines'),
    };
    made.set(language, limits);
  }
  return limits;
}

/** Rises evenly from 0 at `from` to all points at `to`. */
export function pointsOver(value: number, { from, to, points: most }: Limit): number {
  return value <= from ? 0 : Math.min(1, (value - from) / (to - from)) * most;
}
