import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { edgeKinds } from '../../src/model/vocabulary.ts';
import { TreeFixture } from './tree-fixture.ts';

let fixture: TreeFixture;
let snapshot: Snapshot;
beforeAll(async () => {
  fixture = new TreeFixture();
  fixture.write(
    'shop/models.py',
    'class Base:\n    """The base."""\n\n    def save(self, force: bool = False) -> bool:\n        return self.check()\n\n    def check(self):\n        return True\n\n\nclass Item(Base):\n    def save(self, force=False):\n        return super().save(force)\n',
  );
  fixture.write('shop/views.py', 'from shop.models import Item\n\n\ndef save(request):\n    return Item().save()\n');
  fixture.write(
    'tests/test_models.py',
    'from shop.models import Item\n\n\ndef test_save():\n    assert Item().save()\n',
  );
  ({ snapshot } = await fixture.open());
});
afterAll(() => {
  snapshot.close();
  fixture.dispose();
});

const keys = (query: string): string[] => snapshot.resolve(query).map((symbol) => symbol.key);

describe('snapshot', () => {
  it('finds what people type', () => {
    expect(keys('shop/models.py#Base.save:method')).toEqual(['shop/models.py#Base.save:method']);
    expect(keys('Base.save')).toEqual(['shop/models.py#Base.save:method']);
    expect(keys('shop.models.Item.save')).toEqual(['shop/models.py#Item.save:method']);
    expect(keys('models::Item::save')).toEqual(['shop/models.py#Item.save:method']);
    expect(keys('save')[0]).toBe('shop/views.py#save:function');
    expect(keys('save')).toHaveLength(3);
    expect(keys('SAVE')).toHaveLength(3);
    expect(keys('shop/models.py:5')).toEqual(['shop/models.py#Base.save:method']);
    expect(keys('models.py')).toEqual(['shop/models.py#:module']);
    expect(keys('shop.models')).toEqual(['shop/models.py#:module']);
    expect(keys('nothing.like.it')).toEqual([]);
  });

  it('tells a symbol whole', () => {
    const save = snapshot.resolve('Base.save')[0]!;
    expect({
      name: save.name,
      kind: save.kind,
      qualified: save.qualifiedName,
      lines: [save.startLine, save.endLine],
    }).toEqual({
      name: 'save',
      kind: 'method',
      qualified: 'Base.save',
      lines: [4, 5],
    });
    expect(save.returnType).toBe('bool');
    expect(save.parameters.map(({ name, type, default: value }) => [name, type, value])).toEqual([
      ['self', undefined, undefined],
      ['force', 'bool', 'False'],
    ]);
    expect(snapshot.symbol(save.parent!).documentation).toBe('The base.');
    expect(save.metrics?.cyclomatic).toBe(1);
    expect(snapshot.text(save.file)?.slice(save.startByte, save.endByte)).toMatch(/^def save[^]*check\(\)$/);
  });

  it('has each edge from both ends and in the graph', () => {
    const { offsets, targets, labels } = snapshot.outgoing();
    const incoming = snapshot.incoming();
    for (let id = 0; id < snapshot.symbolCount; id++) {
      const out = snapshot.edgesFrom(id);
      for (const edge of out) {
        if (edge.target < 0) continue;
        expect(
          snapshot
            .edgesTo(edge.target)
            .some((other) => other.source === id && other.kind === edge.kind && other.line === edge.line),
        ).toBe(true);
      }
      const known = out.filter(
        (edge) => edge.target >= 0 && edge.provenance !== 'candidate' && edge.kind !== 'contains',
      );
      const rows = [...targets.subarray(offsets[id], offsets[id + 1])];
      expect(rows.sort()).toEqual(known.map((edge) => edge.target).sort());
      expect([...labels.subarray(offsets[id], offsets[id + 1])].map((label) => edgeKinds[label & 255]).sort()).toEqual(
        known.map((edge) => edge.kind).sort(),
      );
    }
    expect(incoming.targets).toHaveLength(targets.length);
  });

  it('counts what it holds', () => {
    const counts = snapshot.edgeCounts();
    expect(counts.contains.exact).toBe(snapshot.symbolCount - snapshot.fileCount);
    const table = snapshot.symbolTable();
    expect([...table.parent].filter((parent) => parent < 0)).toHaveLength(snapshot.fileCount);
    for (const file of snapshot.files()) {
      expect(snapshot.symbolsOf(file.id).map((symbol) => symbol.startLine)).toEqual([
        ...table.startLine.subarray(file.firstSymbol, file.firstSymbol + file.symbolCount),
      ]);
    }
  });
});
