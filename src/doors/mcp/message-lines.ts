/**
 * Lines from a client, and only those that are messages: what is broken is answered with the error of JSON-RPC 2.0 and passed
 * over, so that the next message is heard.
 */
import { Transform, type TransformCallback } from 'node:stream';
import { isJSONRPCRequest, parseJSONRPCMessage, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** A longer message is not kept: no question is that long. Bytes. */
const LONGEST_MESSAGE = 16 * 1024 * 1024;

export interface MessageFault {
  readonly code: number;
  readonly message: string;
  /** Null where the message does not tell. */
  readonly id: string | number | null;
}

const NEWLINE = 10;
/** Whoever pipes questions and closes waits this long for the answers, in milliseconds. */
const LAST_ANSWERS = 120_000;

export class MessageLines extends Transform {
  readonly #refuse: (fault: MessageFault) => void;
  #parts: Buffer[] = [];
  #bytes = 0;
  /** Requests that were passed on and not answered yet. */
  readonly #open = new Set<string | number>();
  #whenAnswered: (() => void) | undefined;
  /** The line has been refused; its end is awaited. */
  #dropping = false;

  constructor(refuse: (fault: MessageFault) => void) {
    super();
    this.#refuse = refuse;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#take(chunk.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#take(chunk.subarray(start));
    done();
  }

  /** The end is passed on when all that was asked before it has its answer. */
  override _flush(done: TransformCallback): void {
    this.#endLine();
    if (this.#open.size === 0) return done();
    const timer = setTimeout(() => this.#whenAnswered?.(), LAST_ANSWERS);
    this.#whenAnswered = () => {
      clearTimeout(timer);
      this.#whenAnswered = undefined;
      done();
    };
  }

  answered(id: string | number): void {
    if (this.#open.delete(id) && this.#open.size === 0) this.#whenAnswered?.();
  }

  #take(part: Buffer): void {
    if (this.#dropping || part.length === 0) return;
    this.#bytes += part.length;
    if (this.#bytes > LONGEST_MESSAGE) {
      this.#parts = [];
      this.#dropping = true;
      const message = `A message may have ${LONGEST_MESSAGE / 1024 / 1024} MB at most.`;
      this.#refuse({ code: ProtocolErrorCode.InvalidRequest, message, id: null });
    } else this.#parts.push(part);
  }

  #endLine(): void {
    const line = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    if (this.#dropping) {
      this.#dropping = false;
      return;
    }
    const text = line.toString().trim();
    if (text === '') return;
    const read = messageOf(text);
    if ('code' in read) return this.#refuse(read);
    if (read.request !== undefined) this.#open.add(read.request);
    this.push(`${text}\n`);
  }
}

function messageOf(text: string): MessageFault | { readonly request: string | number | undefined } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { code: ProtocolErrorCode.ParseError, message: 'This is not JSON.', id: null };
  }
  try {
    const message = parseJSONRPCMessage(value);
    return { request: isJSONRPCRequest(message) ? message.id : undefined };
  } catch {
    return notARequest(value);
  }
}

function notARequest(value: unknown): MessageFault {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
  return {
    code: ProtocolErrorCode.InvalidRequest,
    message: 'This is no message of JSON-RPC 2.0 as MCP has it.',
    id: typeof id === 'string' || typeof id === 'number' ? id : null,
  };
}
