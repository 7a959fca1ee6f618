/** Entry points that a project's own files declare. */
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { asRecord, asText, asTexts, readJson, readToml } from '#ecosystems/read-data.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { SurveyEntryPoint } from '#model/survey.ts';

type ReadText = (path: string) => string | undefined;

export function declaredEntries(
  snapshot: Snapshot,
  packages: readonly DeclaredPackage[],
  readText: ReadText,
): SurveyEntryPoint[] {
  const entries = packages.flatMap(ofPackage);
  for (const { path, roles } of snapshot.files()) {
    if (roles.includes('vendored') || roles.includes('test')) continue;
    const slash = path.lastIndexOf('/') + 1;
    const folder = path.slice(0, slash);
    const name = path.slice(slash);
    if (name === 'Cargo.toml') entries.push(...ofCargo(folder, readText(path) ?? ''));
    else if (name === 'composer.json') entries.push(...ofComposer(folder, readText(path) ?? ''));
    else if (/(?:^|\/)(?:bin|exe)\/$/.test(folder) && !name.includes('.'))
      entries.push({ path, line: 1, name, reason: 'command' });
  }
  return entries.filter(({ path }) => snapshot.fileByPath(path) !== undefined);
}

function ofPackage({ name, folder, binaries, entries }: DeclaredPackage): SurveyEntryPoint[] {
  const label = name ?? (folder === '' ? 'package' : folder);
  return [
    ...binaries.flatMap(({ command, file }) =>
      file === undefined ? [] : [{ path: file, line: 1, name: command, reason: 'command' }],
    ),
    ...entries
      .filter(({ use }) => use === 'public')
      .map(({ path, reason }) => ({ path, line: 1, name: label, reason })),
  ];
}

function ofCargo(folder: string, text: string): SurveyEntryPoint[] {
  const read = readToml(text);
  if (!('data' in read)) return [];
  const { package: about, lib, bin } = asRecord(read.data);
  const crate = asText(asRecord(about)['name']);
  if (crate === undefined) return [];
  const programs = Array.isArray(bin) ? bin.map(asRecord) : [];
  return [
    ...programs.flatMap(({ name, path }) => {
      const file = asText(path);
      return file === undefined
        ? []
        : [{ path: folder + file, line: 1, name: asText(name) ?? crate, reason: 'command' }];
    }),
    {
      path: folder + (asText(asRecord(lib)['path']) ?? 'src/lib.rs'),
      line: 1,
      name: asText(asRecord(lib)['name']) ?? crate,
      reason: 'crate root',
    },
  ];
}

function ofComposer(folder: string, text: string): SurveyEntryPoint[] {
  const read = readJson(text);
  if (!('data' in read)) return [];
  return asTexts(asRecord(read.data)['bin'] ?? []).map((file) => ({
    path: folder + file.replace(/^\.\//, ''),
    line: 1,
    name: file.split('/').pop()!,
    reason: 'command',
  }));
}
