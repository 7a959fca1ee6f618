import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type SampleRepository, shopRepository } from '../e2e/sample-repository.ts';
import { RawServer } from './mcp-client.ts';

let shop: SampleRepository;
let server: RawServer;
beforeAll(() => {
  shop = shopRepository();
});
afterEach(() => server.child.kill('SIGKILL'));
afterAll(() => shop.remove());

const show = (id: unknown): unknown => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'show', arguments: { symbol: 'Basket.total' } },
});

describe('broken and hostile messages', () => {
  it('are answered or passed over, and the next question is answered', async () => {
    server = new RawServer(shop);
    await server.open();
    const broken = [
      '',
      'not json',
      '{"jsonrpc": "2.0", "id": 1, "method": ',
      '[]',
      'null',
      '42',
      '{"jsonrpc": "1.0", "id": 2, "method": "ping"}',
      '{"id": 3}',
      '{"jsonrpc":"2.0","id":{"a":1},"method":"ping"}',
      '{"jsonrpc":"2.0","id":4,"result":{}}',
      '\u0000\u0001\u001b[2J',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      '{"__proto__":{"polluted":true},"jsonrpc":"2.0","method":"ping"}',
    ];
    for (const line of broken) server.send(line);
    expect(await server.answer(null)).toMatchObject({ error: { code: -32700 } });
    expect(await server.answer(2)).toMatchObject({ error: { code: -32600 } });
    expect(await server.answer(3)).toMatchObject({ error: { code: -32600 } });
    server.send({ jsonrpc: '2.0', id: 'unknown', method: 'no/such' });
    expect((await server.answer('unknown')).error?.code).toBe(-32601);
    server.send({ jsonrpc: '2.0', id: 'tool', method: 'tools/call', params: { name: 'no-such', arguments: {} } });
    const unknownTool = await server.answer('tool');
    expect(JSON.stringify(unknownTool)).toContain('no-such');
    server.send({
      jsonrpc: '2.0',
      id: 'input',
      method: 'tools/call',
      params: { name: 'show', arguments: { symbol: 7 } },
    });
    expect(await server.answer('input')).toMatchObject({ result: { isError: true } });
    server.send({ jsonrpc: '2.0', id: 'params', method: 'tools/call', params: 'show' });
    expect((await server.answer('params')).error?.code).toBe(-32600);
    server.send(show('after'));
    expect(await server.answer('after')).toMatchObject({ result: { structuredContent: { status: 'symbol' } } });
  });

  it('of 5 MB in one line are read', async () => {
    server = new RawServer(shop);
    await server.open();
    const symbol = 'x'.repeat(5_000_000);
    server.send({ jsonrpc: '2.0', id: 'long', method: 'tools/call', params: { name: 'show', arguments: { symbol } } });
    const { result } = (await server.answer('long')) as { result: { isError: boolean; content: { text: string }[] } };
    expect(result.isError).toBe(true);
    expect(result.content[0]!.text.length).toBeLessThan(2_000);
    server.send(show('after'));
    expect(await server.answer('after')).toMatchObject({ result: { structuredContent: { status: 'symbol' } } });
  });

  it('without an end are refused and do not fill the memory', async () => {
    server = new RawServer(shop);
    await server.open();
    const block = 'y'.repeat(1024 * 1024);
    for (let megabytes = 0; megabytes < 40; megabytes++) server.child.stdin.write(block);
    expect(await server.answer(null)).toMatchObject({
      error: { code: -32600, message: 'A message may have 16 MB at most.' },
    });
    server.send('');
    server.send(show('after'));
    expect(await server.answer('after')).toMatchObject({ result: { structuredContent: { status: 'symbol' } } });
  });

  it('that were sent before the end are answered', async () => {
    server = new RawServer(shop);
    await server.open();
    server.send(show('last'));
    server.child.stdin.end();
    expect(await server.answer('last')).toMatchObject({ result: { structuredContent: { status: 'symbol' } } });
    expect(await server.ended).toBe(0);
  });

  it('end with the client', async () => {
    server = new RawServer(shop);
    await server.open();
    server.child.stdin.end();
    expect(await server.ended).toBe(0);
  });
});
