/** Podman's service, started for the tests on a socket of their own; nothing of the machine's containers is touched. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

export interface PodmanService {
  readonly socket: string;
  /** Why it is not there. */
  readonly lacks: string | undefined;
  /** Ends it and removes what it wrote. */
  stop(): void;
}

export async function podmanService(): Promise<PodmanService> {
  if (process.platform !== 'linux' || spawnSync('podman', ['--version']).status !== 0)
    return { socket: '/nonexistent', lacks: 'podman is not installed', stop: () => {} };
  const folder = mkdtempSync(path.join(os.tmpdir(), 'trowel-podman-'));
  const socket = path.join(folder, 'socket');
  // crun refuses machines that have control groups of both versions.
  const runtime = spawnSync('runc', ['--version']).status === 0 ? ['--runtime', 'runc'] : [];
  const words = [
    ...runtime,
    '--root',
    path.join(folder, 'root'),
    '--runroot',
    path.join(folder, 'run'),
    '--storage-driver',
    'vfs',
    '--cgroup-manager',
    'cgroupfs',
  ];
  const service = spawn('podman', [...words, 'system', 'service', '--time', '120', `unix://${socket}`], {
    cwd: folder, // where its monitor notes that memory ran out
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  service.stderr.on('data', (chunk: Buffer) => (said += said.length < 2000 ? chunk.toString() : ''));
  const stop = (): void => {
    service.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  service.unref();
  for (let attempt = 0; attempt < 100; attempt++) {
    if (existsSync(socket) && (await answers(socket))) return { socket, lacks: undefined, stop };
    if (service.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  stop();
  return { socket, stop, lacks: `podman's service does not start: ${said.split('\n')[0] ?? ''}` };
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = http.get({ socketPath, path: '/_ping' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('error', () => resolve(false));
  });
}
