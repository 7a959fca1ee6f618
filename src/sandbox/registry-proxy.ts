/** An HTTP proxy on a unix socket that passes connections to package registries alone. */
import { closeSync, openSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import type { Socket } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';

export interface RegistryProxy {
  readonly socket: string;
  /** `host:port` of what was refused, in order. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export interface ProxyRequest {
  /** Where the socket is made. */
  readonly folder: string;
  /** `host:port`. */
  readonly allowed: ReadonlySet<string>;
  /** A proxy of the user's own network (HTTPS_PROXY). */
  readonly upstream?: string | undefined;
}

export async function openRegistryProxy({ folder, allowed, upstream }: ProxyRequest): Promise<RegistryProxy> {
  const refused: string[] = [];
  const open = new Set<Duplex>();
  const isAllowed = (target: string): boolean => {
    if (allowed.has(target)) return true;
    if (refused.length < 100) refused.push(target);
    return false;
  };
  const server = http.createServer((request, response) => {
    const url = URL.canParse(request.url ?? '') ? new URL(request.url!) : undefined;
    if (!url || url.protocol !== 'http:' || !isAllowed(`${url.hostname.toLowerCase()}:${url.port || '80'}`)) {
      response.writeHead(403).end('Only package registries are reached from this sandbox.\n');
      return;
    }
    const { 'proxy-connection': _, 'proxy-authorization': __, ...headers } = request.headers;
    const asked = http.request(url, { method: request.method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('connect', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const target = (request.url ?? '').toLowerCase();
    const [, host, port] = /^([^:[\]]+):(\d+)$/.exec(target) ?? [];
    if (host === undefined || port === undefined || !isAllowed(target)) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    void connectTo(host, Number(port), upstream)
      .then((remote) => {
        open.add(remote);
        remote.on('close', () => {
          open.delete(remote);
          socket.destroy();
        });
        socket.on('close', () => remote.destroy());
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        remote.write(head);
        return remote.pipe(socket).pipe(remote);
      })
      .catch(() => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
  });
  // The path of a socket may have 107 bytes at most; a descriptor of its folder makes it short.
  const descriptor = openSync(folder, 'r');
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(`/proc/self/fd/${descriptor}/proxy`, resolve);
  });
  closeSync(descriptor);
  return {
    socket: path.join(folder, 'proxy'),
    refused,
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function connectTo(host: string, port: number, upstream: string | undefined): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (upstream === undefined || !URL.canParse(upstream)) {
      const socket = net.connect({ host, port }, () => resolve(socket));
      socket.on('error', reject);
      return;
    }
    const proxy = new URL(upstream);
    const authorization =
      proxy.username === ''
        ? {}
        : {
            'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`,
          };
    const asked = http.request({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: `${host}:${port}`,
      headers: authorization,
    });
    asked.on('connect', (answer, socket) => {
      socket.on('error', reject);
      if (answer.statusCode === 200) resolve(socket);
      else reject(new Error(`proxy answered ${answer.statusCode}`));
    });
    asked.on('error', reject);
    asked.end();
  });
}
