/** Coverage from several places as one: what was measured here, and what other tools wrote. */
import type { Coverage, CoverageOfFile, CoveragePoint, Share } from '#model/coverage.ts';

/**
 * Paths of reports as those of the tree: as they are, below the tree's root, or by their last parts where only one file fits. Undefined
 * where none does.
 */
export function treePathOf(root: string, paths: readonly string[]): (reported: string) => string | undefined {
  const known = new Set(paths);
  const byName = Map.groupBy(paths, (path) => path.split('/').at(-1)!);
  return (reported) => {
    const plain = reported
      .replaceAll('\\', '/')
      .replace(/^file:\/\//, '')
      .replace(/^\.\//, '');
    const inside = plain.startsWith(`${root}/`) ? plain.slice(root.length + 1) : plain;
    if (known.has(inside)) return inside;
    const fitting = (byName.get(inside.split('/').at(-1)!) ?? []).filter(
      (path) => inside.endsWith(`/${path}`) || path.endsWith(`/${inside}`),
    );
    // The longest that the report ends with; of those that end with what it says, the only one.
    const within = fitting.filter((path) => inside.endsWith(`/${path}`)).sort((a, b) => b.length - a.length);
    return within[0] ?? (fitting.length === 1 ? fitting[0] : undefined);
  };
}

/** What was measured first says which lines and branches there are; later ones add to it. */
export function joinCoverage(all: readonly Coverage[]): Coverage {
  const files = new Map<string, CoverageOfFile>();
  for (const { files: list } of all)
    for (const file of list) {
      const before = files.get(file.path);
      files.set(file.path, before ? added(before, file) : file);
    }
  const list = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const total = (pick: (file: CoverageOfFile) => Share): Share => ({
    total: list.reduce((sum, file) => sum + pick(file).total, 0),
    covered: list.reduce((sum, file) => sum + pick(file).covered, 0),
    importOnly: list.reduce((sum, file) => sum + pick(file).importOnly, 0),
  });
  return {
    files: list,
    lines: total(({ lineShare }) => lineShare),
    branches: total(({ branchShare }) => branchShare),
    functions: total(({ functionShare }) => functionShare),
    tests: all.reduce((sum, { tests }) => sum + tests, 0),
  };
}

function added(file: CoverageOfFile, other: CoverageOfFile): CoverageOfFile {
  const lineHits = new Map(other.lines.map(({ line, hits }) => [line, hits]));
  const lines = file.lines.map((each) => plus(each, lineHits.get(each.line) ?? 0));
  const arms = Map.groupBy(other.branches, ({ line }) => line);
  const branches = file.branches.map((branch) => {
    const same = (arms.get(branch.line) ?? []).find((each) => each.arms.length === branch.arms.length);
    return same ? { ...branch, arms: branch.arms.map((arm, at) => plus(arm, same.arms[at]!.hits)) } : branch;
  });
  const functionHits = new Map(other.functions.map(({ line, hits }) => [line, hits]));
  const functions = file.functions.map((each) => plus(each, functionHits.get(each.line) ?? 0));
  return {
    path: file.path,
    lines,
    branches,
    functions,
    lineShare: share(lines),
    branchShare: share(branches.flatMap((branch) => branch.arms)),
    functionShare: share(functions),
  };
}

function plus<Point extends CoveragePoint>(point: Point, more: number): Point {
  const hits = point.hits + more;
  return { ...point, hits, importOnly: point.importOnly && hits === 0 };
}

function share(points: readonly CoveragePoint[]): Share {
  return {
    total: points.length,
    covered: points.filter(({ hits, importOnly }) => hits > 0 || importOnly).length,
    importOnly: points.filter(({ importOnly }) => importOnly).length,
  };
}
