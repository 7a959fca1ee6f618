/** universal-ctags: definitions, no references. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Absent, installDebian } from '../trees/install.ts';
import { countLines } from '../trees/prepare-tree.ts';
import { dataFolder } from '../trowel.ts';
import { fileBytes, type Rival } from './rival.ts';

export function ctags(): Rival {
  const readVersion = (): string | undefined =>
    /Universal Ctags ([\w.]+)/.exec(spawnSync('ctags', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  let version = readVersion();
  if (version === undefined) {
    installDebian('universal-ctags');
    version = readVersion();
  }
  if (version === undefined) throw new Absent('install the package universal-ctags');
  const output = path.join(dataFolder, 'indexes', 'ctags.tags');
  return {
    name: 'universal-ctags',
    version,
    scope: 'definitions only',
    timeoutSeconds: 120,
    index(tree) {
      mkdirSync(path.dirname(output), { recursive: true });
      rmSync(output, { force: true });
      return { file: 'ctags', args: ['-R', '--exclude=.git', '--exclude=.codegraph', '-f', output, tree.folder] };
    },
    indexed() {
      const tags = countLines(readFileSync(output));
      if (tags < 50) throw new Error('it found no definitions');
      return { found: `${tags} tags`, bytes: fileBytes(output), more: { tags } };
    },
    clean: () => rmSync(output, { force: true }),
  };
}
