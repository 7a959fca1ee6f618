export interface HotspotInput {
  readonly path: string;
  /** Commits that changed it. */
  readonly commits: number;
  /** Sum of the cognitive complexity of its functions. */
  readonly complexity: number;
}

export interface Hotspot extends HotspotInput {
  /** Between 0 and 1: product of both, each divided by the repository's highest. */
  readonly score: number;
}

/** Where work and difficulty meet (Tornhill, "Your Code as a Crime Scene"): change frequency × complexity. */
export function hotspots(files: readonly HotspotInput[]): Hotspot[] {
  const mostCommits = files.reduce((most, { commits }) => Math.max(most, commits), 1);
  const mostComplexity = files.reduce((most, { complexity }) => Math.max(most, complexity), 1);
  return files
    .map((file) => ({ ...file, score: (file.commits / mostCommits) * (file.complexity / mostComplexity) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}
