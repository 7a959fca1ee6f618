import { afterEach, expect, it } from 'vitest';
import { TreeFixture } from '../incremental/tree-fixture.ts';

const tree = new TreeFixture();
afterEach(() => tree.dispose());

it('links a program that requires a file of data', async () => {
  tree.write('package.json', '{ "version": "1.0.0" }');
  tree.write('main.js', "const data = require('./package.json');\nfunction show() { return data.version; }\nshow();\n");
  expect(await tree.dump()).toContain('main.js#show:function');
});
