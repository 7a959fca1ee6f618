/** `setup.cfg` and `setup.py`, the latter by its syntax alone. */
import { alternatives, entriesOf, type StaticValue, stringsOf, valuesAt } from '../static-value.ts';
import { entryPointLines } from './entry-point.ts';
import { evaluatePython } from './evaluate-python.ts';
import { iniLines, readIni } from './ini.ts';
import type { PythonPackage } from './python-package.ts';
import { dependencyOf } from './requirements.ts';

export function readSetupCfg(into: PythonPackage, path: string, text: string): void {
  const ini = readIni(text);
  const metadata = ini.get('metadata');
  const options = ini.get('options');
  into.name ??= metadata?.get('name')?.value;
  const version = metadata?.get('version')?.value;
  if (version !== undefined && !/^(?:attr|file):/.test(version)) into.version ??= version;
  const list = (
    section: string,
    key: string,
    kind: 'runtime' | 'extra' | 'build' | 'development',
    group?: string,
  ): void => {
    const entry = ini.get(section)?.get(key);
    iniLines(entry).forEach((line, at) =>
      into.dependencies.push(...dependencyOf(line, kind, path, (entry?.line ?? 1) + at, group)),
    );
  };
  list('options', 'install_requires', 'runtime');
  list('options', 'setup_requires', 'build');
  list('options', 'tests_require', 'development');
  for (const extra of ini.get('options.extras_require')?.keys() ?? [])
    list('options.extras_require', extra, 'extra', extra);
  for (const [group, entry] of ini.get('options.entry_points') ?? []) entryPointLines(into, group, iniLines(entry));
  for (const line of iniLines(options?.get('package_dir'))) addRoot(into, line.replace(/^[^=]*=\s*/, ''));
  const where = ini.get('options.packages.find')?.get('where')?.value;
  if (where !== undefined) addRoot(into, where);
  for (const line of iniLines(options?.get('scripts'))) addScript(into, line);
}

export function readSetupPy(into: PythonPackage, path: string, text: string): void {
  const reading = evaluatePython(text);
  for (const call of reading.calls('setup')) {
    const name = stringsOf(valuesAt(call, 'name'))[0];
    into.name ??= name;
    into.version ??= stringsOf(valuesAt(call, 'version'))[0];
    const list = (
      values: readonly StaticValue[],
      kind: 'runtime' | 'extra' | 'build' | 'development',
      group?: string,
    ): void => {
      for (const value of stringsOf(values))
        for (const line of value.split('\n'))
          into.dependencies.push(...dependencyOf(line, kind, path, lineOfWord(text, line), group));
    };
    list(valuesAt(call, 'install_requires'), 'runtime');
    list(valuesAt(call, 'setup_requires'), 'build');
    list(valuesAt(call, 'tests_require'), 'development');
    for (const [extra, value] of entriesOf(valuesAt(call, 'extras_require'))) list(alternatives(value), 'extra', extra);
    for (const value of valuesAt(call, 'install_requires'))
      if (value.kind === 'unknown' || value.kind === 'call')
        into.unread.push({
          path,
          line: value.kind === 'unknown' ? value.line : 1,
          what: 'install_requires is computed',
        });
    for (const value of valuesAt(call, 'entry_points')) {
      if (value.kind === 'constant' && typeof value.value === 'string') readEntryText(into, value.value);
      for (const [group, lines] of entriesOf([value]))
        entryPointLines(
          into,
          group,
          stringsOf(alternatives(lines)).flatMap((each) => each.split('\n')),
        );
    }
    for (const folder of entriesOf(valuesAt(call, 'package_dir')))
      for (const root of stringsOf([folder[1]])) addRoot(into, root);
    for (const script of stringsOf(valuesAt(call, 'scripts'))) addScript(into, script);
    for (const module of stringsOf(valuesAt(call, 'py_modules')))
      into.dottedEntry(module, 'setup.py py_modules', 'public');
  }
  for (const found of [...reading.calls('find_packages'), ...reading.calls('find_namespace_packages')])
    for (const root of stringsOf([...valuesAt(found, 'where'), ...valuesAt(found, '0')])) addRoot(into, root);
}

function readEntryText(into: PythonPackage, text: string): void {
  for (const [group, entries] of readIni(text.replace(/^[ \t]+/gm, '')))
    entryPointLines(
      into,
      group,
      [...entries].map(([name, { value }]) => `${name} = ${value}`),
    );
}

function addScript(into: PythonPackage, relative: string): void {
  const file = into.inside(relative.trim());
  if (file === undefined || !into.project.has(file)) return;
  into.binaries.push({ command: file.slice(file.lastIndexOf('/') + 1), file });
  into.entries.push({ path: file, use: 'program', reason: 'script of setup' });
}

function addRoot(into: PythonPackage, relative: string): void {
  const root = into.inside(relative.trim());
  if (root !== undefined) into.declaredRoots.add(root);
}

function lineOfWord(text: string, requirement: string): number {
  const word = /[\w.-]+/.exec(requirement)?.[0] ?? requirement;
  const at = text.indexOf(word);
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
