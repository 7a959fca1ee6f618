import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { ModelServing, Services } from '#operations/services.ts';
import type { AskRoots } from './client-roots.ts';
import { briefText } from './brief-text.ts';
import { failedCall } from './failed-call.ts';
import type { OfferedTool } from './load-tools.ts';
import { progressTeller } from './progress-teller.ts';

/** How fresh an answer is. */
interface Freshness {
  /** The start of the index's revision: enough to tell two apart. */
  readonly revision: string;
  /** ISO 8601: when the tree was last known to be like this. */
  readonly asOf: string;
  /** A first dig is still running: what is not here may yet come. */
  readonly partial?: true;
}

const freshness = { revision: z.string(), asOf: z.string(), partial: z.literal(true).optional() };

export function registerTool(server: McpServer, offered: OfferedTool, serving: ModelServing, askRoots: AskRoots): void {
  const { name, operation, tool } = offered;
  const reads = operation.effect === 'read';
  server.registerTool(
    name,
    {
      description: tool.description,
      inputSchema: inputOf(offered),
      outputSchema: tool.output.extend(freshness),
      annotations: { readOnlyHint: reads, destructiveHint: !reads, idempotentHint: true, openWorldHint: false },
    },
    async (given, context) => askRoots(context) ?? callTool(offered, given, context, serving),
  );
}

/** What a model may choose; a key that is not there is an error that it can read, not silence. */
function inputOf({ operation, tool }: OfferedTool): z.ZodObject {
  const { shape } = operation.input;
  return z.strictObject(Object.fromEntries(tool.takes.map((key) => [key, shape[key]!])));
}

async function callTool(
  { operation, tool }: OfferedTool,
  given: Readonly<Record<string, unknown>>,
  { mcpReq }: ServerContext,
  serving: ModelServing,
): Promise<CallToolResult> {
  let fresh: Freshness | undefined;
  try {
    const input = operation.input.parse({ ...tool.given, ...given });
    const { services, emit } = serving;
    const noted: Services = {
      ...services,
      openResident: async (path, context) => {
        const opened = await services.openResident!(path, context);
        fresh = freshnessOf(opened.snapshot.freshness);
        return opened;
      },
    };
    const signal = AbortSignal.any([mcpReq.signal, serving.signal]);
    const output = await operation.run(input, {
      services: noted,
      emit: progressTeller(mcpReq, emit),
      signal,
      asData: true,
    });
    const brief = tool.brief(output);
    const text = tool.text?.(output) ?? briefText(brief);
    const told = fresh && `[revision ${fresh.revision}, as of ${fresh.asOf}${fresh.partial ? ', still indexing' : ''}]`;
    return {
      content: [{ type: 'text', text: told ? `${text.trimEnd()}\n\n${told}` : text }],
      structuredContent: { ...brief, ...fresh },
    };
  } catch (error) {
    return failedCall(error, serving.emit);
  }
}

function freshnessOf({ revision, asOf, partial }: { revision: string; asOf: number; partial: boolean }): Freshness {
  return { revision: revision.slice(0, 12), asOf: new Date(asOf).toISOString(), ...(partial ? { partial } : {}) };
}
