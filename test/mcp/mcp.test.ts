import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallToolResult, Client } from '@modelcontextprotocol/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadTokenCounter } from '../../src/context/tokens/load-token-counter.ts';
import { type SampleRepository, shopRepository } from '../e2e/sample-repository.ts';
import { type Era, eras, overHttp, overStdio, type HttpServer } from './mcp-client.ts';

let shop: SampleRepository;
let open: { close(): Promise<void> }[] = [];

beforeAll(() => {
  shop = shopRepository();
  writeFileSync(path.join(shop.root, '..', 'secret.txt'), 'the secret\n');
  mkdirSync(path.join(shop.root, '..', 'other'));
  writeFileSync(path.join(shop.root, '..', 'other', 'other.py'), 'def other():\n    return 1\n');
  symlinkSync('../../secret.txt', path.join(shop.root, 'shop', 'link.txt'));
  symlinkSync('../other', path.join(shop.root, 'linked'));
  shop.write('.gitignore', '.env\n');
  shop.write('.env', 'TOKEN=hidden\n');
});
afterEach(async () => {
  await Promise.all(open.map((client) => client.close()));
  open = [];
});
afterAll(() => shop.remove());

function kept<Kept extends { close(): Promise<void> }>(one: Kept): Kept {
  open.push(one);
  return one;
}

async function call(client: Client, name: string, given: Record<string, unknown>): Promise<CallToolResult> {
  return (await client.callTool({ name, arguments: given })) as CallToolResult;
}

function textOf({ content }: CallToolResult): string {
  const [first] = content;
  return first?.type === 'text' ? first.text : '';
}

async function asksEverything(client: Client): Promise<void> {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['check', 'context', 'impact', 'path', 'show', 'survey']),
  );
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
  const show = await call(client, 'show', { symbol: 'Basket.total' });
  expect(show.structuredContent).toMatchObject({
    status: 'symbol',
    key: 'shop/basket.py#Basket.total:method',
    callers: expect.arrayContaining(['checkout  shop/till.py:5']),
    revision: expect.stringMatching(/^[0-9a-f]{12}$/),
  });
  expect(Date.parse((show.structuredContent as { asOf: string }).asOf)).toBeGreaterThan(Date.now() - 60_000);
  const context = await call(client, 'context', { subject: 'Basket.total', budget: 300 });
  const { text, tokens } = context.structuredContent as { text: string; tokens: number };
  expect((await loadTokenCounter('o200k')).count(text)).toBe(tokens);
  expect(tokens).toBeLessThanOrEqual(300);
  expect(textOf(context)).toContain('def total(self):');
  const search = await call(client, 'search', { query: 'sum of the prices in a basket', limit: 3 });
  expect((search.structuredContent as { hits: string[] }).hits.join('\n')).toContain('shop/basket.py');
  const impact = await call(client, 'impact', { subject: 'Money.add' });
  expect(impact.structuredContent).toMatchObject({ tests: [expect.stringContaining('tests/test_basket.py')] });
  const way = await call(client, 'path', { from: 'main', to: 'render' });
  expect((way.structuredContent as { steps: string[] }).steps.at(-1)).toMatch(/^render /);
  expect((await call(client, 'survey', {})).structuredContent).toMatchObject({ name: 'shop' });
  const file = await client.readResource({ uri: 'trowel://file/shop/money.py' });
  expect(file.contents[0]).toMatchObject({ text: expect.stringMatching(/^class Money:/) });
  const symbol = await client.readResource({
    uri: `trowel://symbol/${encodeURIComponent('shop/basket.py#Basket.total:method')}`,
  });
  expect(symbol.contents[0]).toMatchObject({ text: expect.stringContaining('checkout') });
  const { completion } = await client.complete({
    ref: { type: 'ref/resource', uri: 'trowel://file/{+path}' },
    argument: { name: 'path', value: 'shop/m' },
  });
  expect(completion.values).toEqual(['shop/money.py']);
}

