/** The MCP door: operations as tools, over standard input and output or HTTP. Both protocol eras, from one description. */
import type { ModelServing } from '#operations/services.ts';
import { loadTools } from './load-tools.ts';
import { makeServer } from './make-server.ts';

export async function serveModels(serving: ModelServing): Promise<void> {
  const tools = await loadTools(serving);
  // The first question then finds the index ready. What goes wrong here is told to whoever asks.
  serving.warmUp().catch(() => undefined);
  const factory = makeServer(serving, tools);
  if (serving.http) {
    const { serveHttp } = await import('./serve-http.ts');
    return serveHttp(factory, serving.http, serving);
  }
  const { serveStandardStreams } = await import('./serve-standard-streams.ts');
  return serveStandardStreams(factory, serving);
}
