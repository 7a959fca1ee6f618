/** The protocols of the services, spoken over a real socket to a server of our own. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbedderRequest } from '../embedder.ts';
import { openEmbeddingModel } from '../registry.ts';
import { postJson } from './post-json.ts';

interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}
interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

let server: Server;
let url: string;
let seen: Seen[];
let reply: (request: Seen, attempt: number) => Reply;

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(Buffer.concat(parts).toString()) as Record<string, unknown>,
      };
      seen.push(one);
      const { status = 200, headers = {}, body } = reply(one, seen.length);
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));

const SECRET = 'sk-very-secret';
const request = (environment: Record<string, string> = {}): Omit<EmbedderRequest, 'name'> => ({
  url,
  dimensions: undefined,
  dataFolder: '/nowhere',
  environment,
});
/** A vector that shows which text it is of: its length and its first letter's code. */
const vectorOf = (text: string): number[] => [text.length, text.charCodeAt(0), 0];
const unit = (text: string): unknown[] => {
  const vector = vectorOf(text);
  return vector.map((value) => expect.closeTo(value / Math.hypot(...vector), 5) as unknown);
};
const list = (value: unknown): string[] => value as string[];

describe('Ollama', () => {
  it('is asked in batches, and answers in order', async () => {
    reply = ({ body }) => ({ body: { model: 'm', embeddings: list(body['input']).map(vectorOf) } });
    const model = await openEmbeddingModel('ollama:nomic-embed-text', request());
    expect(model).toMatchObject({ id: 'ollama:nomic-embed-text@3', dimensions: 3 });
    const texts = Array.from({ length: 70 }, (_, i) => 'x'.repeat(i + 1));
    const { rows, count } = await model.embed(texts.map((text, i) => ({ text, role: i % 2 === 0 ? 'code' : 'query' })));
    expect(count).toBe(70);
    texts.forEach((text, i) => expect([...rows.subarray(i * 3, i * 3 + 3)]).toEqual(unit(text)));
    expect(seen.every(({ path }) => path === '/api/embed')).toBe(true);
    expect(seen.slice(1).map(({ body }) => list(body['input']).length)).toEqual([32, 3, 32, 3]);
  });
});

