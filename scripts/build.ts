/**
 * Bundles the command line and the worker entries into dist/, and copies the grammars beside them. Two builds may run at once,
 * and processes of an older build may still be loading chunks: everything is written beside and renamed into place, chunks
 * (named by content) before the entries that ask for them, and old chunks stay for a while.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { grammarFiles } from '../src/languages/grammars.ts';

const root = path.resolve(import.meta.dirname, '..');
const dist = path.join(root, 'dist');
const quiet = process.argv.includes('--quiet');
const OLD_CHUNK_MS = 24 * 3600 * 1000;

/** Composition roots: src/main.ts and every src/*-worker.ts. */
async function entryPoints(): Promise<string[]> {
  const names = await readdir(path.join(root, 'src'));
  return names.filter((name) => name === 'main.ts' || name.endsWith('-worker.ts')).map((name) => `src/${name}`);
}

/** Native, large or with files of their own beside them: these stay packages. All other dependencies go into the bundle. */
async function externalPackages(): Promise<string[]> {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const bundled = new Set(['zod', 'ignore', '@bufbuild/protobuf', '@modelcontextprotocol/server']);
  return Object.keys(manifest.dependencies).filter((name) => !bundled.has(name));
}

const extractionRooms = ['languages', 'model', 'parse'];
const judgeRooms = ['languages', 'model', 'rules', 'judge'];
const indexRooms = [
  ...extractionRooms,
  'graph',
  'index',
  'link',
  'scan',
  'search',
  'stores',
  'text',
  'vectors',
  'embedders',
  'workspace',
];
const findingsRooms = [...indexRooms, 'dead-code', 'duplication', 'ecosystems', 'findings', 'judge', 'rules'];

/** Of the sources in the rooms, tests left out, and of the packages that parse. */
async function identityOf(rooms: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const room of rooms) {
    const folder = path.join(root, 'src', room);
    const names = existsSync(folder) ? await readdir(folder, { recursive: true }) : [];
    for (const name of names.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).toSorted()) {
      hash.update(`${room}/${name}\0`).update(await readFile(path.join(folder, name)));
    }
  }
  const model = path.join(root, 'models', 'trowel-code.model');
  if (rooms === indexRooms && existsSync(model)) hash.update(await readFile(model));
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  return hash
    .update(JSON.stringify([manifest['dependencies'], manifest['devDependencies']]))
    .digest('hex')
    .slice(0, 12);
}

async function bundle(target: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: await entryPoints(),
    outdir: target,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: await externalPackages(),
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    chunkNames: '[name]-[hash]',
    define: {
      TROWEL_EXTRACTION_IDENTITY: JSON.stringify(await identityOf(extractionRooms)),
      TROWEL_JUDGE_IDENTITY: JSON.stringify(await identityOf(judgeRooms)),
      TROWEL_FINDINGS_IDENTITY: JSON.stringify(await identityOf(findingsRooms)),
      TROWEL_INDEX_IDENTITY: JSON.stringify(await identityOf(indexRooms)),
    },
    logLevel: 'warning',
  });
}

async function install(from: string): Promise<void> {
  const names = await readdir(from);
  const entries = new Set((await entryPoints()).map((entry) => path.basename(entry).replace(/\.ts$/, '.mjs')));
  const isEntry = (name: string): boolean => entries.has(name.replace(/\.map$/, ''));
  const order = [
    ...names.filter((name) => !isEntry(name)),
    ...names.filter(isEntry).toSorted((a, b) => b.length - a.length),
  ];
  for (const name of order) await rename(path.join(from, name), path.join(dist, name));
  const built = new Set(names);
  for (const name of await readdir(dist)) {
    if (built.has(name) || !/\.mjs(\.map)?$/.test(name)) continue;
    const file = path.join(dist, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > OLD_CHUNK_MS) await rm(file, { force: true });
  }
}

async function copyGrammars(): Promise<void> {
  const folder = path.join(dist, 'grammars');
  await mkdir(folder, { recursive: true });
  for (const { source, target } of grammarFiles()) {
    const to = path.join(folder, target);
    const from = path.join(root, 'node_modules', source);
    if (!existsSync(from)) continue;
    const [wanted, present] = await Promise.all([stat(from), stat(to).catch(() => undefined)]);
    if (present?.size === wanted.size && present.mtimeMs >= wanted.mtimeMs) continue;
    const beside = `${to}.${process.pid}`;
    await link(from, beside).catch(() => copyFile(from, beside));
    await rename(beside, to);
    await rm(beside, { force: true });
    await copyLicence(source, path.join(folder, `${target.replace(/\.wasm$/, '')}.LICENSE.txt`));
  }
}

/** The embedding model that belongs to Trowel, and the words that it finds alike. */
async function copyModels(): Promise<void> {
  const from = path.join(root, 'models');
  const folder = path.join(dist, 'models');
  await mkdir(folder, { recursive: true });
  for (const name of (await readdir(from)).filter((file) => /\.(?:model|related)$/.test(file))) {
    const to = path.join(folder, name);
    const [wanted, present] = await Promise.all([stat(path.join(from, name)), stat(to).catch(() => undefined)]);
    if (present?.size === wanted.size && present.mtimeMs >= wanted.mtimeMs) continue;
    const beside = `${to}.${process.pid}`;
    await copyFile(path.join(from, name), beside);
    await rename(beside, to);
  }
}

/** What runs on a target's own Node or Python. */
async function copyHarness(): Promise<void> {
  const from = path.join(root, 'harness');
  if (!existsSync(from)) return;
  for (const name of await readdir(from, { recursive: true })) {
    if (!/\.(mjs|cjs|py)$/.test(name)) continue;
    const to = path.join(dist, 'harness', name);
    await mkdir(path.dirname(to), { recursive: true });
    const beside = `${to}.${process.pid}`;
    await copyFile(path.join(from, name), beside);
    await rename(beside, to);
  }
}

/** The table of what the Python standard library declares is made from typeshed. */
async function copyDeclarationsLicence(): Promise<void> {
  const from = path.join(root, 'node_modules/pyright/dist/typeshed-fallback/LICENSE');
  if (existsSync(from)) await copyFile(from, path.join(dist, 'typeshed.LICENSE.txt'));
}

/** What is published carries other people's grammars, so it carries their licences. */
async function copyLicence(source: string, to: string): Promise<void> {
  const owner = source
    .split('/')
    .slice(0, source.startsWith('@') ? 2 : 1)
    .join('/');
  const folder = path.join(root, 'node_modules', owner);
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying|thirdpartynotices|notice)/i.test(name));
  const { license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { license?: string };
  const texts = await Promise.all(names.toSorted().map((name) => readFile(path.join(folder, name), 'utf8')));
  await writeFile(to, [`${owner}: ${license ?? 'see below'}`, ...texts].join('\n\n'));
}

const started = new Date();
await mkdir(dist, { recursive: true });
const beside = await mkdtemp(path.join(dist, 'building-'));
try {
  await Promise.all([bundle(beside), copyGrammars(), copyModels(), copyHarness(), copyDeclarationsLicence()]);
  await install(beside);
  // bin/trowel compares the sources with this file's time: that of the start, so that an edit during the build counts as newer.
  const stamp = path.join(dist, `.built.${process.pid}`);
  await writeFile(stamp, `${process.execPath}\n`);
  await utimes(stamp, started, started);
  await rename(stamp, path.join(dist, '.built'));
} finally {
  await rm(beside, { recursive: true, force: true });
}
if (!quiet) console.log(`built ${path.relative(process.cwd(), dist) || 'dist'}`);
