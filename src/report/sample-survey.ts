import type { Survey } from '#model/survey.ts';

/** A survey with something in every part, and names that try to break out of a page or a terminal. */
export function sampleSurvey(): Survey {
  const hostile = '<script>alert(1)</script>"\'&\u001b[31m';
  const files = Array.from({ length: 120 }, (_, index) => ({
    path: `${['core', 'api', 'store', 'web/pages'][index % 4]}/part${index % 7}/file${index}.ts`,
    language: 'typescript',
    codeLines: 20 + ((index * 37) % 400),
    complexity: (index * 13) % 90,
    commits: (index * 7) % 40,
    test: index % 5 === 0,
  }));
  const names = ['core', 'api', 'store', 'web/pages', hostile];
  return {
    name: `sample ${hostile}`,
    root: '/repository',
    revision: {
      branch: 'main',
      commit: '0123456789abcdef',
      asOf: Date.UTC(2026, 0, 2, 3, 4),
      level: 'full',
      partial: false,
    },
    size: {
      files: 120,
      codeLines: 25_000,
      commentLines: 4000,
      blankLines: 3000,
      symbols: 5000,
      functions: 1500,
      types: 200,
      testFiles: 24,
      testCodeLines: 6000,
    },
    languages: [
      { language: 'typescript', name: 'TypeScript', files: 100, codeLines: 24_000, share: 0.96, level: 'flow' },
      { language: 'shell', name: 'Shell', files: 20, codeLines: 1000, share: 0.04, level: 'names' },
    ],
    modules: names.map((path, index) => ({
      path,
      files: 30 - index,
      codeLines: 9000 - index * 1500,
      layer: index % 3,
      usedBy: index,
      uses: 4 - index,
      instability: index / 4,
      abstractness: undefined,
      distance: undefined,
      about: index === 0 ? 'The heart of it.' : undefined,
    })),
    dependencies: [
      { from: 'web/pages', to: 'api', weight: 400, upward: false },
      { from: 'api', to: 'core', weight: 900, upward: true },
      { from: 'core', to: 'api', weight: 30, upward: true },
      { from: 'store', to: 'core', weight: 200, upward: false },
      { from: hostile, to: 'store', weight: 50, upward: false },
    ],
    communities: [
      {
        centre: 'core/a.ts',
        files: 12,
        codeLines: 4000,
        folders: [
          { path: 'core', files: 9 },
          { path: hostile, files: 3 },
        ],
      },
    ],
    entryPoints: [{ path: 'core/main.ts', line: 12, name: hostile, reason: 'package.json bin' }],
    readFirst: [{ path: 'README.md', line: 1, title: 'What it is', reason: 'says what it is' }],
    central: [
      {
        key: 'core/a.ts#A:class',
        name: 'A',
        kind: 'class',
        path: 'core/a.ts',
        line: 3,
        callers: 77,
        users: 90,
        rank: 0.1,
        cyclomatic: 3,
        cognitive: 2,
        codeLines: 30,
      },
    ],
    complex: [
      {
        key: 'core/b.ts#b:function',
        name: 'b',
        kind: 'function',
        path: 'core/b.ts',
        line: 9,
        callers: 2,
        users: 2,
        rank: 0,
        cyclomatic: 40,
        cognitive: 66,
        codeLines: 210,
      },
    ],
    hotspots: [
      { path: `core/${hostile}.ts`, score: 0.8, commits: 40, complexity: 88, codeLines: 400, mainAuthor: hostile },
    ],
    cycles: [{ files: ['core/a.ts', 'core/b.ts', 'api/c.ts'], example: ['core/a.ts', 'core/b.ts'], typeOnly: false }],
    people: {
      commits: 900,
      authors: 12,
      activeAuthors: 4,
      truckFactor: 2,
      keyAuthors: [
        { name: hostile, files: 60 },
        { name: 'Ben', files: 30 },
      ],
      islands: [{ folder: 'store', author: 'Ada', files: 12, share: 0.9 }],
      firstCommit: 1_500_000_000,
      lastCommit: 1_767_000_000,
      bugFixes: 200,
      shallow: false,
      truncated: false,
    },
    historyAbsence: undefined,
    activity: Array.from({ length: 40 }, (_, index) => ({
      month: `20${20 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
      commits: (index * 11) % 30,
      bugFixes: (index * 3) % 8,
    })),
    coupling: [{ first: 'core/a.ts', second: 'web/pages/x.ts', support: 9, confidence: 0.7, hidden: true }],
    trust: {
      exactCalls: 9000,
      inferredCalls: 800,
      candidateCalls: 300,
      externalCalls: 4000,
      unresolvedCalls: 700,
      partialFiles: ['core/broken.ts'],
      skipped: [{ reason: 'binary', files: 4 }],
    },
    files,
  };
}