describe('OpenAI', () => {
  it('is given the key and the dimensions, and may answer out of order', async () => {
    reply = ({ body }) => ({
      body: {
        data: list(body['input'])
          .map((text, index) => ({ index, embedding: vectorOf(text) }))
          .toReversed(),
      },
    });
    const model = await openEmbeddingModel('openai:text-embedding-3-small', {
      ...request({ OPENAI_API_KEY: SECRET }),
      dimensions: 3,
    });
    const { rows } = await model.embed([
      { text: 'one', role: 'code' },
      { text: 'three', role: 'code', documentation: 'Counts.' },
    ]);
    expect([...rows.subarray(3)]).toEqual(unit('Counts.\nthree'));
    expect(seen[0]).toMatchObject({ path: '/v1/embeddings', body: { model: 'text-embedding-3-small', dimensions: 3 } });
    expect(seen[0]!.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  it('without a key says which variable to set', async () => {
    await expect(openEmbeddingModel('openai:m', request())).rejects.toMatchObject({
      code: 'usage',
      hint: expect.stringContaining('OPENAI_API_KEY') as unknown,
    });
    expect(seen).toEqual([]);
  });
});

describe('Voyage', () => {
  it('is told what is a question', async () => {
    reply = ({ body }) => ({
      body: { data: list(body['input']).map((text, index) => ({ index, embedding: vectorOf(text) })) },
    });
    const model = await openEmbeddingModel('voyage:voyage-code-3', request({ VOYAGE_API_KEY: SECRET }));
    await model.embed([
      { text: 'q', role: 'query' },
      { text: 'c', role: 'code' },
    ]);
    expect(seen.slice(1).map(({ body }) => body['input_type'])).toEqual(['query', 'document']);
  });
});

describe('Google', () => {
  it('is asked for batches of contents', async () => {
    reply = ({ body }) => {
      const requests = body['requests'] as { content: { parts: [{ text: string }] } }[];
      return { body: { embeddings: requests.map(({ content }) => ({ values: vectorOf(content.parts[0].text) })) } };
    };
    const model = await openEmbeddingModel('google:gemini-embedding-001', request({ GEMINI_API_KEY: SECRET }));
    const { rows } = await model.embed([{ text: 'four', role: 'query' }]);
    expect([...rows]).toEqual(unit('four'));
    expect(seen[1]).toMatchObject({
      path: '/v1beta/models/gemini-embedding-001:batchEmbedContents',
      body: { requests: [{ model: 'models/gemini-embedding-001', taskType: 'CODE_RETRIEVAL_QUERY' }] },
    });
    expect(seen[1]!.headers['x-goog-api-key']).toBe(SECRET);
  });
});

describe('services that misbehave', () => {
  const patience = { timeout: 300, tries: 3, firstPause: 1 };
  const post = (): Promise<unknown> =>
    postJson({ service: 'Test', url: `${url}/x`, headers: { key: SECRET }, body: {}, patience });

  it('are asked again when they are busy', async () => {
    reply = (_, attempt) =>
      attempt < 3
        ? { status: attempt === 1 ? 429 : 503, headers: { 'retry-after': '0' }, body: 'busy' }
        : { body: { fine: true } };
    expect(await post()).toEqual({ fine: true });
    expect(seen).toHaveLength(3);
  });

  it('are not asked again when the answer is final, and the key is never told', async () => {
    for (const status of [400, 401, 404]) {
      seen = [];
      reply = () => ({ status, body: 'no such model' });
      const error = await post().catch((caught: unknown) => caught);
      expect(error).toMatchObject({
        code: 'embedding-failed',
        message: expect.stringContaining(`answered ${status}: no such model`) as unknown,
      });
      expect(JSON.stringify(error) + String(error)).not.toContain(SECRET);
      expect(seen).toHaveLength(1);
    }
  });

  it('end with a clear error when they stay away, are silent, or talk nonsense', async () => {
    reply = () => ({ status: 500, body: 'broken' });
    await expect(post()).rejects.toThrow(/Test at http:.* answered 500: broken/);
    expect(seen).toHaveLength(3);
    reply = () => ({ body: '<html>' });
    await expect(post()).rejects.toThrow(/no JSON/);
    await expect(
      postJson({ service: 'Test', url: 'http://127.0.0.1:1/', headers: {}, body: {}, patience }),
    ).rejects.toThrow(/cannot be reached/);
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    await expect(
      postJson({
        service: 'Test',
        url: `http://127.0.0.1:${port}/`,
        headers: {},
        body: {},
        patience: { ...patience, tries: 1 },
      }),
    ).rejects.toThrow(/did not answer within 0\.3 s/);
    silent.closeAllConnections();
    silent.close();
  });

  it('may not change dimensions, count or kind of what they answer', async () => {
    reply = ({ body }, attempt) => ({
      body: { embeddings: list(body['input']).map(() => (attempt === 1 ? [1, 2] : [1, 2, 3])) },
    });
    const model = await openEmbeddingModel('ollama:m', request());
    await expect(model.embed([{ text: 'a', role: 'code' }])).rejects.toMatchObject({ code: 'dimension-mismatch' });
    for (const embeddings of [[], [['a']], [[NaN]], undefined]) {
      reply = () => ({ body: { embeddings } });
      await expect(model.embed([{ text: 'a', role: 'code' }])).rejects.toMatchObject({ code: 'embedding-failed' });
    }
  });

  it('stop when asked to', async () => {
    reply = () => ({ status: 503, body: '' });
    const stop = AbortSignal.timeout(30);
    await expect(
      postJson({
        service: 'Test',
        url,
        headers: {},
        body: {},
        signal: stop,
        patience: { ...patience, firstPause: 10_000 },
      }),
    ).rejects.toMatchObject({ code: 'cancelled' });
  });
});
