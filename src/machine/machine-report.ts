/** What this machine offers to Trowel, found by trying. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureFolder } from '#base/folders.ts';
import { fileSystemKind } from './file-system-kind.ts';
import type { RunnerSettings } from '#sandbox/registry.ts';
import { firstProgram, programVersion } from './program-version.ts';
import { sandboxChecks } from './sandbox-checks.ts';

export const checkStatuses = ['ok', 'warn', 'missing'] as const;
export type CheckStatus = (typeof checkStatuses)[number];

export interface MachineCheck {
  readonly name: string;
  readonly status: CheckStatus;
  /** What was found. */
  readonly found: string;
  readonly neededFor: string;
  /** False: Trowel does its main job without it. */
  readonly required: boolean;
  readonly hint?: string;
}

export interface MachineQuestion {
  readonly dataFolder: string;
  /** The tree that would be indexed. */
  readonly tree: string;
  /** Grammar files: name → path, undefined where there is none. */
  readonly grammars: ReadonlyMap<string, string | undefined>;
  readonly platform: NodeJS.Platform;
  /** How the sandbox is set up. */
  readonly sandbox?: RunnerSettings;
}

const MINIMUM_GIT = [2, 25] as const;
const MINIMUM_FREE_BYTES = 1024 ** 3;

const gibibytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

export async function machineReport(question: MachineQuestion): Promise<readonly MachineCheck[]> {
  const [git, dataFolder, watcher, sqlite, sandboxes, tools] = await Promise.all([
    gitCheck(),
    dataFolderCheck(question.dataFolder),
    watcherCheck(question.platform),
    sqliteCheck(),
    sandboxChecks(question.platform, question.sandbox ?? {}),
    toolChecks(),
  ]);
  return [
    nodeCheck(),
    git,
    coresCheck(),
    memoryCheck(),
    sqlite,
    ...dataFolder,
    treeCheck(question),
    grammarCheck(question.grammars),
    watcher,
    ...sandboxes,
    ...tools,
  ];
}

function nodeCheck(): MachineCheck {
  const major = Number(process.versions.node.split('.')[0]);
  const isPinned = /[/\\]node_modules[/\\]node-/.test(process.execPath);
  return {
    name: 'node',
    status: major >= 24 ? 'ok' : 'missing',
    found: `${process.version} (${isPinned ? 'came with the packages' : process.execPath})`,
    neededFor: 'everything',
    required: true,
    ...(major >= 24 ? {} : { hint: 'Install Node 24 or newer.' }),
  };
}

