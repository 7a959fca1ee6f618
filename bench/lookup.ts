/** Look-ups in a resident process: a symbol by name, its callers and callees. */
import path from 'node:path';
import { ResidentTree } from '../src/workspace/resident-tree.ts';
import { config, dropCopies, copyOf, treePath } from './bench-tree.ts';
import { type Figure, quantile, shown } from './statistics.ts';

export async function measureLookups(count = 2000): Promise<readonly Figure[]> {
  const tree = treePath('django');
  if (tree === undefined) return [];
  const root = copyOf(tree, 'lookup');
  const resident = new ResidentTree({
    settings: { root, config, environment: {} },
    dataFolder: path.join(root, '../lookup-data'),
  });
  await resident.refresh();
  const snapshot = resident.snapshot();
  const qualified = snapshot.files().flatMap((file) =>
    snapshot
      .symbolsOf(file.id)
      .filter((symbol) => symbol.kind === 'function' || symbol.kind === 'method' || symbol.kind === 'class')
      .map((symbol) => symbol.qualifiedName),
  );
  snapshot.close();
  const cold = resident.snapshot();
  const resolve: number[] = [];
  const callers: number[] = [];
  let seen = 0;
  for (let i = 0; i < count; i++) {
    const name = qualified[(i * 7919) % qualified.length]!;
    const start = performance.now();
    const symbol = cold.resolve(name)[0];
    const found = performance.now();
    resolve.push(found - start);
    if (!symbol) continue;
    const names = cold.edgesTo(symbol.id, ['calls']).map((edge) => cold.symbol(edge.source).qualifiedName);
    callers.push(performance.now() - found);
    seen += names.length;
  }
  cold.close();
  await resident.close();
  dropCopies();
  const figure = (name: string, times: readonly number[], q: number): Figure => ({
    name: `Django: ${name}, p${q * 100}`,
    value: quantile(times, q),
    unit: 'ms',
    goal: 1,
    detail: `${times.length} look-ups`,
  });
  return [
    figure('symbol by name', resolve, 0.5),
    figure('symbol by name', resolve, 0.95),
    figure('callers of a symbol', callers, 0.5),
    figure('callers of a symbol', callers, 0.95),
  ];
}

if (import.meta.main)
  for (const { name, value, unit } of await measureLookups()) console.log(`${name}: ${shown(value)} ${unit}`);
