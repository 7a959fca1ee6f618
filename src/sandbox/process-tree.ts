/** What the processes of one process namespace use, read from /proc. Linux. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ProcessUse {
  /** Their threads with them. */
  readonly processes: number;
  /** Bytes. Pages that processes share count once a process: an upper bound. */
  readonly residentBytes: number;
  /** User and system time, with that of children that have ended and were waited for. */
  readonly processorMilliseconds: number;
}

/** USER_HZ: 100 on every architecture that we run on. */
const MILLISECONDS_PER_TICK = 10;
const PAGE_BYTES = pageBytes();

/** The kernel tells its page size in the auxiliary vector of each process: entries of two words, type 6 is AT_PAGESZ. */
function pageBytes(): number {
  try {
    const vector = readFileSync('/proc/self/auxv');
    for (let at = 0; at + 16 <= vector.length; at += 16)
      if (vector.readBigUInt64LE(at) === 6n) return Number(vector.readBigUInt64LE(at + 8));
  } catch {
    // Not Linux: nothing is read here.
  }
  return 4096;
}

/**
 * `procFolder`: a /proc of that namespace, seen from outside (`/proc/<pid>/root/proc`). `leaveOut`: process ids inside it that
 * belong to the sandbox itself. Undefined when the namespace has gone.
 */
export function useOfNamespace(procFolder: string, leaveOut: ReadonlySet<string>): ProcessUse | undefined {
  return useOfProcesses(procFolder, namesIn(procFolder), leaveOut);
}

/** Undefined where there is none of them. */
export function useOfProcesses(
  procFolder: string,
  pids: readonly string[],
  leaveOut: ReadonlySet<string>,
): ProcessUse | undefined {
  if (pids.length === 0) return undefined;
  let processes = 0;
  let pages = 0;
  let ticks = 0;
  for (const name of pids) {
    const stat = readOrNothing(`${procFolder}/${name}/stat`);
    if (stat === '') continue;
    // The second field is the program's name in parentheses, and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    ticks += Number(fields[11]) + Number(fields[12]) + Number(fields[13]) + Number(fields[14]);
    if (leaveOut.has(name)) continue;
    processes += Number(fields[17]);
    pages += Number(fields[21]);
  }
  return { processes, residentBytes: pages * PAGE_BYTES, processorMilliseconds: ticks * MILLISECONDS_PER_TICK };
}

/**
 * The /proc inside a process namespace, by the id of its first process outside; undefined until that process has left the
 * host's file system, where the same path leads to all processes of the machine.
 */
export function procFolderOf(init: number | undefined): string | undefined {
  if (init === undefined) return undefined;
  const folder = `/proc/${init}/root/proc`;
  try {
    return readlinkSync(`${folder}/1/ns/pid`) === readlinkSync(`/proc/${init}/ns/pid`) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes, with shared pages divided among those that share them: exact, and far slower to read. */
export function proportionalBytes(procFolder: string): number {
  let kibibytes = 0;
  for (const name of namesIn(procFolder)) {
    const found = /^Pss:\s+(\d+) kB/m.exec(readOrNothing(`${procFolder}/${name}/smaps_rollup`));
    kibibytes += Number(found?.[1] ?? 0);
  }
  return kibibytes * 1024;
}

/** Process ids; none when the namespace has gone. */
function namesIn(procFolder: string): string[] {
  try {
    return readdirSync(procFolder).filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** A process may end at any moment. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
