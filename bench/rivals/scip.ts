/** Sourcegraph's indexers, which use Pyright and the TypeScript compiler: definitions and references by types. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installNpm } from '../trees/install.ts';
import type { Tree } from '../trees/prepare-tree.ts';
import { dataFolder } from '../trowel.ts';
import { fileBytes, type Rival } from './rival.ts';

const HEAP = '--max-old-space-size=12288';

interface ScipIndexer {
  readonly name: string;
  readonly version: string;
  readonly args: (tree: Tree, output: string) => readonly string[];
  readonly prepare?: (tree: Tree) => void;
}

function scipIndexer({ name, version, args, prepare }: ScipIndexer): Rival {
  const packageName = `@sourcegraph/${name}`;
  const folder = installNpm(path.join(dataFolder, 'rivals', name), { [packageName]: version });
  const home = path.join(folder, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const program = path.join(home, typeof bin === 'string' ? bin : bin[name]!);
  const output = path.join(dataFolder, 'indexes', `${name}.scip`);
  return {
    name,
    version,
    scope: 'definitions and references',
    timeoutSeconds: 900,
    index(tree) {
      mkdirSync(path.dirname(output), { recursive: true });
      rmSync(output, { force: true });
      prepare?.(tree);
      return { file: process.execPath, args: [HEAP, program, ...args(tree, output)], cwd: tree.folder };
    },
    indexed() {
      const bytes = fileBytes(output);
      if (bytes < 10_000) throw new Error('it wrote no index');
      return { found: 'an SCIP file', bytes };
    },
    clean(tree) {
      rmSync(output, { force: true });
      if (prepare) rmSync(path.join(tree.folder, 'tsconfig.json'), { force: true });
    },
  };
}

/** No packages of the machine's Python: as for the others, only the tree is there. */
function emptyPythonEnvironment(): string {
  const file = path.join(dataFolder, 'rivals', 'no-packages.json');
  writeFileSync(file, '[]');
  return file;
}

export function scipPython(): Rival {
  return scipIndexer({
    name: 'scip-python',
    version: '0.6.6',
    args: (tree, output) => [
      'index',
      tree.folder,
      '--project-name',
      tree.name,
      '--project-version',
      '1',
      '--environment',
      emptyPythonEnvironment(),
      '--output',
      output,
    ],
  });
}

export function scipTypescript(): Rival {
  return scipIndexer({
    name: 'scip-typescript',
    version: '0.4.0',
    args: (_, output) => ['index', '--output', output],
    // It asks for a configuration; the packages' own extend files that they do not publish.
    prepare: (tree) =>
      writeFileSync(
        path.join(tree.folder, 'tsconfig.json'),
        JSON.stringify({
          compilerOptions: {
            target: 'es2022',
            module: 'esnext',
            moduleResolution: 'bundler',
            allowImportingTsExtensions: true,
            noEmit: true,
            skipLibCheck: true,
            types: [],
          },
          include: ['packages/**/*.ts', 'packages/**/*.tsx'],
        }),
      ),
  });
}
