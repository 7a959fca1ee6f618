import { afterEach, expect, test } from 'vitest';
import { TreeFixture } from './tree-fixture.ts';

const fixture = new TreeFixture();
afterEach(() => fixture.dispose());

test('every symbol is found by its key, also where a # is part of a name or a path', async () => {
  fixture.write(
    'reader.ts',
    'export class Reader {\n  #line = 0;\n  get #next() {\n    return this.#line + 1;\n  }\n}\n',
  );
  fixture.write('c#/notes.py', 'def take():\n    return 1\n\n\ndef take():\n    return 2\n');
  const { snapshot } = await fixture.open();
  try {
    expect(snapshot.symbolByKey('reader.ts#Reader.#line:field')?.name).toBe('#line');
    expect(snapshot.symbolByKey('c#/notes.py#take:function~2')?.startLine).toBe(5);
    for (let id = 0; id < snapshot.symbolCount; id++)
      expect(snapshot.symbolByKey(snapshot.symbol(id).key)?.id).toBe(id);
  } finally {
    snapshot.close();
  }
});
