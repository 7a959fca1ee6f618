/** @colbymchenry/codegraph: symbols and calls in SQLite, with tree-sitter. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../measure/run-child.ts';
import { installNpm } from '../trees/install.ts';
import type { Tree } from '../trees/prepare-tree.ts';
import { dataFolder } from '../trowel.ts';
import { fileBytes, type Rival } from './rival.ts';

const VERSION = '1.6.1';
const folder = path.join(dataFolder, 'rivals', 'codegraph');
const environment = {
  CODEGRAPH_NO_DAEMON: '1',
  CODEGRAPH_TELEMETRY: '0',
  CODEGRAPH_NO_UPDATE_CHECK: '1',
  DO_NOT_TRACK: '1',
};

export interface Codegraph extends Rival {
  readonly command: (...args: readonly string[]) => Command;
  /** A script on its own Node with its library's path as the first argument. */
  readonly script: (file: string, ...args: readonly string[]) => Command;
}

export function codegraph(timeoutSeconds = 300): Codegraph {
  installNpm(folder, { '@colbymchenry/codegraph': VERSION });
  const bundle = path.join(folder, 'node_modules', '@colbymchenry', `codegraph-${process.platform}-${process.arch}`);
  const node = path.join(bundle, 'node');
  const flags = ['--liftoff-only', '--disable-warning=ExperimentalWarning'];
  const command = (...args: readonly string[]): Command => ({
    file: path.join(bundle, 'bin', 'codegraph'),
    args,
    env: environment,
  });
  const clean = (tree: Tree): void => rmSync(path.join(tree.folder, '.codegraph'), { recursive: true, force: true });
  return {
    name: 'codegraph',
    version: VERSION,
    scope: 'symbols and calls',
    timeoutSeconds,
    command,
    script: (file, ...args) => ({
      file: node,
      args: [...flags, file, path.join(bundle, 'lib', 'dist', 'index.js'), ...args],
      env: environment,
    }),
    index(tree) {
      clean(tree);
      return command('init', '-y', tree.folder);
    },
    indexed(tree) {
      const { file, args } = command('status', '--json', tree.folder);
      const status = JSON.parse(
        execFileSync(file, args, { encoding: 'utf8', env: { ...process.env, ...environment } }),
      ) as { fileCount: number; nodeCount: number; edgeCount: number };
      if (status.nodeCount === 0) throw new Error('it found no symbols');
      return {
        found: `${status.fileCount} files, ${status.nodeCount} symbols, ${status.edgeCount} edges`,
        bytes: fileBytes(path.join(tree.folder, '.codegraph')),
        more: { files: status.fileCount, symbols: status.nodeCount, edges: status.edgeCount },
      };
    },
    clean,
  };
}
