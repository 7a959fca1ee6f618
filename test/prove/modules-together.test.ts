import { describe, expect, test } from 'vitest';
import { makeProject, proveProject, sandboxes } from './prove-project.ts';

const files = {
  'package.json':
    '{ "name": "shop", "type": "module", "exports": { "./cart": "./src/cart.js", "./receipt": "./src/receipt.js" } }',
  'src/cart.js': `export class Cart {
  #lines = [];
  add(name, price) {
    if (!(price >= 0)) throw new RangeError('a price is never negative');
    this.#lines.push({ name: String(name), price });
    return this;
  }
  /** @internal */
  visit(visitor) {
    for (const { name, price } of this.#lines) visitor(name, price);
  }
}
`,
  'src/receipt.js': `import { Cart } from './cart.js';
/**
 * @param {Cart} cart
 * @returns {string}
 */
export function receiptOf(cart) {
  if (!(cart instanceof Cart)) throw new TypeError('not a cart');
  let total = 0;
  let text = '';
  cart.visit((name, price) => {
    total += price;
    text += name + ': ' + price + '\\n';
  });
  return text + 'total: ' + total;
}
export function words(text) {
  return text.split(' ').filter((word) => word !== '').length;
}
`,
};

describe.skipIf(!sandboxes)('modules together', () => {
  test('what a cart holds shows on its receipt; benchmarks only measure', { timeout: 300_000 }, async () => {
    const report = await proveProject(makeProject('shop', files), { benchmarks: true });
    const receipt = report.modules.find(({ path }) => path === 'src/receipt.js')!;
    expect(receipt.byTests.statements.reached).toBe(receipt.byTests.statements.total);
    expect(receipt.mutants.killed).toBeGreaterThan(receipt.mutants.survived);
    const text = report.files.map((file) => file.text).join('\n');
    expect(text).toMatch(/receiptOf\(cart/);
    const benchmarks = report.files.filter(({ framework }) => framework === 'node');
    expect(benchmarks.map(({ path }) => path)).toContain('bench/receipt.bench.mjs');
    for (const file of benchmarks) expect(file.text).not.toContain('assert');
  });
});
