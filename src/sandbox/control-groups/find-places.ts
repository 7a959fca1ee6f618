/** Where control groups of our own can be made: below the group that Trowel itself is in, so that its limits go on holding. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

export type Controller = 'pids' | 'memory';

export interface GroupPlace {
  /** A folder of the control groups' file system in which groups may be made. */
  readonly folder: string;
  readonly version: 1 | 2;
  readonly controllers: readonly Controller[];
}

interface GroupMount {
  /** The group that is seen at the mount's folder. */
  readonly root: string;
  readonly folder: string;
  readonly version: 1 | 2;
  /** Version 1: the controllers that are mounted there. */
  readonly options: readonly string[];
}

/** Folders that may hold our groups, the likeliest first; whether they do is found by making one. */
export function candidatePlaces(mountinfo: string, ownGroups: string): GroupPlace[] {
  const mounts = groupMounts(mountinfo);
  const groups = ownGroups
    .split('\n')
    .map((line) => /^\d+:([^:]*):(\/.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, controllers, group]) => ({ controllers: controllers!.split(','), group: group! }));
  const places: GroupPlace[] = [];
  for (const controller of ['pids', 'memory'] as const) {
    const mount = mounts.find(({ version, options }) => version === 1 && options.includes(controller));
    const own = groups.find(({ controllers }) => controllers.includes(controller));
    const inside = mount && own && insideMount(mount.root, own.group);
    if (mount && inside !== undefined)
      places.push({ folder: path.posix.join(mount.folder, inside), version: 1, controllers: [controller] });
  }
  const unified = mounts.find(({ version }) => version === 2);
  const own = groups.find(({ controllers }) => controllers.join() === '');
  const inside = unified && own && insideMount(unified.root, own.group);
  if (!unified || inside === undefined) return places;
  const controllers = (['pids', 'memory'] as const).filter(
    (controller) => !places.some((place) => place.controllers.includes(controller)),
  );
  // A group with processes of its own cannot hand controllers on: one above it may.
  const names = inside.split('/').filter((name) => name !== '');
  for (let depth = names.length; depth >= 0; depth--)
    places.push({ folder: path.posix.join(unified.folder, ...names.slice(0, depth)), version: 2, controllers });
  return places;
}

export function placesHere(): GroupPlace[] {
  try {
    return candidatePlaces(readFileSync('/proc/self/mountinfo', 'utf8'), readFileSync('/proc/self/cgroup', 'utf8'));
  } catch {
    return [];
  }
}

function insideMount(root: string, group: string): string | undefined {
  if (root === '/') return group;
  if (group === root) return '/';
  return group.startsWith(`${root}/`) ? group.slice(root.length) : undefined;
}

function groupMounts(mountinfo: string): GroupMount[] {
  const mounts: GroupMount[] = [];
  for (const line of mountinfo.split('\n')) {
    const [before, after] = line.split(' - ');
    const [type, , options = ''] = (after ?? '').split(' ');
    const [, , , root, folder] = before!.split(' ');
    if ((type !== 'cgroup' && type !== 'cgroup2') || root === undefined || folder === undefined) continue;
    mounts.push({
      root: unescaped(root),
      folder: unescaped(folder),
      version: type === 'cgroup' ? 1 : 2,
      options: options.split(','),
    });
  }
  return mounts;
}

/** Spaces and the like are written as octal numbers. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 8)));
