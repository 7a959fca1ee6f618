/**
 * Public packages by name and version, fetched with their registries' own clients and unpacked once into bench/data.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** `pypi` takes the wheel (what is installed), `pypi-source` the source distribution. */
export type Registry = 'npm' | 'pypi' | 'pypi-source' | 'debian' | 'crates' | 'maven' | 'go';

export interface Package {
  readonly registry: Registry;
  /** As its registry names it; Maven: `group:artifact`. */
  readonly name: string;
  /** Debian: the newest one that the system's sources offer. */
  readonly version?: string;
  /** Folder inside the package that is looked at. */
  readonly within?: string;
}

export interface FetchedPackage {
  readonly label: string;
  readonly folder: string;
  /** The package's own root. */
  readonly root: string;
}

export const dataFolder = path.resolve(import.meta.dirname, '../data/agreement');

export function shell(command: string, cwd: string): string {
  return execFileSync('sh', ['-ec', command], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Undefined, with a line on stderr, where the registry cannot be reached or its client is not installed. */
export function fetchPackage(wanted: Package): FetchedPackage | undefined {
  const slug = `${wanted.registry}-${wanted.name.replace(/[^\w.-]+/g, '_')}${wanted.version ? `-${wanted.version}` : ''}`;
  const root = path.join(dataFolder, slug);
  if (!existsSync(root)) {
    const partial = `${root}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(partial, { recursive: true });
    try {
      unpack(wanted, partial);
      renameSync(partial, root);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      console.error(`${slug} is left out: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      return undefined;
    }
  }
  const version =
    wanted.version ??
    readdirSync(root)
      .find((name) => name.startsWith('version-'))
      ?.slice('version-'.length);
  return {
    label: `${wanted.registry} ${wanted.name}${version ? ` ${version}` : ''}${wanted.within ? `, ${wanted.within}` : ''}`,
    folder: path.join(root, wanted.within ?? ''),
    root,
  };
}

function unpack({ registry, name, version }: Package, into: string): void {
  switch (registry) {
    case 'npm':
      shell(`npm pack --silent '${name}@${version}' >/dev/null; tar -xzf *.tgz --strip-components=1; rm *.tgz`, into);
      return;
    case 'pypi':
      shell(
        `pip download --quiet --no-deps --only-binary :all: '${name}==${version}' -d . >/dev/null; unzip -q *.whl; rm *.whl`,
        into,
      );
      return;
    case 'pypi-source':
      shell(
        `pip download --quiet --no-deps --no-binary :all: '${name}==${version}' -d . >/dev/null; tar -xzf *.tar.gz --strip-components=1; rm *.tar.gz`,
        into,
      );
      return;
    case 'debian': {
      const file = shell(`apt-get download '${name}' >/dev/null 2>&1; ls *.deb`, into).trim();
      shell('dpkg-deb -x *.deb .; rm *.deb', into);
      writeFileSync(path.join(into, `version-${decodeURIComponent(file.split('_')[1] ?? '')}`), '');
      return;
    }
    case 'go':
      shell(
        `GOFLAGS=-modcacherw GOMODCACHE='${into}/cache' go mod download '${name}@${version}'; mv cache/'${goCacheName(name)}@${version}'/* .; rm -rf cache`,
        into,
      );
      return;
    case 'crates':
      mkdirSync(path.join(into, 'src'));
      writeFileSync(path.join(into, 'src/lib.rs'), '');
      writeFileSync(
        path.join(into, 'Cargo.toml'),
        `[package]\nname = "fetch"\nversion = "0.0.0"\n[dependencies]\n${name} = { version = "=${version}", default-features = false }\n`,
      );
      shell(
        `cargo vendor --quiet all >/dev/null; rm -rf src Cargo.toml Cargo.lock; mv 'all/${name}'/* .; rm -rf all`,
        into,
      );
      return;
    case 'maven': {
      const [group, artifact] = name.split(':');
      shell(
        `mvn -q -B dependency:copy -Dartifact='${group}:${artifact}:${version}:jar:sources' -DoutputDirectory=. >/dev/null; unzip -q *.jar; rm *.jar`,
        into,
      );
      return;
    }
  }
}

/** The module cache spells capital letters as `!` and the small one. */
function goCacheName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
