/** Which package registries a machine's user works with: the public ones, and those of the user's own settings. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface RegistryHosts {
  /** `host:port`, lower case. */
  readonly allowed: ReadonlySet<string>;
  /** What npm and pip are to be told inside: addresses without credentials. */
  readonly environment: Readonly<Record<string, string>>;
}

const publicHosts = ['registry.npmjs.org', 'registry.yarnpkg.com', 'pypi.org', 'files.pythonhosted.org'];

type Environment = Readonly<Record<string, string | undefined>>;

/** A project's own settings are not asked: a repository must not choose whom its programs may reach. */
export function registryHosts(environment: Environment, home = os.homedir()): RegistryHosts {
  const npm = npmRegistries(environment, home);
  const pip = pipIndexes(environment, home);
  const allowed = new Set(publicHosts.map((host) => `${host}:443`));
  for (const url of [...npm.all, ...pip.all]) allowed.add(`${url.hostname.toLowerCase()}:${portOf(url)}`);
  const certificates = environment['NODE_EXTRA_CA_CERTS'] ?? environment['PIP_CERT'] ?? environment['SSL_CERT_FILE'];
  return {
    allowed,
    environment: {
      ...(npm.main && { npm_config_registry: withoutCredentials(npm.main) }),
      ...(pip.main && { PIP_INDEX_URL: withoutCredentials(pip.main) }),
      // What the sandbox shows of the machine's certificates; others are not passed on.
      ...(certificates?.startsWith('/etc/ssl/certs/') && { NODE_EXTRA_CA_CERTS: certificates, PIP_CERT: certificates }),
    },
  };
}

function portOf(url: URL): string {
  return url.port !== '' ? url.port : url.protocol === 'http:' ? '80' : '443';
}

function withoutCredentials(url: URL): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain.href;
}

interface Registries {
  readonly main: URL | undefined;
  readonly all: readonly URL[];
}

function npmRegistries(environment: Environment, home: string): Registries {
  const files = [environment['NPM_CONFIG_USERCONFIG'] ?? path.join(home, '.npmrc'), '/etc/npmrc', '/usr/etc/npmrc'];
  const lines = files.flatMap((file) => [...textOf(file).matchAll(/^\s*(?:(@[^:\s]+):)?registry\s*=\s*(\S+)/gm)]);
  const main = urlOf(
    environment['npm_config_registry'] ??
      environment['NPM_CONFIG_REGISTRY'] ??
      lines.find(([, scope]) => scope === undefined)?.[2],
  );
  return { main, all: urls([main, ...lines.map(([, , url]) => urlOf(url))]) };
}

function pipIndexes(environment: Environment, home: string): Registries {
  const configuration = environment['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
  const files = ['/etc/pip.conf', path.join(home, '.pip/pip.conf'), path.join(configuration, 'pip/pip.conf')];
  const lines = [environment['PIP_CONFIG_FILE'] ?? '', ...files].flatMap((file) => [
    ...textOf(file).matchAll(/^\s*(index-url|extra-index-url)\s*=\s*((?:\S+[ \t]*(?:\n[ \t]+)?)+)/gm),
  ]);
  const main = urlOf(environment['PIP_INDEX_URL'] ?? lines.findLast(([, name]) => name === 'index-url')?.[2]?.trim());
  const extra = [environment['PIP_EXTRA_INDEX_URL'], ...lines.map(([, , value]) => value)];
  return { main, all: urls([main, ...extra.flatMap((value) => (value ?? '').split(/\s+/).map(urlOf))]) };
}

const urls = (found: readonly (URL | undefined)[]): URL[] => found.filter((url) => url !== undefined);

function urlOf(text: string | undefined): URL | undefined {
  if (text === undefined || !/^https?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text);
}

function textOf(file: string): string {
  try {
    return file === '' ? '' : readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
