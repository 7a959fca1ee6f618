/** A process in a command's network, outside of its files and processes, that leads its loopback port to the proxy's socket. */
import { spawn } from 'node:child_process';
import path from 'node:path';

/** Inside: where npm and pip are told that their proxy is. */
const PROXY_PORT = 3128;

export const proxyEnvironment: Readonly<Record<string, string>> = Object.fromEntries([
  ...['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].map((name) => [name, `http://127.0.0.1:${PROXY_PORT}`]),
  ...['no_proxy', 'NO_PROXY'].map((name) => [name, 'localhost,127.0.0.1,::1']),
]);

/** It ends with its standard input, that is with Trowel. */
const program = `
const net = require('node:net');
net.createServer((socket) => {
  const proxy = net.connect(process.argv[1]);
  socket.on('error', () => proxy.destroy());
  proxy.on('error', () => socket.destroy());
  socket.pipe(proxy).pipe(socket);
}).listen(${PROXY_PORT}, '127.0.0.1', () => console.log('open'));
process.stdin.resume().on('end', () => process.exit());
`;

export interface ProxyDoor {
  close(): void;
}

/** `pid`: a process in that network. Undefined where it cannot be entered. */
export function openProxyDoor(pid: number, socket: string, spaces: readonly string[]): Promise<ProxyDoor | undefined> {
  return new Promise((resolve) => {
    const words = [
      '--target',
      String(pid),
      ...spaces,
      '--',
      process.execPath,
      '-e',
      program,
      `./${path.basename(socket)}`,
    ];
    const child = spawn('nsenter', words, {
      // A socket's path may have 107 bytes at most.
      cwd: path.dirname(socket),
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.on('error', () => {});
    child.stdout.once('data', () => resolve({ close: () => child.kill('SIGKILL') }));
    child.on('error', () => resolve(undefined));
    child.on('exit', () => resolve(undefined));
  });
}
