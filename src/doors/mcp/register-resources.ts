/** Files and symbols of the index as resources. What is not indexed cannot be read: ignored files, links, other folders. */
import {
  type McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ModelServing } from '#operations/services.ts';
import type { AskRoots } from './client-roots.ts';
import { messageOf } from './failed-call.ts';

/** So many paths at most complete what was typed: the protocol's own limit. */
const COMPLETIONS = 100;

export function registerResources(server: McpServer, serving: ModelServing, askRoots: AskRoots): void {
  server.registerResource(
    'file',
    new ResourceTemplate('trowel://file/{+path}', {
      list: undefined,
      complete: {
        path: (start) =>
          serving.completePath(start, COMPLETIONS).then(
            (paths) => [...paths],
            () => [],
          ),
      },
    }),
    { description: 'A file of the repository, as it is indexed.', mimeType: 'text/plain' },
    async (uri, variables, context) =>
      askRoots(context) ??
      read(uri, serving, async () => {
        const path = decoded(variables['path']);
        const file = await serving.readFile(path, signalOf(context, serving));
        return file?.text ?? missing(path);
      }),
  );
  server.registerResource(
    'symbol',
    new ResourceTemplate('trowel://symbol/{+key}', { list: undefined }),
    { description: 'A symbol by its key, percent-encoded: source, callers, callees, tests.', mimeType: 'text/plain' },
    async (uri, variables, context) =>
      askRoots(context) ??
      read(uri, serving, async () => {
        const show = await serving.services.operations.load('show');
        if (!show) return missing('symbol');
        const input = show.input.parse({ symbol: decoded(variables['key']), history: false, source: true });
        const output = await show.run(input, {
          services: serving.services,
          emit: serving.emit,
          signal: signalOf(context, serving),
          asData: false,
        });
        return show.render(output, { width: 120, color: false, unicode: true });
      }),
  );
}

async function read(uri: URL, serving: ModelServing, text: () => Promise<string>): Promise<ReadResourceResult> {
  try {
    return { contents: [{ uri: uri.href, mimeType: 'text/plain', text: await text() }] };
  } catch (error) {
    if (error instanceof ProtocolError) throw error;
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, messageOf(error, serving.emit), { uri: uri.href });
  }
}

function missing(what: string): never {
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `${JSON.stringify(what.slice(0, 200))} is not in the index. Paths are relative to the repository, as tools give them.`,
  );
}

function decoded(variable: string | readonly string[] | undefined): string {
  const text = typeof variable === 'string' ? variable : (variable?.join('/') ?? '');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function signalOf({ mcpReq }: ServerContext, serving: ModelServing): AbortSignal {
  return AbortSignal.any([mcpReq.signal, serving.signal]);
}
