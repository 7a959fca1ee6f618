/** The files of control groups, alike for both versions of their interface. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Controller, GroupPlace } from './find-places.ts';

export interface Walls {
  /** Processes and threads alive at once. */
  readonly tasks: number;
  /** All memory that is charged, files in memory and the kernel's own with it; undefined: no wall. */
  readonly memoryBytes: number | undefined;
}

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

function trySet(file: string, value: string): void {
  try {
    writeFileSync(file, value);
  } catch {
    // Not on this kernel: swap is not counted, for example.
  }
}

/** Throws where the controller is not there. */
export function setWalls(folder: string, { version, controllers }: GroupPlace, walls: Walls): void {
  if (controllers.includes('pids')) writeFileSync(`${folder}/pids.max`, String(walls.tasks));
  if (!controllers.includes('memory')) return;
  const bytes = walls.memoryBytes === undefined ? undefined : String(walls.memoryBytes);
  if (version === 2) {
    writeFileSync(`${folder}/memory.max`, bytes ?? 'max');
    trySet(`${folder}/memory.swap.max`, bytes === undefined ? 'max' : '0');
    trySet(`${folder}/memory.oom.group`, '1');
  } else {
    // Memory with swap is never less than memory alone.
    trySet(`${folder}/memory.memsw.limit_in_bytes`, '-1');
    writeFileSync(`${folder}/memory.limit_in_bytes`, bytes ?? '-1');
    if (bytes !== undefined) trySet(`${folder}/memory.memsw.limit_in_bytes`, bytes);
  }
}

/** How often something in the group ran into a wall, since it was made. */
export function timesHit(folder: string, { version, controllers }: GroupPlace, controller: Controller): number {
  if (!controllers.includes(controller)) return 0;
  if (controller === 'pids') return counter(readText(`${folder}/pids.events`), 'max');
  return counter(readText(`${folder}/${version === 2 ? 'memory.events' : 'memory.oom_control'}`), 'oom_kill');
}

const counter = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);

export function processesIn(folder: string): number[] {
  return readText(`${folder}/cgroup.procs`).split('\n').filter(Boolean).map(Number);
}
