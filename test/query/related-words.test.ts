import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SearchHit } from '../../src/model/search.ts';
import { find } from '../../src/search/find.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

let tree: TreeFixture;
beforeEach(() => void (tree = new TreeFixture()));
afterEach(() => tree.dispose());

async function ask(query: string): Promise<readonly SearchHit[]> {
  const { snapshot } = await tree.open();
  try {
    const filters = { scope: '', accepts: () => true, kinds: new Set<string>() };
    return find({ query, snapshot, filters, offset: 0, limit: 10, snippetLines: 0 }).hits;
  } finally {
    snapshot.close();
  }
}

it('code that says it with another word is found, and the reason names that word', async () => {
  tree.write('a.py', 'def read_msg(sock):\n    return sock.recv(10)\n');
  tree.write('b.py', 'def paint(colour):\n    return colour\n');
  const [first, ...rest] = await ask('where are messages taken');
  expect(first).toMatchObject({ name: 'read_msg', path: 'a.py' });
  expect(JSON.stringify(first!.why)).toContain('msg');
  expect(rest.map(({ name }) => name)).not.toContain('paint');
});

it('the word itself counts more than its neighbours', async () => {
  tree.write('a.py', 'def take_msg(a):\n    return a\n');
  tree.write('b.py', 'def take_message(a):\n    return a\n');
  const names = (await ask('take the message')).map(({ name }) => name);
  expect(names.slice(0, 2)).toEqual(['take_message', 'take_msg']);
});
