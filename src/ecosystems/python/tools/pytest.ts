import { asRecord, asText, asTexts, lineOf } from '../../read-data.ts';
import { stringsWithin } from '../../static-value.ts';
import { evaluatePython } from '../evaluate-python.ts';
import { iniLines, readIni } from '../ini.ts';
import type { PythonPackage } from '../python-package.ts';
import type { PythonTool } from '../tool.ts';

interface Settings {
  readonly path: string;
  get(key: string): string[];
}

export const pytest: PythonTool = {
  id: 'pytest',
  packages: [],
  conventions: [
    { globs: ['**/conftest.py'], use: 'test' },
    { globs: ['**/{test_*,*_test,tests}.py', '**/tests/**/test*.py'], use: 'test' },
  ],
  read(into, pyproject) {
    const known = into.dependencies.some(({ name }) => name === 'pytest' || name.startsWith('pytest-'));
    const settings = findSettings(into, pyproject);
    const hasConftest = into.matching(['**/conftest.py']).length > 0;
    const testFiles = into.matching(['**/{test_*,*_test}.py']);
    if (settings === undefined && !known && !hasConftest) {
      const unit = testFiles.some((path) => /\bunittest\b/.test(into.project.text(path) ?? ''));
      if (!unit) return;
      into.tests.push({
        framework: 'unittest',
        configuration: undefined,
        include: rooted(into, ['**/test*.py']),
        exclude: [],
        setup: [],
      });
      return;
    }
    const names = settings?.get('python_files').flatMap((line) => line.split(/\s+/)) ?? [];
    const files = names.length > 0 ? names : ['test_*.py', '*_test.py'];
    const folders = settings?.get('testpaths').flatMap((line) => line.split(/\s+/)) ?? [];
    const include = (folders.length > 0 ? folders : ['']).flatMap((folder) =>
      files.map((file) =>
        [folder.replace(/^\.\/|\/$/g, ''), '**', file].filter((part) => part !== '' && part !== '.').join('/'),
      ),
    );
    const conftests = into.matching(['**/conftest.py']);
    into.tests.push({
      framework: 'pytest',
      configuration: settings?.path,
      include: rooted(into, include),
      exclude: [],
      setup: conftests,
    });
    for (const path of into.matching(include)) into.entries.push({ path, use: 'test', reason: 'pytest configuration' });
    for (const root of settings?.get('pythonpath').flatMap((line) => line.split(/\s+/)) ?? []) {
      const folder = into.inside(root);
      if (folder !== undefined) into.declaredRoots.add(folder);
    }
    const options = settings?.get('addopts').join(' ') ?? '';
    for (const match of options.matchAll(/(?:^|\s)-p\s*(?:no:)?([\w.]+)/g))
      into.named(match[1]!, 'pytest plug-in', settings!.path);
    if (/--cov\b|--cov=/.test(options))
      into.uses.push({ name: 'pytest_cov', path: settings!.path, line: 1, as: 'pytest option' });
    if (/(?:^|\s)-n[ =]?(?:auto|\d)/.test(options))
      into.uses.push({ name: 'xdist', path: settings!.path, line: 1, as: 'pytest option' });
    for (const key of ['DJANGO_SETTINGS_MODULE', 'django_find_project', 'asyncio_mode', 'timeout']) {
      const value = settings?.get(key)[0];
      if (value === undefined) continue;
      if (key === 'DJANGO_SETTINGS_MODULE') into.named(value, 'pytest setting', settings!.path);
      const plugin = {
        DJANGO_SETTINGS_MODULE: 'pytest_django',
        django_find_project: 'pytest_django',
        asyncio_mode: 'pytest_asyncio',
        timeout: 'pytest_timeout',
      }[key];
      if (plugin !== undefined) into.uses.push({ name: plugin, path: settings!.path, line: 1, as: 'pytest setting' });
    }
    for (const path of conftests)
      for (const name of stringsWithin(
        [evaluatePython(into.project.text(path) ?? '').names.get('pytest_plugins')].filter(
          (each) => each !== undefined,
        ),
      ))
        into.named(name, 'pytest plug-in', path, lineOf(into.project.text(path) ?? '', name));
  },
};

function rooted(into: PythonPackage, globs: readonly string[]): string[] {
  return globs.map((glob) => (into.folder === '' ? glob : `${into.folder}/${glob}`));
}

/** In pytest's own order: pytest.ini, pyproject.toml, tox.ini, setup.cfg. */
function findSettings(into: PythonPackage, pyproject: Readonly<Record<string, unknown>>): Settings | undefined {
  const ini = (name: string, section: string): Settings | undefined => {
    const path = into.inside(name)!;
    const text = into.project.has(path) ? into.project.text(path) : undefined;
    const values = text === undefined ? undefined : readIni(text).get(section);
    return values && { path, get: (key) => iniLines(values.get(key)) };
  };
  const own = ini('pytest.ini', 'pytest') ?? ini('.pytest.ini', 'pytest');
  if (own) return own;
  const tool = asRecord(asRecord(pyproject['tool'])['pytest']);
  const table = { ...tool, ...asRecord(tool['ini_options']) };
  if (Object.keys(table).length > 0)
    return {
      path: into.inside('pyproject.toml')!,
      get: (key) => ((asText(table[key]) ?? '') !== '' ? [asText(table[key])!] : asTexts(table[key])),
    };
  return ini('tox.ini', 'pytest') ?? ini('setup.cfg', 'tool:pytest');
}
