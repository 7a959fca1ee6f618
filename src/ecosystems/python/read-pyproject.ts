/** `pyproject.toml`: PEP 621 and 735, and what poetry, setuptools, hatch, flit, pdm and uv add. */
import type { DependencyKind } from '../ecosystem.ts';
import { asRecord, asText, asTexts, lineOf, readToml } from '../read-data.ts';
import { entryPoint } from './entry-point.ts';
import type { PythonPackage } from './python-package.ts';
import { dependencyOf } from './requirements.ts';

export function readPyproject(into: PythonPackage, path: string, text: string): Readonly<Record<string, unknown>> {
  const reading = readToml(text);
  if ('error' in reading) {
    into.unread.push({ path, line: reading.line, what: reading.error });
    return {};
  }
  const data = asRecord(reading.data);
  const project = asRecord(data['project']);
  const tool = asRecord(data['tool']);
  into.name ??= asText(project['name']) ?? asText(asRecord(tool['poetry'])['name']);
  into.version ??= asText(project['version']) ?? asText(asRecord(tool['poetry'])['version']);
  if (asTexts(project['classifiers']).some((each) => each.startsWith('Private ::'))) into.isPrivate = true;
  const list = (values: unknown, kind: DependencyKind, group?: string): void => {
    for (const each of asTexts(values))
      into.dependencies.push(
        ...dependencyOf(each, kind, path, lineOf(text, /^[\w.-]+/.exec(each)?.[0] ?? each), group),
      );
  };
  list(project['dependencies'], 'runtime');
  for (const [group, values] of Object.entries(asRecord(project['optional-dependencies'])))
    list(values, 'extra', group);
  for (const [group, values] of Object.entries(asRecord(data['dependency-groups']))) list(values, 'development', group);
  list(asRecord(data['build-system'])['requires'], 'build');
  const backend = asText(asRecord(data['build-system'])['build-backend']);
  if (backend !== undefined)
    into.uses.push({
      name: backend.replace(/[.:].*/, ''),
      path,
      line: lineOf(text, 'build-backend'),
      as: 'build backend',
    });
  list(asRecord(tool['uv'])['dev-dependencies'], 'development', 'dev');
  for (const [group, values] of Object.entries(asRecord(asRecord(tool['pdm'])['dev-dependencies'])))
    list(values, 'development', group);
  for (const [name, environment] of Object.entries(asRecord(asRecord(tool['hatch'])['envs']))) {
    list(asRecord(environment)['dependencies'], 'development', name);
    list(asRecord(environment)['extra-dependencies'], 'development', name);
  }
  for (const field of ['scripts', 'gui-scripts'])
    for (const [command, object] of Object.entries(asRecord(project[field])))
      entryPoint(into, command, asText(object), true);
  for (const group of Object.values(asRecord(project['entry-points'])))
    for (const [name, object] of Object.entries(asRecord(group))) entryPoint(into, name, asText(object), false);
  readPoetry(into, path, text, asRecord(tool['poetry']));
  readLayout(into, tool);
  readTasks(into, path, text, tool);
  if (asRecord(asRecord(tool['uv'])['workspace'])['members'] !== undefined) into.workspace = into.folder;
  return data;
}

function readPoetry(into: PythonPackage, path: string, text: string, poetry: Readonly<Record<string, unknown>>): void {
  const table = (values: unknown, kind: DependencyKind, group?: string): void => {
    for (const [name, value] of Object.entries(asRecord(values))) {
      if (name.toLowerCase() === 'python') continue;
      const one: unknown = Array.isArray(value) ? value[0] : value;
      const range = asText(one) ?? asText(asRecord(one)['version']) ?? '';
      const isOptional = asRecord(one)['optional'] === true;
      for (const found of dependencyOf(name, isOptional ? 'optional' : kind, path, lineOf(text, name), group))
        into.dependencies.push({ ...found, range });
    }
  };
  table(poetry['dependencies'], 'runtime');
  table(poetry['dev-dependencies'], 'development', 'dev');
  for (const [group, value] of Object.entries(asRecord(poetry['group'])))
    table(asRecord(value)['dependencies'], 'development', group);
  for (const [command, value] of Object.entries(asRecord(poetry['scripts'])))
    entryPoint(
      into,
      command,
      asText(value) ?? asText(asRecord(value)['callable']) ?? asText(asRecord(value)['reference']),
      true,
    );
  for (const group of Object.values(asRecord(poetry['plugins'])))
    for (const [name, object] of Object.entries(asRecord(group))) entryPoint(into, name, asText(object), false);
  if (poetry['package-mode'] === false) into.isPrivate = true;
  if (Array.isArray(poetry['packages']))
    for (const each of poetry['packages']) {
      const from = asText(asRecord(each)['from']);
      if (from !== undefined) addRoot(into, from);
    }
}

function readLayout(into: PythonPackage, tool: Readonly<Record<string, unknown>>): void {
  const setuptools = asRecord(tool['setuptools']);
  for (const folder of Object.values(asRecord(setuptools['package-dir'])))
    if (typeof folder === 'string') addRoot(into, folder);
  for (const where of asTexts(asRecord(asRecord(setuptools['packages'])['find'])['where'])) addRoot(into, where);
  for (const target of Object.values(asRecord(asRecord(asRecord(tool['hatch'])['build'])['targets'])))
    for (const folder of [...asTexts(asRecord(target)['packages']), ...asTexts(asRecord(target)['sources'])])
      addRoot(into, folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '.');
  const backend = asRecord(asRecord(tool['uv'])['build-backend']);
  if (typeof backend['module-root'] === 'string') addRoot(into, backend['module-root']);
  const pdm = asRecord(asRecord(tool['pdm'])['build']);
  if (typeof pdm['package-dir'] === 'string') addRoot(into, pdm['package-dir']);
  const maturin = asRecord(tool['maturin']);
  if (typeof maturin['python-source'] === 'string') addRoot(into, maturin['python-source']);
}

/** Scripts of task runners: pdm, hatch, poe, taskipy, rye. */
function readTasks(into: PythonPackage, path: string, text: string, tool: Readonly<Record<string, unknown>>): void {
  const tables = [
    asRecord(asRecord(tool['pdm'])['scripts']),
    asRecord(asRecord(tool['poe'])['tasks']),
    asRecord(asRecord(tool['taskipy'])['tasks']),
    asRecord(asRecord(tool['rye'])['scripts']),
    ...Object.values(asRecord(asRecord(tool['hatch'])['envs'])).map((each) => asRecord(asRecord(each)['scripts'])),
  ];
  for (const table of tables)
    for (const [name, value] of Object.entries(table)) {
      const commands = [
        ...asTexts(value),
        ...['cmd', 'shell', 'script', 'call', 'composite'].flatMap((key) => asTexts(asRecord(value)[key])),
      ];
      for (const command of commands) into.scripts.push({ name, command, path, line: lineOf(text, name) });
    }
}

function addRoot(into: PythonPackage, relative: string): void {
  const root = into.inside(relative);
  if (root !== undefined) into.declaredRoots.add(root);
}
