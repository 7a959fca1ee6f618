/** Packages whose published files are their sources, with many releases; taken by name when the bench runs. */
export interface ReleasedPackage {
  readonly registry: 'npm' | 'pypi';
  readonly name: string;
}

export const releasedPackages: readonly ReleasedPackage[] = [
  ...['eslint', 'knex', 'mocha', 'stylelint', 'karma', 'sequelize', 'mysql2'].map((name) => ({
    registry: 'npm' as const,
    name,
  })),
  ...['pytest', 'werkzeug'].map((name) => ({
    registry: 'pypi' as const,
    name,
  })),
];

/** The latest so many; older code of a package says little of it now, and each costs a download. */
export const MOST_RELEASES = 90;
export const LEAST_RELEASES = 40;
