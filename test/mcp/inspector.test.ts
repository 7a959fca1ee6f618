/** The MCP Inspector's command line, as people try a server with it. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot, runProgram } from '../e2e/run-trowel.ts';
import { type SampleRepository, shopRepository } from '../e2e/sample-repository.ts';

let shop: SampleRepository;
beforeAll(() => {
  shop = shopRepository();
});
afterAll(() => shop.remove());

const launcher = path.join(projectRoot, 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js');

async function inspect(...words: string[]): Promise<Record<string, unknown>> {
  const server = [path.join(projectRoot, 'bin/trowel'), 'mcp'];
  const { out, err } = await runProgram(
    process.execPath,
    [launcher, '--cli', '--connect-timeout', '60000', ...server, ...words],
    { cwd: shop.root, environment: { TROWEL_DATA: shop.data } },
  );
  try {
    return JSON.parse(out) as Record<string, unknown>;
  } catch {
    throw new Error(`the Inspector said: ${out} ${err}`);
  }
}

describe('the Inspector', () => {
  it('lists the tools', async () => {
    const { tools } = (await inspect('--method', 'tools/list')) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['context', 'search', 'show']));
  });

  it('calls one', async () => {
    const words = ['--method', 'tools/call', '--tool-name', 'show', '--tool-arg', 'symbol=Basket.total'];
    expect(await inspect(...words)).toMatchObject({
      structuredContent: { status: 'symbol', key: 'shop/basket.py#Basket.total:method' },
    });
  });

  it('lists the resource templates', async () => {
    const { resourceTemplates } = (await inspect('--method', 'resources/templates/list')) as {
      resourceTemplates: { uriTemplate: string }[];
    };
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('trowel://file/{+path}');
  });
});
