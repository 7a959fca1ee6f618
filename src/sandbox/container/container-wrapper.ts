/** The first process of a container, which no program in it can end, and what it leaves in a file when the command has ended. */
import type { SandboxExit, SandboxLimits } from '../sandbox.ts';
import { exitOfStatus } from '../wrapper.ts';

/** Mounted from the host: a named pipe `alive` that Trowel holds open, and `status`. */
export const CONTROL_FOLDER = '/run/trowel';

/**
 * A second shell waits for the pipe's end, which comes when Trowel ends, and then ends all but this first process, which follows.
 * $1 the folder. How the end is told: see the wrapper of processes.
 */
const script = `
cd "$1" || exit 126
ulimit -c 0
shift
exec 5>&2
exec 3>>${CONTROL_FOLDER}/status 2>&3
(exec >&- 2>&- 3>&- 5>&-; read -r end <${CONTROL_FOLDER}/alive; kill -9 -1) &
(exec 2>&5 3>&- 5>&-; exec "$@")
echo "=$?" >&3
for file in /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control; do
  while read -r name count; do
    if [ "$name" = oom_kill ]; then echo "oom $count" >&3; fi
  done <"$file"
done 2>/dev/null
for file in /sys/fs/cgroup/pids.events /sys/fs/cgroup/pids/pids.events; do
  while read -r name count; do
    if [ "$name" = max ]; then echo "refused $count" >&3; fi
  done <"$file"
done 2>/dev/null
for file in /sys/fs/cgroup/memory.peak /sys/fs/cgroup/memory/memory.max_usage_in_bytes; do
  read -r peak <"$file" && echo "peak $peak" >&3
done 2>/dev/null
`;

export function containerWords(folder: string, program: string, words: readonly string[]): string[] {
  return ['/bin/sh', '-c', script, 'sh', folder, program, ...words];
}

export interface ContainerEnd {
  /** Undefined where the container was ended from outside. */
  readonly exit: SandboxExit | undefined;
  readonly peakBytes: number | undefined;
}

export function endOf(status: string, limits: SandboxLimits): ContainerEnd {
  const lines = status.split('\n');
  const number = (name: string): number | undefined => {
    const line = lines.find((line) => line.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length + 1));
  };
  const exit = exitOfStatus(lines.filter((line) => !/^(?:oom|peak|refused) \d+$/.test(line)).join('\n'));
  const peak = number('peak');
  const hit = (['oom', 'refused'] as const).find((name) => (number(name) ?? 0) > 0);
  return {
    exit: hit ? { kind: 'limit', limit: hit === 'oom' ? 'memory' : 'processes' } : exit,
    peakBytes: peak === undefined ? undefined : Math.min(peak, limits.memoryBytes),
  };
}
