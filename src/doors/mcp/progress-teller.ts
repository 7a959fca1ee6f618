import type { ServerContext } from '@modelcontextprotocol/server';
import type { Emit, EngineEvent } from '#base/progress.ts';

/** Progress is told this often at most, in milliseconds. */
const INTERVAL = 200;

const words: Readonly<Partial<Record<string, string>>> = {
  scan: 'listing files',
  parse: 'reading files',
  link: 'resolving references',
  index: 'writing the index',
  history: 'reading history',
};

/** Engine events as progress notifications, where the client asked for them; warnings go where the server's own go. */
export function progressTeller(mcpReq: ServerContext['mcpReq'], emit: Emit): Emit {
  const token = mcpReq._meta?.progressToken;
  let told = 0;
  let last = 0;
  return (event) => {
    if (event.type === 'warning' || event.type === 'note' || event.type === 'output') return emit(event);
    const now = performance.now();
    if (token === undefined || now - last < INTERVAL) return;
    last = now;
    // It must grow with each notification, and stages have no common measure.
    told++;
    const params = { progressToken: token, progress: told, message: messageOf(event) };
    mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined);
  };
}

function messageOf(event: Extract<EngineEvent, { type: 'progress' | 'stage-done' }>): string {
  const stage = words[event.stage] ?? event.stage;
  if (event.type === 'stage-done') return `${stage}: done`;
  return event.total === undefined ? stage : `${stage} ${event.done}/${event.total}`;
}
