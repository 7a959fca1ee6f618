/**
 * The folders that a server answers for, and nothing outside of them: what is asked for is looked up by its real path, so that
 * neither `..` nor a link leads out.
 */
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import type { Emit } from '#base/progress.ts';
import type { Config } from '#config/schema.ts';
import { locateTree } from './locate-tree.ts';
import type { OpenedWorkspace } from './open-workspace.ts';
import { ResidentReader } from './resident-reader.ts';

export interface ServedRequest {
  /** As given; none: the repository around the working folder. */
  readonly folders: readonly string[];
  readonly workingFolder: string;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  configFor(root: string): Config;
  readonly emit: Emit;
}

/** So many trees are kept open at once; the one that was asked least recently goes. */
const OPEN_TREES = 8;

export class ServedFolders {
  readonly #request: ServedRequest;
  /** Real paths. */
  readonly #given: readonly string[];
  /** Of the client's folders, real paths; undefined: it has not said. */
  #roots: readonly string[] | undefined;
  readonly #readers = new Map<string, ResidentReader>();

  constructor(request: ServedRequest) {
    this.#request = request;
    const { folders, workingFolder } = request;
    this.#given =
      folders.length === 0
        ? [locateTree(workingFolder).root]
        : folders.map((folder) => realFolder(path.resolve(workingFolder, folder)));
  }

  /** The client's folders: from now on nothing outside of them is served. What does not exist here is none. */
  setRoots(roots: readonly string[]): void {
    this.#roots = roots.flatMap((root) => realPath(root) ?? []);
  }

  /** The folders that are served now. */
  get folders(): readonly string[] {
    const roots = this.#roots;
    if (!roots) return this.#given;
    // Where no folder was named, the working folder was but a guess, and the client knows better.
    if (this.#request.folders.length === 0) return roots;
    return roots.flatMap((root) => {
      const around = this.#given.some((folder) => isInside(root, folder));
      return around ? [root] : this.#given.filter((folder) => isInside(folder, root));
    });
  }

  /** The index of a folder or file, up to date; of the first folder served without a path. */
  async open(asked: string | undefined, emit: Emit, signal: AbortSignal): Promise<OpenedWorkspace> {
    const { folder, real } = this.#confined(asked);
    const located = locateTree(real);
    // What lies around the folder is not served, the rest of its repository included.
    const root = isInside(located.root, folder) ? located.root : folder;
    return this.#reader(root).open(path.relative(root, real).split(path.sep).join('/'), emit, signal);
  }

  async close(): Promise<void> {
    const readers = [...this.#readers.values()];
    this.#readers.clear();
    await Promise.all(readers.map((reader) => reader.close()));
  }

  #confined(asked: string | undefined): { readonly folder: string; readonly real: string } {
    const { folders } = this;
    if (folders.length === 0)
      throw new TrowelError('not-found', 'None of the client’s folders is served here.', {
        hint: 'Start the server in the client’s folder, or name the folder: trowel mcp <folder>.',
      });
    if (asked === undefined || asked === '') return { folder: folders[0]!, real: folders[0]! };
    for (const base of path.isAbsolute(asked) ? [folders[0]!] : folders) {
      const real = asked.includes('\0') ? undefined : realPath(path.resolve(base, asked));
      const folder = real === undefined ? undefined : folders.find((one) => isInside(real, one));
      if (real !== undefined && folder !== undefined) return { folder, real };
    }
    // Whether something exists elsewhere is not told.
    throw new TrowelError('not-found', `${JSON.stringify(asked.slice(0, 200))} is no path in what is served.`, {
      hint: 'Give a path relative to the repository, without `..`.',
    });
  }

  #reader(root: string): ResidentReader {
    const { dataFolder, environment, configFor, emit } = this.#request;
    const reader =
      this.#readers.get(root) ??
      new ResidentReader({ settings: { root, config: configFor(root), environment }, dataFolder, emit });
    // The order of the map is that of use.
    this.#readers.delete(root);
    this.#readers.set(root, reader);
    for (const [oldest, other] of this.#readers) {
      if (this.#readers.size <= OPEN_TREES) break;
      this.#readers.delete(oldest);
      void other.close();
    }
    return reader;
  }
}

function realPath(given: string): string | undefined {
  try {
    return realpathSync(given);
  } catch {
    return undefined;
  }
}

function realFolder(given: string): string {
  const real = realPath(given);
  if (real === undefined || !statSync(real).isDirectory())
    throw new TrowelError('not-found', `There is no folder ${given}.`, {
      hint: 'Name the folders that are to be served.',
    });
  return real;
}

function isInside(place: string, folder: string): boolean {
  return place === folder || place.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