describe.each(eras)('over standard streams, %s', (era) => {
  it('answers every tool and resource of the official client', async () => {
    const client = kept(await overStdio(shop, era));
    expect(client.getNegotiatedProtocolVersion()).toBe(era);
    await asksEverything(client);
  });

  it('reads nothing outside of what it serves', async () => readsNothingElse(kept(await overStdio(shop, era))));

  it('follows edits, and says how fresh it is', async () => {
    const client = kept(await overStdio(shop, era));
    const before = (await call(client, 'show', { symbol: 'main' })).structuredContent as { revision: string };
    shop.write(`shop/added_${era.replaceAll('-', '_')}.py`, `def added_${era.slice(0, 4)}():\n    return 1\n`);
    let after: CallToolResult;
    for (let attempt = 0; ; attempt++) {
      after = await call(client, 'show', { symbol: `added_${era.slice(0, 4)}` });
      if (!after.isError || attempt > 100) break;
      await sleep(100);
    }
    expect(after.structuredContent).toMatchObject({ kind: 'function' });
    expect((after.structuredContent as { revision: string }).revision).not.toBe(before.revision);
  });

  it('judges an edit, and says what is new of it', async () => {
    const client = kept(await overStdio(shop, era));
    const name = `shop/judged_${era.slice(0, 4)}.py`;
    const ask = async (given: Record<string, unknown>): Promise<Record<string, unknown>> =>
      (await call(client, 'check', given)).structuredContent as Record<string, unknown>;
    const before = await ask({});
    expect(before['findings'] ?? []).not.toContainEqual(expect.stringContaining(name));
    shop.write(name, 'def add(item, basket=[]):\n    basket.append(item)\n    return basket\n');
    let found: string[] = [];
    for (let attempt = 0; attempt < 100; attempt++) {
      const { findings = [] } = await ask({ since: 'HEAD', new: true, path: name, category: ['bug'] });
      found = findings as string[];
      if (found.length > 0) break;
      await sleep(100);
    }
    expect(found).toEqual([expect.stringMatching(`^fails 4 ${name}:1 mutable-default: `)]);
    const bad = await call(client, 'check', { path: 'shop', rule: ['x'] });
    expect(bad.isError).toBe(true);
    expect((await call(client, 'check', { since: '--output=/tmp/x' })).isError).toBe(true);
  });

  it('keeps to the folders that the client works in', async () => {
    let asked = 0;
    const client = kept(
      await overStdio(shop, era, [], { capabilities: { roots: {} } }, (made) =>
        made.setRequestHandler('roots/list', () => {
          asked++;
          return { roots: [{ uri: `file://${shop.root}/shop` }] };
        }),
      ),
    );
    const survey = await call(client, 'survey', {});
    expect(survey.structuredContent).toMatchObject({ size: expect.stringMatching(/, 0 test files$/) });
    expect(textOf(await call(client, 'show', { symbol: 'Basket.total' }))).not.toContain('tests/');
    await expect(client.readResource({ uri: 'trowel://file/README.md' })).rejects.toThrow('not in the index');
    expect((await call(client, 'survey', { path: '..' })).isError).toBe(true);
    expect(asked).toBe(1);
  });

  it('tells of progress, and stops when it is told to', async () => {
    const other = shopRepository();
    try {
      const client = kept(await overStdio(other, era));
      const told: number[] = [];
      await client.callTool(
        { name: 'survey', arguments: {} },
        { onprogress: ({ progress }) => void told.push(progress) },
      );
      expect(told).toEqual(told.toSorted((a, b) => a - b));
      const stop = new AbortController();
      const waiting = client.callTool({ name: 'survey', arguments: {} }, { signal: stop.signal });
      stop.abort();
      await expect(waiting).rejects.toThrow();
      expect((await call(client, 'show', { symbol: 'main' })).isError).toBeFalsy();
    } finally {
      other.remove();
    }
  });
});

