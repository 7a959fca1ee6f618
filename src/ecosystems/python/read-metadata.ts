/** What a built distribution says of itself: `*.dist-info/METADATA`, `*.egg-info/PKG-INFO`, `PKG-INFO` of a source archive. */
import { entryPointLines } from './entry-point.ts';
import { readIni } from './ini.ts';
import type { PythonPackage } from './python-package.ts';
import { dependencyOf } from './requirements.ts';

/** Group 1: the folder in which the distribution lies. */
export const builtMetadata = /^((?:[^/]+\/)*?)(?:[^/]+\.(?:dist-info\/METADATA|egg-info\/PKG-INFO)|PKG-INFO)$/;

export function readMetadata(into: PythonPackage): void {
  const [path] = into.matching(['PKG-INFO', '*.dist-info/METADATA', '*.egg-info/PKG-INFO']);
  if (path === undefined) return;
  const header = (into.project.text(path) ?? '').split(/\r?\n\r?\n/)[0]!.split(/\r?\n/);
  const isFirst = into.manifests.length === 0 || into.manifests[0] === path;
  if (into.manifests.length === 0) into.manifests.push(path);
  header.forEach((line, at) => {
    const pair = /^([\w-]+):\s*(.*)$/.exec(line);
    if (!pair) return;
    const [, field, value] = pair;
    if (field === 'Name') into.name ??= value;
    else if (field === 'Version') into.version ??= value;
    // Manifests of the project itself say it better where they are there.
    else if (field === 'Requires-Dist' && isFirst) {
      const extra = /;.*\bextra\s*==\s*['"]([\w.-]+)/.exec(value!)?.[1];
      into.dependencies.push(...dependencyOf(value!, extra === undefined ? 'runtime' : 'extra', path, at + 1, extra));
    }
  });
  const entries = into.matching(['*.dist-info/entry_points.txt', '*.egg-info/entry_points.txt'])[0];
  if (entries === undefined) return;
  for (const [group, values] of readIni(into.project.text(entries) ?? ''))
    entryPointLines(
      into,
      group,
      [...values].map(([name, { value }]) => `${name} = ${value}`),
    );
}
