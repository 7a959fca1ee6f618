import path from 'node:path';
import { buildSurface } from '#generate/knowledge/build-surface.ts';
import { readDeclaredTypes } from '#generate/knowledge/declared-types.ts';
import { readLiterals } from '#generate/knowledge/read-literals.ts';
import { ecmascriptDoubles } from '#generate/write/ecmascript-doubles.ts';
import { ecmascriptLiteral } from '#generate/write/ecmascript-literal.ts';
import { writeEcmascript } from '#generate/write/ecmascript-writer.ts';
import { camelCase } from '#generate/write/step-names.ts';
import { ecmascriptInstrumenter } from '#instrument/instrument-ecmascript.ts';
import type { Toolchain } from '#sandbox/toolchains/toolchain.ts';
import type { ExploredModule } from '../explorer.ts';
import type { ProvingLanguage, StudiedFile, StudiedProject } from '../proving-language.ts';
import { ecmascriptBenchmarkPlace, runEcmascriptBenchmarks } from './benchmarks.ts';
import { ecmascriptExamples } from './ecmascript-examples.ts';
import { runEcmascriptTests } from './ecmascript-run.ts';
import { existingTests, placeEcmascriptTests, testFormat } from './ecmascript-places.ts';
import { nodeFormat } from './node-format.ts';
import { aliasFor, testsUseAliases } from './project-alias.ts';

export interface EcmascriptTools {
  readonly node: Toolchain;
  /** Where the harness's files lie; sandboxes must let it be read. */
  readonly harnessFolder: string;
}

export function ecmascriptTarget({ node, harnessFolder }: EcmascriptTools): ProvingLanguage {
  const instrumenter = ecmascriptInstrumenter();
  return {
    id: 'ecmascript',
    modulesOf(files, project) {
      return new Map(
        files.map((file): readonly [string, ExploredModule] => [
          file.path,
          { file: path.join(project.root, file.path), format: nodeFormat(file.path, file.text, project) },
        ]),
      );
    },
    async instrument(file, id, firstMutant) {
      const instrument = await instrumenter;
      return instrument(file.text, file.language, {
        id,
        firstMutant,
        mutants: true,
        distances: true,
        strip: file.language !== 'javascript',
      });
    },
    loading: () => ({ doubles: ecmascriptDoubles }),
    async harness(_sandbox, mark, { timeZone, locale }) {
      return {
        program: node.program,
        arguments: [
          '--experimental-vm-modules',
          // Packages are resolved from the file that imports them.
          '--experimental-import-meta-resolve',
          '--disable-warning=ExperimentalWarning',
          '--no-deprecation',
          '--stack-size=900',
          path.join(harnessFolder, 'javascript', 'explore-main.mjs'),
          mark,
        ],
        environment: { ...node.environment, TZ: timeZone, LANG: locale, LC_ALL: locale, NODE_ENV: 'test' },
      };
    },
    async surfaces(loaded, files, project) {
      const described = new Map(files.map((file) => [file.path, declarationFile(file, project)]));
      const declared = await readDeclaredTypes([
        ...new Set([...described.values()].map((one) => path.join(project.root, one))),
      ]);
      return loaded.surface.map(({ entries }, module) =>
        buildSurface(module, entries ?? [], declared.get(path.join(project.root, described.get(files[module]!.path)!))),
      );
    },
    fillPool(pool, files) {
      for (const { text } of files) readLiterals(text, pool);
    },
    examples: ecmascriptExamples,
    placeTests: placeEcmascriptTests,
    specifier(testPath, file, project) {
      const aliased = testsUseAliases(existingTests(project), project) ? aliasFor(file.path, project) : undefined;
      if (aliased !== undefined) return { specifier: aliased, name: camelCase(moduleName(file, project)) };
      let relative = path.posix.relative(path.posix.dirname(testPath), file.path);
      if (!relative.startsWith('.')) relative = `./${relative}`;
      const isTypeScript = /\.[cm]?tsx?$/.test(file.path);
      if (isTypeScript)
        relative = relative.replace(
          /\.([cm]?)tsx?$/,
          project.readText('tsconfig.json')?.includes('allowImportingTsExtensions') ? '$&' : '.$1js',
        );
      else if (testFormat(testPath, project) === 'commonjs')
        relative = relative.replace(/\/index\.js$|\.js$/, (end) => (end === '.js' ? '' : '/index.js'));
      return { specifier: relative, name: camelCase(moduleName(file, project)) };
    },
    write: writeEcmascript,
    literal: (value) =>
      ecmascriptLiteral(value, { step: String, imported: (_, path) => path.join('.'), callback: () => undefined }),
    runTests: (sandbox, paths, style, project, seed) => runEcmascriptTests(node, sandbox, paths, style, project, seed),
    placeBenchmarks: (file, project) => ecmascriptBenchmarkPlace(placeEcmascriptTests(file, project), project),
    runBenchmarks: (sandbox, place) => runEcmascriptBenchmarks(node, sandbox, place),
  };
}

/** Declarations beside a file, or those of the package where the file is its entry, tell more than JavaScript does. */
function declarationFile(file: StudiedFile, project: StudiedProject): string {
  if (/\.[cm]?tsx?$/.test(file.path)) return file.path;
  const beside = file.path.replace(/\.([cm]?)jsx?$/, '.d.$1ts');
  if (project.readText(beside) !== undefined) return beside;
  const plain = file.path.replace(/\.[cm]?jsx?$/, '.d.ts');
  if (project.readText(plain) !== undefined) return plain;
  const isEntry = project.declared?.entries.some(({ path: entry, use }) => entry === file.path && use === 'public');
  const types = project.declared?.entries.find(({ path: entry }) => /\.d\.[cm]?ts$/.test(entry))?.path;
  return isEntry && types !== undefined ? types : file.path;
}

function moduleName(file: StudiedFile, project: StudiedProject): string {
  const name = path.posix.basename(file.path).replace(/\.[^.]+$/, '');
  if (!/^(index|main|mod)$/.test(name)) return name;
  const folder = path.posix.basename(path.posix.dirname(file.path));
  if (folder !== '.' && folder !== '' && !/^(src|lib|dist|source|build|cjs|esm|es)$/.test(folder)) return folder;
  return project.declared?.name?.replace(/^@[^/]+\//, '') ?? 'main';
}
