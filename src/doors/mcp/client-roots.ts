/** Which folders the client works in. Both eras: the library carries the question to clients of the older one itself. */
import { fileURLToPath } from 'node:url';
import {
  CLIENT_CAPABILITIES_META_KEY,
  inputRequired,
  type InputRequiredResult,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ModelServing } from '#operations/services.ts';

/** What to answer instead, where the client must first say its folders. */
export type AskRoots = (context: ServerContext) => InputRequiredResult | undefined;

/** Over HTTP many clients share the process, and none of them can move its folders. */
export function rootsOf(server: McpServer, serving: ModelServing): AskRoots {
  if (serving.http) return () => undefined;
  let known = false;
  server.server.setNotificationHandler('notifications/roots/list_changed', () => {
    known = false;
  });
  return ({ mcpReq }) => {
    if (known) return undefined;
    const answer = inputResponse(mcpReq.inputResponses, 'roots');
    const envelope = mcpReq.envelope as Readonly<Record<string, { readonly roots?: unknown } | undefined>> | undefined;
    const declared = envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.server.getClientCapabilities();
    if (answer.kind !== 'roots' && declared?.roots !== undefined)
      return inputRequired({ inputRequests: { roots: inputRequired.listRoots() } });
    known = true;
    const folders = answer.kind === 'roots' ? answer.roots.flatMap(({ uri }) => folderOf(uri) ?? []) : [];
    // A client without an open folder has nothing to say about ours.
    if (folders.length > 0) serving.setRoots(folders);
    return undefined;
  };
}

function folderOf(uri: unknown): string | undefined {
  try {
    return typeof uri === 'string' ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
