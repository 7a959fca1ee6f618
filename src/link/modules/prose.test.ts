import { expect, test } from 'vitest';
import { linkable, nameEdges, projectOf } from '../../../test/link-files.ts';
import { createLinker } from '../create-linker.ts';

test('links of prose read the files that they lead to, and are no imports', async () => {
  const files = new Map(
    Object.entries({
      'README.md': '# Top\n[a](src/a.ts) [guide](docs/) [root](/docs/more.md) [gone](no.md)\n',
      'docs/README.md': '# Guide\n## Part\n[back](../README.md#top) [more](more)\n',
      'docs/more.md': 'text\n',
      'src/a.ts': 'export function f() {}\n',
    }),
  );
  const linkables = await Promise.all([...files].map(([path, text]) => linkable(path, text)));
  const update = createLinker(projectOf(files)).update(linkables, []);
  const edges = nameEdges(update, new Map(linkables.map((one) => [one.path, one.facts])));
  expect(edges.map(({ source, kind, target }) => `${source} ${kind} ${target}`).sort()).toEqual([
    'README.md#Top reads docs/README.md#',
    'README.md#Top reads docs/more.md#',
    'README.md#Top reads src/a.ts#',
    'docs/README.md#Guide.Part reads README.md#',
    'docs/README.md#Guide.Part reads docs/more.md#',
  ]);
});
