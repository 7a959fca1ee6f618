import path from 'node:path';
import type { TestStyle } from '#generate/write/test-file.ts';
import type { StudiedFile, StudiedProject, TestPlace } from '../proving-language.ts';
import { nodeFormat, packageType } from './node-format.ts';
import { propertyLibrary } from './property-library.ts';

const TEST = /(?:^|\/)(?:__tests__|tests?|specs?)\/.*\.[cm]?[jt]sx?$|[.-](?:test|spec)\.[cm]?[jt]sx?$/;

/** How a tree's existing tests are placed and written; without any, `test/<module>.test.js` on node:test. */
export function placeEcmascriptTests(file: StudiedFile, project: StudiedProject): TestPlace {
  const folder = project.declared?.folder ?? '';
  const existing = existingTests(project);
  const framework = frameworkOf(project);
  const sample = existing.find((one) => /\.[cm]?[jt]s$/.test(one)) ?? existing[0];
  const typescript =
    sample !== undefined && /\.[cm]?tsx?$/.test(sample) && framework !== 'node:test' && framework !== 'mocha';
  const stem = stemOf(file, project);
  const word = sample !== undefined && /[.-]spec\./.test(sample) ? 'spec' : 'test';
  const place = sample === undefined ? path.posix.join(folder, 'test') : folderFor(file, sample, folder);
  const isModule = packageType(file.path, project) === 'module';
  const fileIsModule = nodeFormat(file.path, file.text, project) === 'module';
  let extension = typescript
    ? 'ts'
    : sample !== undefined && /\.[cm]js$/.test(sample)
      ? sample.slice(sample.lastIndexOf('.') + 1)
      : 'js';
  if ((framework === 'node:test' || framework === 'mocha') && fileIsModule && !isModule && extension !== 'mjs')
    extension = 'mjs';
  const target = path.posix.join(place, `${stem}.${word}.${extension}`);
  const format =
    framework === 'vitest' || typescript || extension === 'mjs' || (isModule && extension !== 'cjs')
      ? 'module'
      : 'commonjs';
  const style: TestStyle = {
    framework,
    format: framework === 'jest' && sampleUsesImport(sample, project) ? 'module' : format,
    globals: framework === 'jest' || usesGlobals(project),
    typescript,
    ...propertyLibrary(project, existing, 'ecmascript'),
  };
  return { path: target, style };
}

/** Test files of the package that has the module. */
export function existingTests(project: StudiedProject): string[] {
  const folder = project.declared?.folder ?? '';
  return project.paths.filter(
    (one) =>
      TEST.test(one) &&
      !one.includes('node_modules/') &&
      (folder === '' || one.startsWith(`${folder}/`)) &&
      !/(?:^|\/)(fixtures?|__fixtures__|helpers?|mocks?|__mocks__)\//.test(one),
  );
}

export function testFormat(testPath: string, project: StudiedProject): 'module' | 'commonjs' {
  if (/\.(mjs|mts|ts|tsx)$/.test(testPath)) return 'module';
  return testPath.endsWith('.cjs') ? 'commonjs' : packageType(testPath, project);
}

function frameworkOf(project: StudiedProject): TestStyle['framework'] {
  const declared = project.declared?.tests.map(({ framework }) => framework) ?? [];
  for (const name of ['vitest', 'jest', 'mocha', 'node:test'] as const) {
    if (!declared.includes(name)) continue;
    // What cannot be run here cannot be proven: the suite is then written for Node's own.
    if (name === 'node:test' || project.readText(`node_modules/${name}/package.json`) !== undefined) return name;
  }
  return 'node:test';
}

function folderFor(file: StudiedFile, sample: string, root: string): string {
  const own = path.posix.dirname(file.path);
  const folder = path.posix.dirname(sample);
  if (/(?:^|\/)__tests__$/.test(folder)) return path.posix.join(own, '__tests__');
  const inTests = /^(.*?(?:^|\/)(?:tests?|specs?|__tests__))(?:\/|$)/.exec(folder);
  if (inTests) return inTests[1]!;
  return folder === '.' || folder === root ? path.posix.join(root, 'test') : own;
}

function stemOf(file: StudiedFile, project: StudiedProject): string {
  const name = path.posix.basename(file.path).replace(/(?:\.d)?\.[^.]+$/, '');
  const folder = path.posix.basename(path.posix.dirname(file.path));
  if (!/^(index|main)$/.test(name)) return name;
  if (folder !== '.' && folder !== '' && !/^(src|lib|dist|source|build|cjs|esm|es)$/.test(folder)) return folder;
  return (project.declared?.name ?? name).replace(/^@[^/]+\//, '').replaceAll(/[^\w-]/g, '-');
}

function sampleUsesImport(sample: string | undefined, project: StudiedProject): boolean {
  return sample !== undefined && /^\s*import\s/m.test(project.readText(sample) ?? '');
}

function usesGlobals(project: StudiedProject): boolean {
  const configuration = project.declared?.tests.find(({ framework }) => framework === 'vitest')?.configuration;
  return configuration !== undefined && /globals\s*:\s*true/.test(project.readText(configuration) ?? '');
}
