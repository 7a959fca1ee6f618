/** Every export is read back by a tool that others wrote for the format. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, openPage } from './chromium.ts';
import { projectRoot, runTrowel } from './run-trowel.ts';
import { type SampleRepository, shopRepository } from './sample-repository.ts';

let shop: SampleRepository;
let folder: string;

beforeAll(() => {
  shop = shopRepository();
  // Names that no format may stumble over.
  shop.write('odd/quo"te & <b>.py', 'def größe():\n    return "\\\\"\n\n\ndef caller():\n    return größe()\n');
  folder = path.join(shop.root, '..', 'out');
});
afterAll(() => shop.remove());

async function exported(format: string, ...flags: string[]): Promise<string> {
  const { code, out, err } = await runTrowel(
    ['export', format, '--json', '--data-folder', shop.data, '--output', path.join(folder, format), ...flags],
    { cwd: shop.root },
  );
  expect(err).toBe('');
  expect(code).toBe(0);
  return (JSON.parse(out) as { files: { path: string }[] }).files[0]!.path;
}

interface Graph {
  nodes: { id: string; label: string }[];
  edges: { source: string; target: string; kind: string; provenance: string }[];
}
let graph: Graph;

beforeAll(async () => {
  graph = JSON.parse(readFileSync(await exported('json'), 'utf8')) as Graph;
});

const call = ({ edges }: Graph, from: string, to: string): boolean =>
  edges.some(({ source, target, kind }) => kind === 'calls' && source.endsWith(from) && target.endsWith(to));

const systemPython = ['/usr/bin/python3', 'python3'].find(
  (python) => spawnSync(python, ['-c', 'import networkx'], { stdio: 'ignore' }).status === 0,
);
const hasDot = spawnSync('dot', ['-V'], { stdio: 'ignore' }).status === 0;
const chromium = findChromium();

describe('export', () => {
  it('writes JSON whose edges join its nodes', () => {
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(ids.size).toBe(graph.nodes.length);
    expect(graph.edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true);
    expect(call(graph, '#caller:function', '#größe:function')).toBe(true);
    expect(graph.edges.some(({ provenance }) => provenance === 'candidate')).toBe(false);
  });

  it.skipIf(!systemPython)('writes GraphML that NetworkX reads as the same graph', async () => {
    const file = await exported('graphml');
    const script =
      'import networkx, json, sys\ng = networkx.read_graphml(sys.argv[1], force_multigraph=True)\nprint(json.dumps([sorted(g.nodes), g.number_of_edges(), g.nodes[sys.argv[2]]]))';
    const node = graph.nodes.find(({ label }) => label === 'größe')!;
    const [nodes, edges, attributes] = JSON.parse(
      execFileSync(systemPython!, ['-c', script, file, node.id], { encoding: 'utf8' }),
    ) as [string[], number, { label: string; path: string }];
    expect(nodes).toEqual(graph.nodes.map(({ id }) => id).sort());
    expect(edges).toBe(graph.edges.length);
    expect(attributes).toMatchObject({ label: 'größe', path: 'odd/quo"te & <b>.py' });
  });

  it.skipIf(!hasDot)('writes DOT that Graphviz reads as the same graph', async () => {
    const plain = execFileSync('dot', ['-Tjson', await exported('dot')], { encoding: 'utf8', maxBuffer: 1 << 26 });
    const read = JSON.parse(plain) as { objects: { name: string }[]; edges: unknown[] };
    expect(read.objects.map(({ name }) => name).sort()).toEqual(graph.nodes.map(({ id }) => id).sort());
    expect(read.edges).toHaveLength(graph.edges.length);
  });

  it.skipIf(!chromium)('writes Mermaid that Mermaid draws', async () => {
    const text = readFileSync(await exported('mermaid', '--level', 'files'), 'utf8');
    const page = await openPage('about:blank');
    try {
      await page.addScriptTag({ path: path.join(projectRoot, 'node_modules/mermaid/dist/mermaid.min.js') });
      const svg = await page.evaluate(`mermaid.render('drawn', ${JSON.stringify(text)}).then(({ svg }) => svg)`);
      expect(svg).toContain('shop/till.py');
      expect(svg).toContain('quo');
    } finally {
      await page.context().browser()?.close();
    }
  });

  it('writes CSV with the headers that neo4j-admin wants, and rows that a CSV reader reads', async () => {
    const nodesFile = await exported('csv');
    const script =
      'import csv, json, sys\nprint(json.dumps([list(csv.reader(open(name, encoding="utf-8", newline=""))) for name in sys.argv[1:]]))';
    const [nodes, edges] = JSON.parse(
      execFileSync('python3', ['-c', script, nodesFile, path.join(path.dirname(nodesFile), 'edges.csv')], {
        encoding: 'utf8',
      }),
    ) as [string[][], string[][]];
    expect(nodes[0]).toEqual(expect.arrayContaining(['key:ID', ':LABEL']));
    expect(edges[0]!.slice(0, 3)).toEqual([':START_ID', ':END_ID', ':TYPE']);
    expect(
      nodes
        .slice(1)
        .map(([key]) => key)
        .sort(),
    ).toEqual(graph.nodes.map(({ id }) => id).sort());
    expect(edges).toHaveLength(graph.edges.length + 1);
  });

  it('writes SCIP that the protocol’s own bindings read', async () => {
    const file = await exported('scip');
    const bindings = path.join(projectRoot, 'node_modules/@sourcegraph/scip-typescript/dist/src/scip.js');
    expect(existsSync(bindings)).toBe(true);
    const { scip } = createRequire(import.meta.url)(bindings) as {
      scip: { Index: { deserializeBinary(bytes: Uint8Array): ScipIndex } };
    };
    const index = scip.Index.deserializeBinary(readFileSync(file));
    expect(index.metadata.tool_info.name).toBe('trowel');
    expect(index.documents.map(({ relative_path }) => relative_path)).toContain('shop/basket.py');
    const basket = index.documents.find(({ relative_path }) => relative_path === 'shop/basket.py')!;
    const money = index.documents.find(({ relative_path }) => relative_path === 'shop/money.py')!;
    const add = money.symbols.find(({ display_name }) => display_name === 'add')!;
    expect(add.symbol).toMatch(/`?money\.py`?\/Money#add\(\)\.$/);
    expect(
      money.occurrences.find(({ symbol, symbol_roles }) => symbol === add.symbol && (symbol_roles & 1) === 1)!.range,
    ).toEqual([6, 8, 11]);
    const use = basket.occurrences.find(
      ({ symbol, symbol_roles }) => symbol.endsWith('Money#') && (symbol_roles & 1) === 0,
    );
    expect(use).toBeDefined();
  });

  it('folds onto files, and keeps to one kind when asked', async () => {
    const files = JSON.parse(
      readFileSync(await exported('json', '--level', 'files', '--kind', 'imports'), 'utf8'),
    ) as Graph;
    expect(new Set(files.edges.map(({ kind }) => kind))).toEqual(new Set(['imports']));
    expect(files.edges).toContainEqual(expect.objectContaining({ source: 'shop/till.py', target: 'shop/basket.py' }));
  });

  it('says in one sentence why a place cannot be written', async () => {
    shop.write('occupied', '');
    const { code, err } = await runTrowel(
      ['export', 'json', '--data-folder', shop.data, '--output', path.join(shop.root, 'occupied', 'graph.json')],
      { cwd: shop.root },
    );
    expect(code).toBe(2);
    expect(err).toContain('cannot be written');
  });
});

interface ScipIndex {
  readonly metadata: { readonly tool_info: { readonly name: string } };
  readonly documents: readonly {
    readonly relative_path: string;
    readonly symbols: readonly { readonly symbol: string; readonly display_name: string }[];
    readonly occurrences: readonly {
      readonly symbol: string;
      readonly symbol_roles: number;
      readonly range: readonly number[];
    }[];
  }[];
}
