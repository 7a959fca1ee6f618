/**
 * Walls that the kernel holds: a control group for each command that runs. A watcher comes too late for a fork bomb, and a limit on
 * a user's processes does not bind root.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync, writeSync } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { isOwnerAlive } from '../sandbox-folder.ts';
import type { Controller, GroupPlace } from './find-places.ts';
import { placesHere } from './find-places.ts';
import type { Walls } from './group-files.ts';
import { processesIn, setWalls, timesHit } from './group-files.ts';

export interface ControlGroup {
  /** Open `cgroup.procs` files: a process that writes 0 to each has entered, and what it starts is inside, too. */
  readonly doors: readonly number[];
  /** The wall that the command ran into. */
  wallHit(): 'processes' | 'memory' | undefined;
  /** Whether a process has entered by every door. */
  isEntered(): boolean;
  /** Moves a process in from outside, by its id as we see it. */
  move(pid: number): void;
  /** When all in it have ended: the group is used again. */
  free(): void;
}

export interface ControlGroups {
  readonly holds: readonly Controller[];
  /** Folders to be removed, with those in them, when all is over: known to whoever outlives Trowel. */
  readonly folders: readonly string[];
  /** Undefined where none can be made any more. */
  take(walls: Walls): ControlGroup | undefined;
  close(): Promise<void>;
}

const PREFIX = 'trowel-';

interface OwnPlace extends GroupPlace {
  /** Our own group in the place; a command's is inside of it. */
  readonly own: string;
}

/** `name`: of the sandbox's folder, which tells its owner. Also removes what killed processes left. */
export async function openControlGroups(name: string, candidates = placesHere()): Promise<ControlGroups> {
  const places: OwnPlace[] = [];
  const held = new Set<Controller>();
  for (const place of candidates) {
    const controllers = place.controllers.filter((controller) => !held.has(controller));
    const made = controllers.length > 0 ? makeOwn({ ...place, controllers }, name) : undefined;
    if (!made) continue;
    places.push(made);
    for (const controller of made.controllers) held.add(controller);
    await removeLeftGroups(made.folder);
  }
  const free: MadeGroup[] = [];
  const all: MadeGroup[] = [];
  return {
    holds: [...held],
    folders: places.map(({ own }) => own),
    take(walls) {
      if (places.length === 0) return undefined;
      try {
        const group = free.pop() ?? makeGroup(places, `${all.length + 1}`, all);
        return taken(group, walls, free);
      } catch {
        return undefined;
      }
    },
    async close() {
      for (const { doors } of all) for (const door of doors) closeSync(door);
      await Promise.all(places.map(({ own }) => removeGroup(own)));
    },
  };
}

/** What groups would hold here: found by making one. */
export function controllersHere(candidates = placesHere()): Controller[] {
  const held = new Set<Controller>();
  for (const place of candidates) {
    const controllers = place.controllers.filter((controller) => !held.has(controller));
    const made = controllers.length > 0 ? makeOwn({ ...place, controllers }, `${process.pid}-probe`) : undefined;
    if (!made) continue;
    for (const controller of made.controllers) held.add(controller);
    rmdirSync(made.own);
  }
  return [...held];
}

/** Undefined where we may not, or where the controllers are not handed on. */
function makeOwn(place: GroupPlace, name: string): OwnPlace | undefined {
  const own = `${place.folder}/${PREFIX}${name}`;
  try {
    const controllers = place.version === 1 ? place.controllers : handedOn(place);
    if (controllers.length === 0) return undefined;
    mkdirSync(own);
    if (place.version === 2) writeFileSync(`${own}/cgroup.subtree_control`, controllers.map((c) => `+${c}`).join(' '));
    return { ...place, controllers, own };
  } catch {
    void removeGroup(own);
    return undefined;
  }
}

function handedOn({ folder, controllers }: GroupPlace): Controller[] {
  // Moving a process asks for the right to write here, too.
  closeSync(openSync(`${folder}/cgroup.procs`, 'r+'));
  const given = (): string[] => readFileSync(`${folder}/cgroup.subtree_control`, 'utf8').trim().split(' ');
  // Only the root of all (it alone has no type) may have processes of its own beside groups; asked nevertheless, a group would
  // become one of threads and take no process.
  const mayHandOn = processesIn(folder).length === 0 || !existsSync(`${folder}/cgroup.type`);
  const wanted = mayHandOn ? controllers.filter((controller) => !given().includes(controller)) : [];
  for (const controller of wanted) {
    try {
      writeFileSync(`${folder}/cgroup.subtree_control`, `+${controller}`);
    } catch {
      // It does not have the controller, or we may not.
    }
  }
  return controllers.filter((controller) => given().includes(controller));
}

interface MadeGroup {
  readonly parts: readonly { readonly folder: string; readonly place: GroupPlace }[];
  readonly doors: readonly number[];
}

function makeGroup(places: readonly OwnPlace[], name: string, all: MadeGroup[]): MadeGroup {
  const parts = places.map((place) => ({ folder: `${place.own}/${name}`, place }));
  const doors: number[] = [];
  const group = { parts, doors };
  all.push(group);
  for (const { folder } of parts) {
    mkdirSync(folder);
    doors.push(openSync(`${folder}/cgroup.procs`, 'r+'));
  }
  return group;
}

function taken(group: MadeGroup, walls: Walls, free: MadeGroup[]): ControlGroup {
  for (const { folder, place } of group.parts) setWalls(folder, place, walls);
  const hits = (controller: Controller): number =>
    group.parts.reduce((sum, { folder, place }) => sum + timesHit(folder, place, controller), 0);
  const before = { pids: hits('pids'), memory: hits('memory') };
  return {
    doors: group.doors,
    wallHit() {
      if (hits('pids') > before.pids) return 'processes';
      return hits('memory') > before.memory ? 'memory' : undefined;
    },
    isEntered: () => group.parts.every(({ folder }) => processesIn(folder).length > 0),
    move(pid) {
      for (const door of group.doors) writeSync(door, String(pid));
    },
    free: () => void free.push(group),
  };
}

async function removeLeftGroups(place: string): Promise<void> {
  for (const name of await readdir(place).catch(() => []))
    if (name.startsWith(PREFIX) && !isOwnerAlive(name.slice(PREFIX.length))) await removeGroup(`${place}/${name}`);
}

const ATTEMPTS = 40;
const PAUSE = 10;

/** With the groups in it and, should there be any left, their processes. */
async function removeGroup(own: string): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const inner = await readdir(own, { withFileTypes: true }).catch(() => undefined);
    if (!inner) return;
    for (const folder of inner.filter((entry) => entry.isDirectory()).map(({ name }) => `${own}/${name}`)) {
      for (const pid of attempt > 0 ? processesIn(folder) : []) kill(pid);
      await rmdir(folder).catch(() => {});
    }
    try {
      return await rmdir(own);
    } catch {
      await pause(PAUSE);
    }
  }
}

function kill(pid: number): void {
  try {
    if (pid > 1 && pid !== process.pid) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
