/** Where Trowel keeps things on this machine, by the platform's own rules. */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from './errors.ts';

export interface Folders {
  /** Indexes, facts, clones and decisions. */
  readonly data: string;
  /** What can be made again at no cost to anybody: the compile cache. */
  readonly cache: string;
  /** The user's own configuration file lies here. */
  readonly configuration: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface FolderRequest {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  readonly home: string;
  /** The configured data folder, absolute; the platform's own place without it. */
  readonly dataFolder?: string | undefined;
}

export function resolveFolders({ platform, environment, home, dataFolder }: FolderRequest): Folders {
  const paths = platform === 'win32' ? path.win32 : path.posix;
  // The XDG specification: a relative path in these variables is to be ignored.
  const variable = (name: string): string | undefined => {
    const value = environment[name];
    return value !== undefined && paths.isAbsolute(value) ? value : undefined;
  };
  const standard = ((): Folders => {
    if (platform === 'win32') {
      const local = variable('LOCALAPPDATA') ?? paths.join(home, 'AppData', 'Local');
      const roaming = variable('APPDATA') ?? paths.join(home, 'AppData', 'Roaming');
      return {
        data: paths.join(local, 'trowel', 'data'),
        cache: paths.join(local, 'trowel', 'cache'),
        configuration: paths.join(roaming, 'trowel'),
      };
    }
    const mac = platform === 'darwin';
    const library = paths.join(home, 'Library');
    const place = (name: string, onMac: string[], elsewhere: string[]): string =>
      paths.join(variable(name) ?? paths.join(...(mac ? [library, ...onMac] : [home, ...elsewhere])), 'trowel');
    return {
      data: place('XDG_DATA_HOME', ['Application Support'], ['.local', 'share']),
      cache: place('XDG_CACHE_HOME', ['Caches'], ['.cache']),
      configuration: place('XDG_CONFIG_HOME', ['Application Support'], ['.config']),
    };
  })();
  return dataFolder === undefined
    ? standard
    : { ...standard, data: dataFolder, cache: paths.join(dataFolder, 'cache') };
}

/** Makes the folder and those above it, for the owner's eyes only. Throws `data-folder` or `disk-full` with what to do. */
export function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!statSync(folder).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
  } catch (error) {
    throw folderError(folder, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  ENAMETOOLONG: 'the path is too long',
  ELOOP: 'its symbolic links run in a circle',
};

/** What went wrong with a folder or a file in it, as an error for the user. */
export function folderError(folder: string, cause: unknown): TrowelError {
  const code = (cause as { code?: string } | undefined)?.code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new TrowelError('disk-full', `No space is left for ${folder}.`, {
      hint: 'Free some space, or choose another place with --data-folder or TROWEL_DATA.',
      cause,
    });
  }
  return new TrowelError('data-folder', `Trowel cannot write to ${folder}: ${reasons[code] ?? String(cause)}.`, {
    hint: 'Choose another place with --data-folder or TROWEL_DATA.',
    cause,
  });
}