async function readsNothingElse(client: Client): Promise<void> {
  const uris = [
    'trowel://file/../secret.txt',
    'trowel://file/%2e%2e/secret.txt',
    'trowel://file/..%2fsecret.txt',
    'trowel://file//etc/passwd',
    'trowel://file/%2Fetc%2Fpasswd',
    'trowel://file/shop/link.txt',
    'trowel://file/linked/other.py',
    'trowel://file/.env',
    'trowel://file/.git/config',
    'trowel://file/shop/money.py%00.txt',
    'file:///etc/passwd',
  ];
  for (const uri of uris) await expect(client.readResource({ uri }), uri).rejects.toThrow();
  const paths = [
    '..',
    '../other',
    '/etc',
    '/',
    'linked',
    'shop/../..',
    '\0',
    'file:///etc',
    'https://example.org/a.git',
    '~',
  ];
  for (const given of paths) {
    const answer = await call(client, 'survey', { path: given });
    expect(answer.isError, given).toBe(true);
    expect(textOf(answer), given).toContain('is no path in what is served');
  }
  for (const symbol of ['../secret.txt', '/etc/passwd:1', 'linked/other.py', 'shop/link.txt'])
    expect((await call(client, 'show', { symbol })).isError, symbol).toBe(true);
  const diff = await call(client, 'impact', { diff: '--output=/tmp/x' });
  expect(diff.isError).toBe(true);
}

describe('over HTTP', () => {
  let server: HttpServer;
  beforeAll(async () => {
    server = await overHttp(shop);
  });
  afterAll(() => server.stop());

  it.each(eras)('answers every tool and resource, %s', async (era) => {
    await asksEverything(kept(await server.connect(era)));
  });

  it('reads nothing outside of what it serves', async () => readsNothingElse(kept(await server.connect('2026-07-28'))));

  it('serves several clients of both eras at once', async () => {
    const clients = await Promise.all([0, 1, 2, 3].map(async (at) => kept(await server.connect(eras[at % 2] as Era))));
    const answers = await Promise.all(
      clients.flatMap((client) => [1, 2, 3].map(() => call(client, 'show', { symbol: 'Basket.total' }))),
    );
    expect(new Set(answers.map((answer) => textOf(answer).split('\n[')[0])).size).toBe(1);
  });

  const post = (headers: Record<string, string>, body: string): Promise<Response> =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers },
      body,
    });
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

  it('refuses pages of other sites, and other paths', async () => {
    expect((await post({ Origin: 'https://evil.example' }, ping)).status).toBe(403);
    expect((await post({ Origin: 'null' }, ping)).status).toBe(403);
    expect((await post({ Origin: `http://localhost:${server.url.port}` }, ping)).status).toBe(200);
    expect((await fetch(new URL('/', server.url))).status).toBe(404);
  });

  it('refuses names that are not its own', async () => {
    const { request } = await import('node:http');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: server.url.port,
          path: '/mcp',
          method: 'POST',
          headers: { Host: 'rebound.example' },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asked.on('error', reject);
      asked.end(ping);
    });
    expect(status).toBe(403);
  });

  it('has clear answers to broken and huge bodies', async () => {
    expect((await post({}, '{"jsonrpc": ')).status).toBe(400);
    expect((await post({ 'Content-Type': 'text/plain' }, ping)).status).toBe(415);
    expect((await post({}, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'x'.repeat(5_000_000) }))).status).toBe(413);
    expect((await post({}, ping)).status).toBe(200);
  });

  it('needs the token where there is one, and one beyond this machine', async () => {
    const guarded = await overHttp(shop, [], { MCP_TOKEN: 'right' });
    try {
      await expect(guarded.connect('2025-11-25')).rejects.toThrow();
      await expect(guarded.connect('2025-11-25', { Authorization: 'Bearer wrong' })).rejects.toThrow();
      const client = kept(await guarded.connect('2025-11-25', { Authorization: 'Bearer right' }));
      expect((await client.listTools()).tools.length).toBeGreaterThan(0);
    } finally {
      await guarded.stop();
    }
    await expect(overHttp(shop, ['--host', '0.0.0.0'])).rejects.toThrow(/lets other machines read/);
  });
});
