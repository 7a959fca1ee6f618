import path from 'node:path';
import { type ExampleText, examplesFrom } from '#generate/knowledge/examples-ecmascript.ts';
import type { Candidate } from '#generate/model/candidate.ts';
import { camelCase } from '#generate/write/step-names.ts';
import type { ModuleSurface } from '#generate/model/surface.ts';
import type { LoadedModules } from '../explorer.ts';
import type { StudiedFile, StudiedProject } from '../proving-language.ts';

const MOST_TEXTS = 80;
const MOST_LENGTH = 200_000;

/** What README, documentation, comments and existing tests do with the modules. */
export async function ecmascriptExamples(
  _loaded: LoadedModules,
  files: readonly StudiedFile[],
  surfaces: readonly ModuleSurface[],
  project: StudiedProject,
): Promise<Candidate[]> {
  const name = project.declared?.name;
  const numbers = new Map(files.map((file, module) => [file.path.replace(/\.[cm]?[jt]sx?$/, ''), module]));
  const entries = new Set(project.declared?.entries.filter(({ use }) => use === 'public').map((entry) => entry.path));
  const main = Math.max(
    0,
    files.findIndex((file) => entries.has(file.path)),
  );
  const resolverOf =
    (from: string) =>
    (specifier: string): number | undefined => {
      if (specifier === name || (name !== undefined && specifier.startsWith(`${name}/`))) {
        const inside = name === undefined ? '' : specifier.slice(name.length + 1);
        return numbers.get(inside.replace(/\.[cm]?js$/, '')) ?? main;
      }
      if (!specifier.startsWith('.')) return undefined;
      const target = path.posix
        .join(path.posix.dirname(from), specifier)
        .replace(/\.[cm]?[jt]sx?$/, '')
        .replace(/\/$/, '');
      // A package's own folder means its entry.
      return (
        numbers.get(target) ?? numbers.get(`${target}/index`) ?? (target === '.' || target === '' ? main : undefined)
      );
    };
  const isProse = (one: string): boolean =>
    /(?:^|\/)(?:readme|usage|api)[^/]*\.(?:md|markdown)$|^docs?\/.*\.md$/i.test(one);
  const isTest = (one: string): boolean =>
    /(?:^|\/)(?:tests?|__tests__|specs?|examples?)\/.*\.[cm]?[jt]s$|[.-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)test\.[cm]?[jt]s$/.test(
      one,
    ) && !one.endsWith('.d.ts');
  const texts: ExampleText[] = [];
  const add = (one: string, kind: ExampleText['kind']): void => {
    const text = project.readText(one);
    if (text !== undefined && text.length < MOST_LENGTH) texts.push({ kind, text, moduleOf: resolverOf(one) });
  };
  for (const one of project.paths.filter(isProse).slice(0, 20)) add(one, 'prose');
  for (const { path: one } of files) add(one, 'prose');
  for (const one of project.paths.filter(isTest).slice(0, 60)) add(one, 'code');
  const names = new Map(
    files.map((file, module) => [camelCase(path.posix.basename(file.path).replace(/\.[^.]+$/, '')), module]),
  );
  if (name !== undefined) names.set(camelCase(name.replace(/^@[^/]+\//, '')), main);
  return examplesFrom(texts.slice(0, MOST_TEXTS), surfaces, names);
}
