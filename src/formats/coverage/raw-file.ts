import type { Coverage, CoverageOfFile, CoveragePoint, Share } from '#model/coverage.ts';

/** One file as formats of other tools tell it. */
export interface RawFile {
  readonly path: string;
  readonly lines: Map<number, number>;
  readonly branches: Map<string, { readonly line: number; readonly arms: Map<string, number> }>;
  readonly functions: Map<string, { readonly line: number; hits: number }>;
}

export function coverageOf(raw: readonly RawFile[]): Coverage {
  const files = raw.map(fileOf).sort((a, b) => (a.path < b.path ? -1 : 1));
  const sum = (pick: (file: CoverageOfFile) => Share): Share => ({
    total: files.reduce((all, file) => all + pick(file).total, 0),
    covered: files.reduce((all, file) => all + pick(file).covered, 0),
    importOnly: 0,
  });
  return {
    files,
    lines: sum(({ lineShare }) => lineShare),
    branches: sum(({ branchShare }) => branchShare),
    functions: sum(({ functionShare }) => functionShare),
    tests: 0,
  };
}

const point = (hits: number): CoveragePoint => ({ hits, importOnly: false });
const shareOf = (points: readonly CoveragePoint[]): Share => ({
  total: points.length,
  covered: points.filter(({ hits }) => hits > 0).length,
  importOnly: 0,
});

function fileOf(raw: RawFile): CoverageOfFile {
  const lines = [...raw.lines].sort(([a], [b]) => a - b).map(([line, hits]) => ({ line, ...point(hits) }));
  const branches = [...raw.branches.values()].map(({ line, arms }) => ({
    kind: 'if' as const,
    line,
    arms: [...arms.values()].map(point),
  }));
  const functions = [...raw.functions].map(([name, { line, hits }]) => ({ name, line, endLine: line, ...point(hits) }));
  return {
    path: raw.path,
    lines,
    branches,
    functions,
    lineShare: shareOf(lines),
    branchShare: shareOf(branches.flatMap(({ arms }) => arms)),
    functionShare: shareOf(functions),
  };
}
