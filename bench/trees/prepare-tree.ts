/** Copies of the trees in bench/data/trees/, each a git repository with one commit, as its users would have it. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { dataFolder } from '../trowel.ts';
import { type TreeName, treeSources } from './tree-sources.ts';

export interface Tree {
  readonly name: string;
  readonly title: string;
  readonly folder: string;
  readonly codeFiles: number;
  /** With comments and blanks. */
  readonly codeLines: number;
  readonly codeBytes: number;
}

const treesFolder = path.join(dataFolder, 'trees');

/** The tree, made on first use. Throws `Absent`. */
export function prepareTree(name: TreeName): Tree {
  const { title, code, parts } = treeSources[name];
  const note = path.join(treesFolder, `${name}.json`);
  const folder = path.join(treesFolder, name);
  // Our own sources change.
  if (name !== 'small' && existsSync(note) && existsSync(folder))
    return { ...(JSON.parse(readFileSync(note, 'utf8')) as Tree), folder };
  const beside = `${folder}.${process.pid}`;
  try {
    for (const [place, { folder: from, only }] of Object.entries(parts()) as [
      string,
      { folder: string; only?: RegExp },
    ][]) {
      cpSync(from, path.join(beside, place), {
        recursive: true,
        preserveTimestamps: true,
        filter: (at) => {
          const entry = lstatSync(at);
          if (entry.isDirectory()) return !['__pycache__', 'node_modules'].includes(path.basename(at));
          return entry.isFile() && (!only || only.test(path.relative(from, at).split(path.sep).join('/')));
        },
      });
    }
    commitAll(beside);
    rmSync(folder, { recursive: true, force: true });
    renameSync(beside, folder);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  const tree = { name, title, folder, ...countCode(folder, code) };
  writeFileSync(note, JSON.stringify(tree));
  return tree;
}

/** Makes a folder a repository of its own; without git it stays a folder. */
export function commitAll(folder: string): void {
  const git = (...args: string[]): boolean =>
    spawnSync('git', ['-C', folder, ...args], { stdio: 'ignore' }).status === 0;
  if (!git('init', '-q')) return;
  appendFileSync(path.join(folder, '.git', 'info', 'exclude'), '.codegraph/\n');
  git('add', '-A');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', 'commit', '-q', '-m', 'as published');
}

export function countLines(content: Buffer): number {
  let lines = 0;
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, at + 1)) lines++;
  return lines;
}

function countCode(folder: string, code: RegExp): Pick<Tree, 'codeFiles' | 'codeLines' | 'codeBytes'> {
  let codeFiles = 0;
  let codeLines = 0;
  let codeBytes = 0;
  for (const file of codeFilesOf(folder, code)) {
    const content = readFileSync(path.join(folder, file));
    codeFiles++;
    codeBytes += content.length;
    codeLines += countLines(content);
  }
  return { codeFiles, codeLines, codeBytes };
}

/** Relative paths, in order. */
export function codeFilesOf(folder: string, code: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && code.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/^\.(git|codegraph)\//.test(file))
    .sort();
}
