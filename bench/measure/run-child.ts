/** Runs a program and measures it: wall and processor time, peak memory; ended with all its children when it takes too long. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunLimits {
  readonly timeoutSeconds: number;
  /** Leaves processor time and memory out: without the process in between, for short commands. */
  readonly wallOnly?: boolean;
}

export interface ChildRun {
  readonly outcome: 'ok' | 'timeout' | 'failed';
  readonly seconds: number;
  readonly cpuSeconds: number | undefined;
  /** Peak resident memory of the largest process, in MB of 10⁶ bytes. */
  readonly peakMegabytes: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it failed. */
  readonly message: string;
}

/** All children carry it in their environment, so that what they leave running can be found. */
const MARK = `BENCH_RUN=${process.pid}-${Math.round(performance.timeOrigin)}`;
const OUTPUT_LIMIT = 8 * 1024 * 1024;
const running = new Set<number>();

let timeProgram: string | undefined | null = null;
/** GNU time, which tells memory and processor time of a child and its children. */
function gnuTime(): string | undefined {
  timeProgram ??= ['/usr/bin/time', '/usr/local/bin/gtime', '/opt/homebrew/bin/gtime'].find(
    (file) => existsSync(file) && /GNU/.test(spawnSync(file, ['--version']).output.join('')),
  );
  return timeProgram ?? undefined;
}

export function measuresMemory(): boolean {
  return gnuTime() !== undefined;
}

export function runChild(command: Command, limits: RunLimits): Promise<ChildRun> {
  const time = limits.wallOnly ? undefined : gnuTime();
  const folder = mkdtempSync(path.join(tmpdir(), 'trowel-bench-'));
  const account = path.join(folder, 'account');
  const [file, args] = time
    ? [time, ['-q', '-o', account, '-f', '%U %S %M', command.file, ...command.args]]
    : [command.file, command.args];
  const [key, value] = MARK.split('=') as [string, string];
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(file, args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env, [key]: value },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: what it starts ends with it.
      detached: true,
    });
    const output = { stdout: '', stderr: '' };
    let timedOut = false;
    let failure: string | undefined;
    if (child.pid !== undefined) running.add(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid);
    }, limits.timeoutSeconds * 1000);
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk: Buffer) => {
        if (output[name].length < OUTPUT_LIMIT) output[name] += chunk.toString();
      });
    child.on('error', (error) => {
      failure = error.message;
    });
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      clearTimeout(timer);
      endGroup(child.pid);
      if (child.pid !== undefined) running.delete(child.pid);
      const measured = readAccount(account);
      rmSync(folder, { recursive: true, force: true });
      if (code !== 0) failure ??= lastLines(output.stderr || output.stdout) || `exit code ${code}`;
      resolve({
        outcome: timedOut ? 'timeout' : failure === undefined ? 'ok' : 'failed',
        seconds,
        cpuSeconds: measured && measured.user + measured.system,
        peakMegabytes: measured && (measured.kilobytes * 1024) / 1e6,
        ...output,
        message: timedOut ? `ended after ${limits.timeoutSeconds} s` : (failure ?? ''),
      });
    });
  });
}

function readAccount(file: string): { user: number; system: number; kilobytes: number } | undefined {
  if (!existsSync(file)) return undefined;
  const [user, system, kilobytes] = readFileSync(file, 'utf8').trim().split('\n').at(-1)!.split(' ').map(Number);
  return user === undefined || system === undefined || !kilobytes ? undefined : { user, system, kilobytes };
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ').slice(-400);
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Ends what the measured programs left running in sessions of their own (daemons), on Linux. */
export function endStragglers(): void {
  for (const pid of running) endGroup(pid);
  if (!existsSync('/proc/self/environ')) return;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      if (readFileSync(`/proc/${name}/environ`, 'latin1').split('\0').includes(MARK))
        process.kill(Number(name), 'SIGKILL');
    } catch {
      // Another user's, or gone.
    }
  }
}
