/** Which calls on `self` are exact: those where no other function can stand under the name. */
import { describe, expect, it } from 'vitest';
import { createLinker } from '#link/create-linker.ts';
import { linkable, nameEdges, projectOf } from '../link-files.ts';

async function callsOf(texts: Readonly<Record<string, string>>): Promise<string[]> {
  const files = await Promise.all(Object.entries(texts).map(([path, text]) => linkable(path, text)));
  const update = createLinker(projectOf(new Map())).update(files, []);
  return nameEdges(update, new Map(files.map((file) => [file.path, file.facts])))
    .filter((edge) => edge.kind === 'calls' && edge.source.endsWith('.run'))
    .map((edge) => `${edge.target} ${edge.provenance}`);
}

const base = 'class Base:\n    def run(self):\n        return self.step()\n    def step(self): pass\n';
const use = 'from base import Base\nBase().run()\n';

describe('a call on self', () => {
  it('is exact where the class and all that inherits from it have one such method', async () => {
    const heir = 'from base import Base\nclass Heir(Base):\n    def other(self): pass\nHeir().run()\n';
    expect(await callsOf({ 'base.py': base, 'heir.py': heir })).toEqual(['base.py#Base.step exact']);
  });

  it('is exact where the method is inherited and in class methods', async () => {
    const heir =
      'from base import Base\nclass Heir(Base):\n    def run(self):\n        return self.step()\n    @classmethod\n    def make(cls): pass\nclass Maker(Heir):\n    @classmethod\n    def run(cls):\n        return cls.make()\nHeir().run()\nMaker.run()\n';
    expect((await callsOf({ 'base.py': base, 'heir.py': heir })).sort()).toEqual([
      'base.py#Base.step exact',
      'base.py#Base.step exact',
      'heir.py#Heir.make exact',
    ]);
  });

  it('is inferred where another file overrides the method', async () => {
    const heir = 'from base import Base\nclass Heir(Base):\n    def step(self): pass\n';
    expect((await callsOf({ 'base.py': base, 'heir.py': heir, 'use.py': use })).sort()).toEqual([
      'base.py#Base.step inferred',
    ]);
  });

  it('is inferred where an instance may hold another function, or a base from outside comes first', async () => {
    const patch = 'from base import Base\ndef other(): pass\nb = Base()\nb.step = other\nb.run()\n';
    expect((await callsOf({ 'base.py': base, 'patch.py': patch })).sort()).toEqual([
      'base.py#Base.step inferred',
      'patch.py#other inferred',
    ]);
    const mixed = 'import outside\nfrom base import Base\nclass Heir(outside.Mixin, Base): pass\nHeir().run()\n';
    expect(await callsOf({ 'base.py': base, 'mixed.py': mixed })).not.toContain('base.py#Base.step exact');
  });
});

describe('a call of a Go function with variants for several platforms', () => {
  const caller = 'package m\n\nfunc f(b []byte) int { return Count(b) }\n';
  const bodiless = 'package m\n\nfunc Count(b []byte) int\n';
  const generic = '//go:build !amd64\n\npackage m\n\nfunc Count(b []byte) int { return len(b) }\n';
  const run = async (texts: Readonly<Record<string, string>>): Promise<string[]> => {
    const files = await Promise.all(Object.entries(texts).map(([path, text]) => linkable(path, text)));
    const update = createLinker(projectOf(new Map())).update(files, []);
    return nameEdges(update, new Map(files.map((file) => [file.path, file.facts])))
      .filter((edge) => edge.kind === 'calls' && edge.target.includes('.go#'))
      .map((edge) => `${edge.target} ${edge.provenance}`)
      .sort();
  };

  it('leads to assembler and to Go, and is exact for neither', async () => {
    expect(await run({ 'a.go': caller, 'count_amd64.go': bodiless, 'count_generic.go': generic })).toEqual([
      'count_amd64.go#Count inferred',
      'count_generic.go#Count inferred',
    ]);
  });

  it('is inferred where the names of files choose one of them, and exact where there is one alone', async () => {
    expect(await run({ 'a.go': caller, 'count_linux.go': bodiless, 'count_windows.go': bodiless })).toEqual([
      'count_linux.go#Count inferred',
    ]);
    expect(await run({ 'a.go': caller, 'count_amd64.go': bodiless })).toEqual(['count_amd64.go#Count exact']);
  });
});
