/**
 * The process that holds a sandbox's namespaces and its copy-on-write tree. It waits for its standard input to end, which
 * happens however Trowel ends; what was mounted goes with it, and the shell around it removes the folder.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TrowelError } from '#base/errors.ts';
import { folderBytes } from '../folder-bytes.ts';
import { systemFiles } from '../system-files.ts';
import { tmpfsHoldsOverlays } from './kernel.ts';

export interface HeldTree {
  /** A process id of ours whose namespaces commands enter. */
  readonly pid: number;
  /** How what commands see came to be. */
  readonly how: 'overlay' | 'copy';
  /** Bytes that commands wrote, where nothing but a watcher limits them. */
  readonly writtenBytes: (() => Promise<number>) | undefined;
  /** Resolves when the namespaces and the folder have gone. */
  release(): Promise<void>;
}

export interface HoldRequest {
  readonly tree: string;
  /** Empty, exists: the place of the mounts. */
  readonly folder: string;
  readonly diskBytes: number;
  /** Default: where the kernel can. */
  readonly inMemory?: boolean;
  /** Folders of control groups, removed with those in them should Trowel be killed. */
  readonly groups?: readonly string[];
}

/**
 * $1 tree, $2 folder, $3 size in KiB, $4 mode of the tree, $5 1 where a tmpfs can hold an overlay's upper layer.
 * FOREIGN: 1 where the tree belongs to somebody else, whose files could be changed in no overlay of ours. File descriptors instead of paths, since mount options cannot hold every character.
 */
const inner = `
set -eu
tree=$1 s=$2 size=$3 mode=$4
exec 9<"$tree"
if [ "$5" = 1 ]; then
  mount -t tmpfs -o "size=\${size}k,mode=700" trowel "$s"
fi
exec 8<"$s"
cd "$s"
# Programs are what a start costs: as few as can be.
mkdir -m "$mode" upper tree
mkdir -m 1777 tmp vartmp shm
mkdir -p work home etc/ssl/certs etc/alternatives
if [ "$5" = 0 ]; then mount -t tmpfs -o "size=\${size}k,mode=1777" trowel shm; fi
if [ "$FOREIGN" = 0 ] && mount -t overlay -o userxattr,lowerdir=/proc/self/fd/9,upperdir=/proc/self/fd/8/upper,workdir=/proc/self/fd/8/work overlay tree 2>error; then
  how=overlay
else
  # Twice the tree fits beside what commands may write.
  if [ "$5" = 1 ]; then mount -o "remount,size=$((size + 2 * $(du -sk /proc/self/fd/9/ | cut -f1)))k" "$s"; fi
  # Owners cannot all be kept, and what we may not read stays away.
  cp -a --no-preserve=ownership --reflink=auto /proc/self/fd/9/. tree 2>error ||
    if grep 'No space left' error >&2; then exit 1; fi
  how=copy
fi
shift 5
cp -L "$@" etc/ 2>/dev/null || :
exec 8<&- 9<&-
echo "ready $$ $how"
read -r end && [ "$end" = done ] && exit
# Trowel was killed. Commands die with it; one that was just being started is found by this tmpfs among its mounts.
device=$((0x$(stat -c %D shm)))
device="0:$((device & 255 | device >> 12 & ~255))"
for attempt in 1 2 3; do
  for place in $(grep -l " $device " /proc/[0-9]*/mountinfo 2>/dev/null); do
    pid=\${place#/proc/} pid=\${pid%/mountinfo}
    [ "$pid" = $$ ] || kill -9 "$pid" 2>/dev/null || :
  done
done
`;

/** $1 the inner script, then its words. */
const outer = `
script=$1
shift
folder=$2
trap '' HUP INT TERM
# The machine's root may read what its namespace may not: there, a copy lies below the overlay.
if [ "$FOREIGN" = 1 ] && [ "$(id -u)" = 0 ]; then
  cp -a --no-preserve=ownership --reflink=auto -- "$1" "$folder/original" || :
  shift
  set -- "$folder/original" "$@"
  FOREIGN=0
fi
unshare --user --map-root-user --mount --propagation private sh -c "$script" hold "$@"
status=$?
cd /
chmod -R u+rwx "$folder" 2>/dev/null
rm -rf "$folder"
IFS='
'
for group in $GROUPS_OF_SANDBOX; do
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    [ -d "$group" ] || break
    rmdir "$group"/*/ "$group" 2>/dev/null || sleep 0.05
  done
done
exit $status
`;

export async function holdTree(request: HoldRequest, signal?: AbortSignal): Promise<HeldTree> {
  const { tree, folder, diskBytes, inMemory = tmpfsHoldsOverlays, groups = [] } = request;
  const { mode: bits, uid } = await stat(tree);
  const mode = (bits & 0o7777).toString(8);
  const isForeign = uid !== process.getuid!();
  const there = systemFiles.filter((file) => existsSync(file));
  const words = [tree, folder, String(Math.ceil(diskBytes / 1024)), mode, inMemory ? '1' : '0', ...there];
  const child = spawn('sh', ['-c', outer, 'hold', inner, ...words], {
    cwd: '/',
    // A group of its own: neither Ctrl-C nor a closed terminal ends it before its time.
    detached: true,
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LC_ALL: 'C',
      GROUPS_OF_SANDBOX: groups.join('\n'),
      FOREIGN: isForeign ? '1' : '0',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  const closed = once(child, 'close').catch(() => []);
  const release = async (): Promise<void> => {
    child.stdin.end('done\n');
    await closed;
  };
  let said = '';
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += complaint.length < 4096 ? chunk.toString() : ''));
  const abort = (): void => void release();
  signal?.addEventListener('abort', abort, { once: true });
  const ready = await new Promise<RegExpExecArray | null>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('\n')) resolve(/^ready (\d+) (overlay|copy)$/m.exec(said));
    });
    child.on('error', () => resolve(null));
    child.on('close', () => resolve(null));
  });
  signal?.removeEventListener('abort', abort);
  if (!ready || signal?.aborted) {
    await release();
    if (signal?.aborted) throw new TrowelError('cancelled', 'Stopped.', { cause: signal.reason });
    const disk = /No space left/.test(complaint);
    throw new TrowelError(
      disk ? 'disk-full' : 'sandbox-unavailable',
      disk ? `The copy of ${tree} does not fit into the sandbox.` : `No sandbox could be made: ${complaint.trim()}`,
      { hint: disk ? 'Allow more disk, or run a smaller folder.' : 'See what trowel doctor says of bubblewrap.' },
    );
  }
  const how = ready[2] as HeldTree['how'];
  const written = ['tmp', 'vartmp', 'home', how === 'overlay' ? 'upper' : 'tree'].map((name) => `${folder}/${name}`);
  return { pid: Number(ready[1]), how, writtenBytes: inMemory ? undefined : () => folderBytes(written), release };
}