async function gitCheck(): Promise<MachineCheck> {
  const base = { name: 'git', neededFor: 'ignore rules, history, cloning', required: false };
  const said = await programVersion('git');
  const version = said?.match(/(\d+)\.(\d+)/);
  if (said === undefined || !version) {
    return {
      ...base,
      status: 'missing',
      found: 'not found',
      hint: 'Install git: without it there is no history and no cloning.',
    };
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  const isOld = major < MINIMUM_GIT[0] || (major === MINIMUM_GIT[0] && minor < MINIMUM_GIT[1]);
  const found = said.replace(/^git version /, '');
  return isOld
    ? { ...base, status: 'warn', found, hint: `Older than ${MINIMUM_GIT.join('.')}: history may be incomplete.` }
    : { ...base, status: 'ok', found };
}

function coresCheck(): MachineCheck {
  const cores = os.availableParallelism();
  return { name: 'cores', status: 'ok', found: String(cores), neededFor: 'reading files in parallel', required: false };
}

function memoryCheck(): MachineCheck {
  // Inside a container the machine's own figure is not what may be used.
  const limit = process.constrainedMemory();
  const total = limit > 0 && limit < os.totalmem() ? limit : os.totalmem();
  const base = {
    name: 'memory',
    found: gibibytes(total),
    neededFor: 'about 0.6 GiB for a million lines',
    required: false,
  };
  return total < 1024 ** 3 ? { ...base, status: 'warn', hint: 'Large trees may not fit.' } : { ...base, status: 'ok' };
}

async function sqliteCheck(): Promise<MachineCheck> {
  const base = { name: 'sqlite', neededFor: 'the index', required: true };
  try {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(':memory:');
    const row = database.prepare('select sqlite_version() as version').get();
    database.close();
    return { ...base, status: 'ok', found: String(row?.['version']) };
  } catch (error) {
    return {
      ...base,
      status: 'missing',
      found: String(error),
      hint: 'This Node was built without SQLite; install an official one.',
    };
  }
}

async function dataFolderCheck(folder: string): Promise<readonly MachineCheck[]> {
  const base = { name: 'data folder', found: folder, neededFor: 'indexes and clones', required: true };
  try {
    ensureFolder(folder);
    const probe = await mkdtemp(path.join(folder, 'doctor-'));
    await writeFile(path.join(probe, 'probe'), 'x');
    await rm(probe, { recursive: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ ...base, status: 'missing', hint: `${reason} Choose another with --data-folder or TROWEL_DATA.` }];
  }
  const kind = fileSystemKind(folder, process.platform);
  const checks: MachineCheck[] = [
    kind?.network === true
      ? {
          ...base,
          status: 'warn',
          found: `${folder} (${kind.name})`,
          hint: 'On a network file system locks are not reliable: choose a local folder with TROWEL_DATA.',
        }
      : { ...base, status: 'ok', found: kind ? `${folder} (${kind.name})` : folder },
  ];
  if (kind) {
    const disk = {
      name: 'free disk',
      found: gibibytes(kind.freeBytes),
      neededFor: 'about three times the size of the source',
      required: false,
    };
    checks.push(
      kind.freeBytes < MINIMUM_FREE_BYTES
        ? { ...disk, status: 'warn', hint: 'Little space is left; `trowel indexes` shows what can go.' }
        : { ...disk, status: 'ok' },
    );
  }
  return checks;
}

function treeCheck({ tree, platform }: MachineQuestion): MachineCheck {
  const kind = existsSync(tree) ? fileSystemKind(tree, platform) : undefined;
  const base = {
    name: 'tree',
    found: kind ? `${tree} (${kind.name})` : tree,
    neededFor: 'what is indexed',
    required: false,
  };
  if (!existsSync(tree)) return { ...base, status: 'missing', hint: 'There is no such folder.' };
  if (kind?.network !== true) return { ...base, status: 'ok' };
  return {
    ...base,
    status: 'warn',
    hint: 'On a network file system reading is slow, and changes made on other machines are seen only by a walk.',
  };
}

function grammarCheck(grammars: MachineQuestion['grammars']): MachineCheck {
  const missing = [...grammars].filter(([, file]) => file === undefined).map(([name]) => name);
  const base = {
    name: 'grammars',
    found: `${grammars.size - missing.length} of ${grammars.size}`,
    neededFor: 'languages',
    required: false,
  };
  return missing.length === 0
    ? { ...base, status: 'ok' }
    : { ...base, status: 'warn', hint: `Missing: ${missing.join(', ')}.` };
}

async function watcherCheck(platform: NodeJS.Platform): Promise<MachineCheck> {
  const base = { name: 'watcher', neededFor: '`dig --watch` and resident processes', required: false };
  try {
    await import('@parcel/watcher');
  } catch {
    return { ...base, status: 'missing', found: 'not for this system', hint: 'Trees are walked instead.' };
  }
  const limitFile = '/proc/sys/fs/inotify/max_user_watches';
  if (platform !== 'linux' || !existsSync(limitFile)) return { ...base, status: 'ok', found: 'native' };
  const limit = Number(readFileSync(limitFile, 'utf8'));
  const found = `inotify, ${limit} folders`;
  return limit < 50_000
    ? { ...base, status: 'warn', found, hint: 'Large trees need more: sysctl fs.inotify.max_user_watches=524288' }
    : { ...base, status: 'ok', found };
}

interface Tool {
  readonly name: string;
  readonly programs: readonly string[];
  readonly words?: readonly string[];
  readonly neededFor: string;
}

const tools: readonly Tool[] = [
  { name: 'ssh', programs: ['ssh'], words: ['-V'], neededFor: 'cloning over ssh' },
  { name: 'python3', programs: ['python3'], neededFor: 'tests of Python facts against Python itself' },
  {
    name: 'universal-ctags',
    programs: ['ctags-universal', 'universal-ctags', 'ctags'],
    neededFor: 'tests and benchmarks against another tool',
  },
  {
    name: 'chromium',
    programs: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    neededFor: 'tests of the HTML report',
  },
];

function toolChecks(): Promise<MachineCheck[]> {
  return Promise.all(
    tools.map(async ({ name, programs, words, neededFor }) => {
      const found = await firstProgram(programs, words);
      return {
        name,
        status: found ? 'ok' : 'missing',
        found: found?.version ?? 'not found',
        neededFor,
        required: false,
      } satisfies MachineCheck;
    }),
  );
}
