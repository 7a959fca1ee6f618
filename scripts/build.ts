/** Bundles the command line and the worker entries into dist/, and copies the grammars beside them. */
import { build } from 'esbuild';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { grammarFiles } from '../src/languages/grammars.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const quiet = process.argv.includes('--quiet');

async function bundle(): Promise<void> {
  // Chunks are named by content: old ones would pile up.
  if (existsSync(dist)) {
    for (const name of await readdir(dist)) {
      if (name.endsWith('.mjs') || name.endsWith('.mjs.map')) await rm(path.join(dist, name));
    }
  }
  await build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts', 'src/parse-worker.ts'].filter((entry) => existsSync(path.join(root, entry))),
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    chunkNames: '[name]-[hash]',
    logLevel: 'warning',
  });
}

async function copyGrammars(): Promise<void> {
  const folder = path.join(dist, 'grammars');
  await mkdir(folder, { recursive: true });
  for (const { source, target } of grammarFiles()) {
    const to = path.join(folder, target);
    const from = path.join(root, 'node_modules', source);
    if (!existsSync(to) && existsSync(from)) await copyFile(from, to);
  }
}

await mkdir(dist, { recursive: true });
await Promise.all([bundle(), copyGrammars()]);
await writeFile(path.join(dist, '.built'), '');
if (!quiet) console.log(`built ${path.relative(process.cwd(), dist) || 'dist'}`);
