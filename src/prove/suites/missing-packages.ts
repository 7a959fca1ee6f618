/** Modules that keep a suite from loading, and which packages bring them. */
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { proposePackage } from '#execution/packages/propose-package.ts';

const MOST = 4;

/** Fixtures that well-known plugins of pytest bring. */
const plugins: Readonly<Record<string, string>> = {
  benchmark: 'pytest-benchmark',
  mocker: 'pytest-mock',
  event_loop: 'pytest-asyncio',
  httpx_mock: 'pytest-httpx',
  requests_mock: 'requests-mock',
  aiohttp_client: 'pytest-aiohttp',
  snapshot: 'syrupy',
  freezer: 'pytest-freezer',
  qtbot: 'pytest-qt',
  django_db_setup: 'pytest-django',
  db: 'pytest-django',
  settings: 'pytest-django',
  datadir: 'pytest-datadir',
  httpserver: 'pytest-httpserver',
  fs: 'pyfakefs',
};

/** A sentence for each; nothing for modules of the tree. */
export function missingPackages(
  errors: readonly string[],
  ecosystem: 'python' | 'npm',
  packages: readonly DeclaredPackage[],
  isOfTree: (module: string) => boolean,
): readonly string[] {
  const modules = new Set<string>();
  for (const error of errors) {
    const pattern =
      ecosystem === 'python'
        ? /No module named '?([\w.]+)'?/g
        : /(?:Cannot find (?:module|package)|Failed to resolve import|Could not resolve) ['"]([^'"]+)['"]/g;
    for (const [, module] of error.matchAll(pattern)) {
      const name = ecosystem === 'python' ? module!.split('.')[0]! : module!;
      if (!/^[./#~]|^node:|^@\//.test(name) && !isOfTree(name)) modules.add(name);
    }
  }
  const fixtures = new Set(errors.flatMap((error) => /^fixture '(\w+)' not found/.exec(error)?.[1] ?? []));
  const ofPlugins = [...fixtures].flatMap((fixture) => {
    const name = Object.hasOwn(plugins, fixture) ? plugins[fixture] : undefined;
    return name === undefined ? [] : [`the fixture ${fixture} comes with the package ${name}: pip install ${name}.`];
  });
  const ofModules = [...modules].slice(0, MOST).flatMap((module) => {
    const proposal = proposePackage({ ecosystem, module }, packages);
    if (!proposal) return [];
    const { package: name, isDeclared, doubt } = proposal;
    const how = ecosystem === 'python' ? `pip install ${name}` : `npm install ${name}`;
    const first = isDeclared
      ? `${module} is not installed here, though the project asks for ${name}`
      : `${module} is not installed here; it comes with the package ${name}`;
    if (doubt !== undefined) return [`${first} (look twice: ${doubt}).`];
    return [`${first}: ${how}, or try one file with \`trowel run FILE --install\`.`];
  });
  return [...ofModules, ...ofPlugins];
}
