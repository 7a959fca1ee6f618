import {
  isJSONRPCErrorResponse,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type McpServerFactory,
} from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import type { ModelServing } from '#operations/services.ts';
import { MessageLines } from './message-lines.ts';

/** One client, on standard input and output. Resolves when it has closed its end and has its answers, or the signal fires. */
export async function serveStandardStreams(factory: McpServerFactory, { emit, signal }: ModelServing): Promise<void> {
  const lines = new MessageLines(({ id, code, message }) => {
    emit({ type: 'note', message: `A message was refused: ${message}` });
    transport.send({ jsonrpc: '2.0', id, error: { code, message } } as JSONRPCMessage).catch(() => undefined);
  });
  const transport = new AnsweringTransport(lines);
  const handle = serveStdio(factory, { transport, onerror: (error) => emit({ type: 'note', message: error.message }) });
  process.stdin.pipe(lines);
  await new Promise<void>((resolve) => {
    lines.once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  process.stdin.unpipe(lines);
  await handle.close();
}

/** Tells the reader of lines what has been answered. */
class AnsweringTransport extends StdioServerTransport {
  readonly #lines: MessageLines;

  constructor(lines: MessageLines) {
    // Lines are limited where they are read.
    super(lines, undefined, { maxBufferSize: Infinity });
    this.#lines = lines;
  }

  override async send(message: JSONRPCMessage): Promise<void> {
    await super.send(message);
    if ((isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) && message.id !== undefined)
      this.#lines.answered(message.id);
  }
}
