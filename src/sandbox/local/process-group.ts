/** Programs started as plain processes of this machine: found again by a variable that they hand on to their children. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import type { ProcessUse } from '../process-tree.ts';
import { useOfProcesses } from '../process-tree.ts';

export const MARK = 'TROWEL_SANDBOX';

export interface ProcessGroup {
  /** Kills all; may be called again. */
  kill(): void;
  use(): ProcessUse | undefined;
}

/** `leader`: the group's first process, which is the sandbox's own and is not counted. */
export function processGroup(leader: number | undefined, mark: string): ProcessGroup {
  if (process.platform === 'linux') {
    return {
      kill() {
        killAll([-(leader ?? 0)]);
        killAll(markedProcesses(`${MARK}=${mark}`));
      },
      use: () => useOfProcesses('/proc', processesOfGroup(leader), new Set([String(leader)])),
    };
  }
  let known: ProcessUse | undefined;
  let isAsking = false;
  return {
    kill: () => killAll([-(leader ?? 0)]),
    use() {
      if (!isAsking) {
        isAsking = true;
        execFile('ps', ['-axo', 'pgid=,pid=,rss=,time='], (_error, said) => {
          isAsking = false;
          known = useFromList(said, leader);
        });
      }
      return known;
    },
  };
}

/** Also those that left the group. */
function markedProcesses(entry: string): number[] {
  return processesWhere('environ', (text) => text.split('\0').includes(entry)).map(Number);
}

function processesOfGroup(leader: number | undefined): string[] {
  // After the name in parentheses: state, parent, group.
  return processesWhere('stat', (text) => text.slice(text.lastIndexOf(')') + 2).split(' ')[2] === String(leader));
}

function processesWhere(file: string, is: (text: string) => boolean): string[] {
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return is(readFileSync(`/proc/${name}/${file}`, 'latin1'));
    } catch {
      return false;
    }
  });
}

/** Lines of `ps`: group, process, resident KiB, [[days-]hours:]minutes:seconds. */
export function useFromList(list: string, leader: number | undefined): ProcessUse {
  const use = { processes: 0, residentBytes: 0, processorMilliseconds: 0 };
  for (const line of list.split('\n')) {
    const [group, pid, kibibytes, time] = line.trim().split(/\s+/);
    if (group !== String(leader) || time === undefined) continue;
    const [days, clock] = time.includes('-') ? time.split('-') : ['0', time];
    const seconds = clock!.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
    use.processorMilliseconds += (Number(days) * 86_400 + seconds) * 1000;
    if (pid === String(leader)) continue;
    use.processes++;
    use.residentBytes += Number(kibibytes) * 1024;
  }
  return use;
}

function killAll(targets: readonly number[]): void {
  for (const target of targets) {
    // 0 and 1 would mean our own group, and everything.
    if (target === 0 || Math.abs(target) === 1 || target === process.pid) continue;
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
