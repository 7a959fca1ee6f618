/** Attributes that are written on what flow knows the class of. */
import { describe, expect, it } from 'vitest';
import { createLinker } from '#link/create-linker.ts';
import { linkable, nameEdges, projectOf } from '../link-files.ts';

async function usesOf(texts: Readonly<Record<string, string>>): Promise<string[]> {
  const files = await Promise.all(Object.entries(texts).map(([path, text]) => linkable(path, text)));
  const update = createLinker(projectOf(new Map())).update(files, []);
  return nameEdges(update, new Map(files.map((file) => [file.path, file.facts])))
    .filter(({ kind, provenance }) => provenance === 'inferred' && (kind === 'reads' || kind === 'writes'))
    .map(({ source, kind, target, line }) => `${line}: ${source} ${kind} ${target}`)
    .sort();
}

describe('members that are written', () => {
  it('are found in ECMAScript, where they are only counted up too', async () => {
    const page = 'export class Page {\n  static opened = 0;\n  state = null;\n}\n';
    const use =
      'import { Page } from "./page.js";\nexport function turn(page) {\n  page.state = 1;\n  page.state -= 2;\n  Page.opened++;\n}\nturn(new Page());\n';
    expect(await usesOf({ 'page.js': page, 'use.js': use })).toEqual([
      '3: use.js#turn writes page.js#Page.state',
      '4: use.js#turn reads page.js#Page.state',
      '4: use.js#turn writes page.js#Page.state',
      '5: use.js#turn reads page.js#Page.opened',
      '5: use.js#turn writes page.js#Page.opened',
    ]);
  });

  it('call their getter and their setter where they are counted up', async () => {
    const text =
      'class Page {\n  get size() { return 1; }\n  set size(n) {}\n}\nfunction turn(page) { page.size += 1; }\nturn(new Page());\n';
    const files = [await linkable('page.js', text)];
    const update = createLinker(projectOf(new Map())).update(files, []);
    const calls = nameEdges(update, new Map(files.map((file) => [file.path, file.facts]))).filter(
      ({ kind, source }) => kind === 'calls' && source === 'page.js#turn',
    );
    expect(calls).toHaveLength(2);
  });

  it('are found in Python on a parameter without a type, by what callers in other files pass', async () => {
    const door = 'class Open: pass\nclass Door:\n    count = 0\n    def __init__(self):\n        self.state = None\n';
    const turn = 'from door import Open\ndef turn(door):\n    door.state = Open()\n    door.count += 1\n';
    const use = 'from door import Door\nfrom turn import turn\nturn(Door())\n';
    expect(await usesOf({ 'door.py': door, 'turn.py': turn, 'use.py': use })).toEqual([
      '3: turn.py#turn writes door.py#Door.state',
      '4: turn.py#turn reads door.py#Door.count',
      '4: turn.py#turn writes door.py#Door.count',
    ]);
  });
});
