// Import rules of ARCHITECTURE.md. Rooms and tiers: test/architecture/rooms.json. test/architecture/ plants violations of each.
import { readFileSync } from 'node:fs';

const { tiers, sharedLanguageFolders } = JSON.parse(
  readFileSync(new URL('test/architecture/rooms.json', import.meta.url), 'utf8'),
);
const rooms = tiers.flat();
const isTest = '\\.test\\.ts$';
const anyOf = (names) => `^src/(${names.join('|')})/`;

const tierRules = tiers.flatMap((tier, level) =>
  tier.flatMap((room) => {
    const allowed = new Set([room, ...tiers.slice(0, level).flat()]);
    const forbidden = rooms.filter((other) => !allowed.has(other));
    return forbidden.length === 0
      ? []
      : [
          {
            name: `lower-tier-only-${room}`,
            comment: 'Imports go to a lower tier; rooms of one tier meet in the types of model.',
            severity: 'error',
            from: { path: `^src/${room}/`, pathNot: isTest },
            to: { path: anyOf(forbidden) },
          },
        ];
  }),
);

export default {
  forbidden: [
    ...tierRules,
    {
      name: 'known-room',
      comment: 'A folder under src is a room with a tier: add it to rooms.json and ARCHITECTURE.md.',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: anyOf(rooms) },
    },
    {
      name: 'no-cycle',
      comment: 'What imports in a circle cannot be understood or loaded in parts. Types do not count.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'base-and-model-alone',
      comment: 'The ground floor imports nothing of ours, so that a browser can have model.',
      severity: 'error',
      from: { path: '^src/(base|model)/', pathNot: isTest },
      to: { path: '^src/', pathNot: '^src/$1/' },
    },
    {
      name: 'model-in-a-browser',
      comment: 'model and text run in a browser: nothing of Node.',
      severity: 'error',
      from: { path: '^src/(model|text)/', pathNot: isTest },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional'] },
    },
    {
      name: 'members-by-registry',
      comment:
        'Members of the languages catalogue are loaded by its registry only, so that a language costs nothing until it is met.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/languages/(registry|ecmascript-tree)\\.ts$', '^src/languages/[^/]+/', isTest],
      },
      to: { path: '^src/languages/[^/]+/', pathNot: `^src/languages/(${sharedLanguageFolders.join('|')})/` },
    },
    {
      name: 'families-apart',
      comment: 'One language family does not know another; what they share lies in a folder of its own.',
      severity: 'error',
      from: { path: '^src/languages/([^/]+)/', pathNot: isTest },
      to: {
        path: '^src/languages/[^/]+/',
        pathNot: ['^src/languages/$1/', `^src/languages/(${sharedLanguageFolders.join('|')})/`],
      },
    },
    {
      name: 'operations-by-registry',
      comment: 'Only the registry loads operations; they do not call each other.',
      severity: 'error',
      from: { path: '^src/doors/' },
      to: {
        path: '^src/operations/',
        pathNot: '^src/operations/(registry|operation|services|flags|global-flags)\\.ts$',
      },
    },
    {
      name: 'doors-see-the-surface',
      comment: 'Doors see operations, config, model and base; never engines or stores.',
      severity: 'error',
      from: { path: '^src/doors/([^/]+)/', pathNot: isTest },
      to: { path: '^src/', pathNot: ['^src/doors/$1/', '^src/(operations|config|model|base)/'] },
    },
    {
      name: 'roots-are-roots',
      comment: 'Composition roots import rooms; nothing imports them.',
      severity: 'error',
      from: { path: '^src/[^/]+/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'product-without-tests',
      comment: 'Nothing that ships imports a test, a benchmark or a script.',
      severity: 'error',
      from: { path: '^src/', pathNot: isTest },
      to: { path: ['^(test|bench|scripts)/', isTest] },
    },
    {
      name: 'no-unresolved',
      comment: 'An import that cannot be found was not checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages',
      comment: 'What ships imports dependencies that package.json declares for use, not for development.',
      severity: 'error',
      from: { path: '^src/', pathNot: isTest },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'deprecated'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(test/fixtures|bench/data|dist)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
