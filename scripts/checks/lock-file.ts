/** What package-lock.json must hold: exact versions, no registry's address, and every system's packages. */

export interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'universal',
  'wasm32',
  'x64',
];
/** Their names do not say for which system they are. */
const knownSystems: Readonly<Record<string, string>> = { fsevents: 'darwin' };

/** Entries for optional packages that some package names and the lock does not hold, by their key in `packages`. */
export function missingOptionalPackages({ packages }: LockFile): Readonly<Record<string, LockedPackage>> {
  const missing: Record<string, LockedPackage> = {};
  for (const [owner, { optionalDependencies, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      const isExact = /^\d/.test(version);
      const found = placesOf(owner, name).find((place) => packages[place]);
      if (found !== undefined && (!isExact || packages[found]!.version === version)) continue;
      // Beside its owner; where another version lies there, nested in it, as npm would.
      const beside = `${owner.slice(0, Math.max(0, owner.lastIndexOf('node_modules/')))}node_modules/${name}`;
      const place = packages[beside] || missing[beside] ? `${owner}/node_modules/${name}` : beside;
      missing[place] = {
        version: version.replace(/^[\^~]/, ''),
        ...(dev ? { dev } : {}),
        optional: true,
        ...forWhom(name),
      };
    }
  }
  return missing;
}

/** Where a package is looked for from its owner: nested in it, then beside it and beside each that it is nested in. */
function placesOf(owner: string, name: string): readonly string[] {
  const places = owner === '' ? [] : [`${owner}/node_modules/${name}`];
  for (
    let at = owner.lastIndexOf('node_modules/');
    at >= 0;
    at = at === 0 ? -1 : owner.lastIndexOf('node_modules/', at - 1)
  ) {
    places.push(`${owner.slice(0, at)}node_modules/${name}`);
  }
  return owner === '' ? [`node_modules/${name}`] : places;
}

function forWhom(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/@]/);
  const os = knownSystems[name] ?? words.find((word) => systems.includes(word));
  const cpu = words.find((word) => processors.includes(word));
  if (os === undefined && cpu === undefined) throw new Error(`${name}: its name does not say for which system it is`);
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined;
  return {
    ...(os === undefined ? {} : { os: [os] }),
    ...(cpu === undefined || cpu === 'universal' ? {} : { cpu: [cpu] }),
    ...(libc === undefined || os !== 'linux' ? {} : { libc: [libc] }),
  };
}

export function lockFileFaults(lock: LockFile, manifest: Readonly<Record<string, unknown>>): readonly string[] {
  const faults: string[] = [];
  for (const [name, { resolved }] of Object.entries(lock.packages))
    if (resolved !== undefined) faults.push(`${name} names its registry`);
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies']) {
    for (const [name, version] of Object.entries((manifest[kind] ?? {}) as Record<string, string>)) {
      if (!/^(npm:.+@)?\d+\.\d+\.\d+[\w.+-]*$/.test(version)) faults.push(`${name} is not pinned: ${version}`);
    }
  }
  const missing = Object.keys(missingOptionalPackages(lock));
  if (missing.length > 0)
    faults.push(
      `packages of other systems are missing (${missing.length}, for instance ${missing[0]}): run npm run lock`,
    );
  return faults;
}
