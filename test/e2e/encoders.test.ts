/** Indexes whose vectors another encoder makes: chosen, dug, edited, asked; over a real socket and with a real model file. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gatherModel } from '../../src/embedders/onnx/sample-model.ts';
import { installedPackages } from '../installed-packages.ts';
import { type Finished, runTrowel } from './run-trowel.ts';
import { type SampleRepository, shopRepository } from './sample-repository.ts';

const DIMENSIONS = 24;
let shop: SampleRepository;
let server: Server | undefined;
let url: string;
/** Texts that the service was given since the last look. */
let asked: string[];
let dimensions = DIMENSIONS;

/** Of a text's words, each in a place of its own: what shares words is near. */
function vectorOf(text: string): number[] {
  const vector = Array.from({ length: dimensions }, () => 0.01);
  for (const word of text.toLowerCase().match(/[a-z]{3,}/g) ?? [])
    vector[[...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7) % dimensions]!++;
  return vector;
}

async function serve(): Promise<void> {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { input } = JSON.parse(Buffer.concat(parts).toString()) as { input: string[] };
      asked.push(...input);
      const vectors = input.map(vectorOf);
      const isOllama = request.url === '/api/embed';
      if (!isOllama && request.headers.authorization !== 'Bearer sk-own') return response.writeHead(401).end('{}');
      const data = vectors.map((embedding, index) => ({ index, embedding }));
      return response.end(JSON.stringify(isOllama ? { embeddings: vectors } : { data: data.toReversed() }));
    });
  });
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(): Promise<void> {
  const closing = server;
  server = undefined;
  return new Promise((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
}

beforeAll(() => {
  shop = shopRepository();
});
afterAll(() => shop.remove());
beforeEach(async () => {
  asked = [];
  dimensions = DIMENSIONS;
  await serve();
});
afterEach(stop);

function run(...words: string[]): Promise<Finished> {
  return runTrowel([...words, '--data-folder', shop.data], {
    cwd: shop.root,
    environment: {
      TROWEL_SEARCH_URL: url,
      OPENAI_API_KEY: 'sk-own',
      NODE_PATH: packages ? path.join(packages, 'node_modules') : '',
    },
  });
}

interface Hits {
  readonly hits: readonly { readonly name: string; readonly why: readonly { readonly name: string }[] }[];
  readonly error?: { readonly code: string };
}

async function json<Output>(...words: string[]): Promise<Output> {
  return JSON.parse((await run(...words, '--json')).out) as Output;
}

const prunedVectors = async (): Promise<number> =>
  (await json<{ pruned: { vectorsRemoved: number } }>('indexes', 'prune')).pruned.vectorsRemoved;

const question = 'where is the total of the basket computed';
const meant = ({ hits }: Hits): number => hits.filter(({ why }) => why.some(({ name }) => name === 'meaning')).length;

describe.each(['ollama:bag', 'openai:bag'])('%s', (model) => {
  it('is chosen, embeds what there is, then what changed, and answers questions', async () => {
    expect((await run('models', 'choose', model)).code).toBe(0);
    expect((await json<{ chosen: string }>('models')).chosen).toBe(model);
    asked = [];
    expect((await run('dig')).code).toBe(0);
    expect(asked.some((text) => text.includes('def total'))).toBe(true);
    const all = asked.filter((text) => text !== 'dimensions').length;
    expect(all).toBeGreaterThan(5);

    asked = [];
    const answer = await json<Hits>('find', question);
    expect(answer.hits[0]!.name).toBe('Basket.total');
    expect(meant(answer)).toBeGreaterThan(0);
    expect(asked).toEqual(['dimensions', question]);

    const file = path.join(shop.root, 'shop/basket.py');
    const before = readFileSync(file, 'utf8');
    shop.write('shop/basket.py', `${before}\n\ndef newest_arrival(baskets):\n    return max(baskets, key=len)\n`);
    asked = [];
    await run('dig');
    expect(asked.filter((text) => text !== 'dimensions')).toEqual([expect.stringContaining('newest_arrival')]);
    shop.write('shop/basket.py', before);
    asked = [];
    await run('dig', '--rebuild');
    expect(asked.filter((text) => text !== 'dimensions')).toEqual([]);

    expect(await prunedVectors()).toBe(0);
    asked = [];
    await json('find', 'Basket.total');
    expect(asked.filter((text) => text !== 'dimensions')).toEqual([]);
    expect(meant(await json<Hits>('similar', 'Basket.total'))).toBeGreaterThan(0);
  });

  it('without its service: words alone and a note; a change that cannot be embedded is an error, and nothing is lost', async () => {
    await stop();
    const { code, out, err } = await run('find', question);
    expect([code, out.includes('Basket.total')]).toEqual([0, true]);
    expect(err).toContain('Words alone are compared');
    const file = path.join(shop.root, 'shop/basket.py');
    const before = readFileSync(file, 'utf8');
    shop.write('shop/basket.py', `${before}\n\ndef oldest_arrival(baskets):\n    return min(baskets, key=len)\n`);
    expect((await json<Hits>('dig')).error?.code).toBe('embedding-failed');
    expect((await json<Hits>('models', 'choose', model)).error?.code).toBe('embedding-failed');
    shop.write('shop/basket.py', before);
    expect((await run('dig')).code).toBe(0);
    await serve();
    expect(meant(await json<Hits>('find', question))).toBeGreaterThan(0);
  });

  it('a model that has changed behind its name is told apart; the shipped one takes over when it is chosen', async () => {
    dimensions = DIMENSIONS + 8;
    const file = path.join(shop.root, 'shop/basket.py');
    const before = readFileSync(file, 'utf8');
    shop.write('shop/basket.py', `${before}\n\ndef heaviest(baskets):\n    return max(baskets, key=weight)\n`);
    expect((await json<Hits>('dig')).error?.code).toBe('dimension-mismatch');
    shop.write('shop/basket.py', before);
    expect(meant(await json<Hits>('find', question))).toBe(0);
    await run('models', 'choose', 'default');
    asked = [];
    expect(meant(await json<Hits>('find', question))).toBeGreaterThan(0);
    expect(asked).toEqual([]);
    expect(await prunedVectors()).toBeGreaterThan(5);
    expect(await prunedVectors()).toBe(0);
  });
});

it('a projection head is fitted to an encoder, chosen where it is better, and makes the vectors then', async () => {
  await run('models', 'choose', 'ollama:bag');
  const subjects = [
    'basket',
    'invoice',
    'parcel',
    'voucher',
    'customer',
    'shelf',
    'ticket',
    'refund',
    'courier',
    'label',
  ];
  const deeds = ['open', 'close', 'count', 'print', 'merge', 'split', 'check', 'send', 'store'];
  for (const subject of subjects)
    shop.write(
      `deeds/${subject}.py`,
      deeds
        .map(
          (deed) =>
            `def ${deed}_${subject}(it):\n    """${deed} one ${subject}."""\n    return it.${deed}(${subject}=it)\n`,
        )
        .join('\n\n'),
    );
  const fitted = await json<{ what: string; model?: string; before: object; after: object; shape: object }>(
    'train',
    '--head',
    '--epochs',
    '6',
  );
  expect(fitted).toMatchObject({ what: 'head', shape: { input: DIMENSIONS, hidden: 16, output: 8 } });
  expect(fitted.after).toHaveProperty('nDCG');
  const { chosen } = await json<{ chosen: string }>('models');
  expect(chosen).toBe(fitted.model ?? 'ollama:bag');
  if (fitted.model !== undefined) {
    expect(meant(await json<Hits>('find', question))).toBeGreaterThan(0);
    const words = await json<Hits>('models', 'choose', 'head:head-000000000000');
    expect(words.error?.code).toBe('model-unknown');
  }
  await run('models', 'choose', 'default');
  expect((await json<Hits>('train', '--head')).error?.code).toBe('usage');
  const { out } = await run('train', '--views', '--epochs', '1');
  expect(out).toMatch(/\d+ by two views/);
}, 120_000);

const packages = installedPackages({ '@huggingface/transformers': '4.3.2' });

it.runIf(packages)('a model file on disk makes the vectors of an index', async () => {
  const folder = path.join(shop.data, 'onnx');
  mkdirSync(folder, { recursive: true });
  const vocabulary = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'basket', 'total', 'def', 'price', 'self', 'return', 'the'];
  writeFileSync(path.join(folder, 'vocab.txt'), vocabulary.join('\n'));
  const table = Float32Array.from({ length: vocabulary.length * 8 }, (_, i) => Math.sin(i * 1.7));
  writeFileSync(path.join(folder, 'model.onnx'), gatherModel(table, 8));
  expect((await run('models', 'choose', `onnx:${folder}`)).code).toBe(0);
  expect((await run('dig')).code).toBe(0);
  expect(meant(await json<Hits>('find', question))).toBeGreaterThan(0);
  await run('models', 'choose', 'default');
});
