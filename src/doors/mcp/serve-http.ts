/** Streamable HTTP for several clients: each request stands for itself, so that any client may come and go. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createMcpHandler,
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  type McpServerFactory,
  originValidationResponse,
} from '@modelcontextprotocol/server';
import { TrowelError } from '#base/errors.ts';
import type { ModelHttp, ModelServing } from '#operations/services.ts';
import { answerOverNode } from './answer-over-node.ts';

/** Bytes of one request's body. */
const LARGEST_BODY = 4 * 1024 * 1024;
/** Milliseconds in which a client must have sent its request. */
const REQUEST_TIMEOUT = 60_000;
const PATH = '/mcp';

export async function serveHttp(factory: McpServerFactory, http: ModelHttp, serving: ModelServing): Promise<void> {
  const { host, port, token } = http;
  if (!isLoopback(host) && token === undefined)
    throw new TrowelError('usage', `Listening on ${host} lets other machines read the code.`, {
      hint: 'Set MCP_TOKEN to a secret that clients must send, or listen on 127.0.0.1.',
    });
  const { emit, signal } = serving;
  const handler = createMcpHandler(factory, {
    maxRequestBodySize: LARGEST_BODY,
    onerror: (error) => emit({ type: 'warning', message: error.message }),
  });
  const refuse = guard(http);
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: REQUEST_TIMEOUT }, (request, response) => {
    answerOverNode(request, response, async (asked) => refuse(asked) ?? handler.fetch(asked)).catch(
      (error: unknown) => {
        emit({ type: 'warning', message: error instanceof Error ? error.message : String(error) });
        response.destroy();
      },
    );
  });
  const address = await listening(server, host, port);
  emit({ type: 'note', message: `Serving on http://${bracketed(host)}:${address.port}${PATH}` });
  await fired(signal);
  await handler.close();
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** What stands before the protocol: the right path, a name of this machine (DNS rebinding), a page of it, the token. */
function guard({ host, token, allowedHosts }: ModelHttp): (request: Request) => Response | undefined {
  const names = [...localhostAllowedHostnames(), ...allowedHosts, ...(isAnywhere(host) ? [] : [bracketed(host)])];
  return (request) => {
    const rejected = hostHeaderValidationResponse(request, names) ?? originValidationResponse(request, names);
    if (rejected) return rejected;
    if (token !== undefined && !hasToken(request, token))
      return new Response('A bearer token is needed.\n', { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
    if (new URL(request.url).pathname !== PATH) return new Response(`Only ${PATH} is served.\n`, { status: 404 });
    return undefined;
  };
}

/** Compares digests: equal lengths, and no time that tells how much was right. */
function hasToken(request: Request, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function isAnywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function listening(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be listened on (${cause.code})`;
      reject(
        new TrowelError('usage', `Port ${port} of ${host} ${why}.`, {
          hint: 'Give another --port; 0 takes a free one.',
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });
}

function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
