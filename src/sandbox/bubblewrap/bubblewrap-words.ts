/** The command line of bubblewrap for one command. */
import { existsSync, lstatSync, readlinkSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemFolders, systemLinks } from '../system-files.ts';

export interface View {
  readonly tree: string;
  /** Where `hold-tree` mounted everything. */
  readonly folder: string;
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  readonly user: number;
  readonly group: number;
}

export const HOME = '/home/sandbox';
export const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Of a fresh /proc: what the machine's root could change or read through it. Commands may run as root without capabilities. */
const coveredFiles = [
  'sysrq-trigger',
  'kcore',
  'kmsg',
  'keys',
  'key-users',
  'timer_list',
  'latency_stats',
  'sched_debug',
];
const coveredFolders = ['acpi', 'asound', 'fs', 'scsi', 'driver', 'tty', 'mtrr', 'pressure'];

/** What is the same for all commands of one sandbox; looked up on the host once. */
export function viewWords({ tree, folder, readable, writable, user, group }: View): string[] {
  const words = [
    ...['--unshare-user', '--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--uid', String(user), '--gid', String(group), '--hostname', 'sandbox'],
    ...['--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
    ...['--ro-bind', '/usr', '/usr'],
  ];
  for (const name of systemLinks) {
    const status = lstatSync(name, { throwIfNoEntry: false });
    if (status?.isSymbolicLink()) words.push('--symlink', readlinkSync(name), name);
    else if (status) words.push('--ro-bind', name, name);
  }
  for (const name of systemFolders) if (existsSync(name)) words.push('--ro-bind', name, name);
  words.push('--ro-bind', `${folder}/etc`, '/etc');
  for (const name of ['/etc/ssl/certs', '/etc/alternatives']) if (existsSync(name)) words.push('--ro-bind', name, name);
  words.push('--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys');
  for (const name of coveredFiles.map((name) => `/proc/${name}`))
    if (existsSync(name)) words.push('--ro-bind', '/dev/null', name);
  for (const name of coveredFolders.map((name) => `/proc/${name}`))
    if (statSync(name, { throwIfNoEntry: false })?.isDirectory()) words.push('--tmpfs', name, '--remount-ro', name);
  words.push('--dev', '/dev', '--bind', `${folder}/shm`, '/dev/shm', '--remount-ro', '/dev');
  words.push('--bind', `${folder}/tmp`, '/tmp', '--dir', '/var', '--bind', `${folder}/vartmp`, '/var/tmp');
  words.push('--dir', '/run', '--bind', `${folder}/home`, HOME);
  for (const name of outermost(readable)) if (existsSync(name)) words.push('--ro-bind', name, name);
  for (const name of writable) words.push('--bind', name, name);
  words.push('--bind', `${folder}/tree`, tree, '--remount-ro', '/');
  return words;
}

/** Each path once, and none inside another or inside the system that is there anyway. */
function outermost(paths: readonly string[]): string[] {
  const covered = ['/usr', ...systemFolders];
  const kept: string[] = [];
  for (const path of [...new Set(paths)].sort()) {
    if ([...covered, ...kept].some((outer) => path === outer || path.startsWith(`${outer}/`))) continue;
    if (dirname(path) !== path) kept.push(path);
  }
  return kept;
}
