import { McpServer, type McpServerFactory } from '@modelcontextprotocol/server';
import type { ModelServing } from '#operations/services.ts';
import type { OfferedTool } from './load-tools.ts';
import { registerResources } from './register-resources.ts';
import { registerTool } from './register-tool.ts';
import { rootsOf } from './client-roots.ts';

const instructions =
  'Answers about the code of this repository from an index of symbols, calls and history that follows every edit. ' +
  'Begin with `context` for a task, `search` for a place, `survey` for an overview; `show`, `impact` and `path` are about one symbol. ' +
  'Symbols are named `Type.method`, `path:line`, or by a key from another answer.';

/** A server for one connection, or for one request over HTTP. */
export function makeServer(serving: ModelServing, tools: readonly OfferedTool[]): McpServerFactory {
  return () => {
    const server = new McpServer(
      { name: 'trowel', title: 'Trowel', version: serving.services.version },
      { instructions, capabilities: { tools: {}, resources: {}, completions: {} } },
    );
    const askRoots = rootsOf(server, serving);
    for (const tool of tools) registerTool(server, tool, serving, askRoots);
    registerResources(server, serving, askRoots);
    return server;
  };
}
