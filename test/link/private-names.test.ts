import { afterEach, expect, it } from 'vitest';
import { TreeFixture } from '../incremental/tree-fixture.ts';

const tree = new TreeFixture();
afterEach(() => tree.dispose());

it('tells private members from the names under which link keeps things of its own', async () => {
  tree.write(
    'registry.js',
    `class Registry {
  #declared = new Map();
  #parents = [];
  #bases = new Set();
  #target = () => this.found();
  declare(name, make) {
    this.#declared.set(name, make);
    this.#parents.push(make);
    this.#bases.add(name);
    return this.#target();
  }
  found() {
    return this.#declared.size;
  }
}
class Heir extends Registry {
  found() {
    return 2;
  }
}
function first() {
  return 1;
}
const registry = new Registry();
registry.declare('first', first);
new Heir().declare('second', first);
const view = new Proxy(registry, { get: (object, key) => object[key] });
view.found();
`,
  );
  expect(await tree.dump()).toContain('registry.js#Registry.declare:method');
});
