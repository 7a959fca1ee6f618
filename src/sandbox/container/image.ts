/** The image of a container: the user's own, or one made here, of folders and links alone, on which the system's /usr is mounted. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { accountFiles, systemFiles, systemFolders, systemLinks } from '../system-files.ts';
import type { Engine } from './engine.ts';
import type { TarEntry } from './tar.ts';
import { tarOf } from './tar.ts';

/** Docker would look for a bare name at its own registry. */
const REPOSITORY = 'localhost/trowel-sandbox';

export interface Mount {
  readonly source: string;
  readonly target: string;
  readonly writable: boolean;
}

/** Makes the image unless the engine has it. */
export async function systemImage(engine: Engine, user: number, group: number): Promise<string> {
  const tar = tarOf(systemEntries(user, group));
  const tag = createHash('sha256').update(tar).digest('hex').slice(0, 16);
  const name = `${REPOSITORY}:${tag}`;
  const found = await engine.ask('GET', `/images/${name}/json`, undefined, [404]);
  if (found.status === 404) await engine.ask('POST', `/images/create?fromSrc=-&repo=${encodeURIComponent(name)}`, tar);
  return name;
}

function systemEntries(user: number, group: number): TarEntry[] {
  const folder = (name: string, mode = 0o755): TarEntry => ({ kind: 'folder', name, mode });
  const folders = [
    'usr',
    'etc',
    'etc/ssl',
    'etc/ssl/certs',
    'etc/alternatives',
    'proc',
    'sys',
    'dev',
    'run',
    'run/trowel',
    'var',
    'home',
    'home/sandbox',
    'tree',
  ];
  const own = accountFiles(user, group);
  const system = systemFiles
    .filter((file) => existsSync(file))
    .map((file) => [file.slice('/etc/'.length), file] as const);
  return [
    ...folders.map((name) => folder(name)),
    folder('tmp', 0o1777),
    folder('var/tmp', 0o1777),
    ...systemFolders.map((name) => name.slice(1)).flatMap((name) => upwards(name).map((part) => folder(part))),
    ...systemLinks.flatMap((name): TarEntry[] => {
      const status = lstatSync(name, { throwIfNoEntry: false });
      if (!status) return [];
      return status.isSymbolicLink()
        ? [{ kind: 'link', name: name.slice(1), target: readlinkSync(name) }]
        : [folder(name.slice(1))];
    }),
    ...Object.entries(own).map(([name, text]): TarEntry => ({ kind: 'file', name: `etc/${name}`, text })),
    ...system
      .filter(([name]) => name !== 'ld.so.cache' && !(name in own))
      .map(([name, file]): TarEntry => ({ kind: 'file', name: `etc/${name}`, text: readFileSync(file, 'latin1') })),
  ];
}

const upwards = (name: string): string[] => name.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'));

/** What of this machine stands in for the image's own system. */
export function systemMounts(): Mount[] {
  const folders = ['/usr', '/etc/ssl/certs', '/etc/alternatives', ...systemFolders, ...systemLinks].filter((name) =>
    lstatSync(name, { throwIfNoEntry: false })?.isDirectory(),
  );
  const files = existsSync('/etc/ld.so.cache') ? ['/etc/ld.so.cache'] : [];
  return [...folders, ...files].map((name) => ({ source: name, target: name, writable: false }));
}
