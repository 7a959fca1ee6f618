import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/model/snapshot.ts';
import { TreeFixture } from './tree-fixture.ts';

let fixture: TreeFixture;
let snapshot: Snapshot;
beforeAll(async () => {
  fixture = new TreeFixture();
  fixture.write('go.mod', 'module example.com/mux\n\ngo 1.22\n');
  fixture.write(
    'mux.go',
    'package mux\n\ntype Mux struct {\n\ttree int\n}\n\nfunc (m *Mux) Handle() int { return m.handle() }\n',
  );
  fixture.write(
    'inner.go',
    'package mux\n\nfunc (m *Mux) handle() int { return m.tree }\n\nfunc handle() int { return 1 }\n',
  );
  fixture.write('other/mux.go', 'package other\n\ntype Mux struct{}\n\nfunc (m Mux) Handle() {}\n');
  fixture.write('shape.h', 'namespace geo {\nclass Shape {\n public:\n  double area();\n};\n}\n');
  fixture.write('shape.cpp', '#include "shape.h"\n\ndouble geo::Shape::area() { return 1.0; }\n');
  ({ snapshot } = await fixture.open());
});
afterAll(() => {
  snapshot.close();
  fixture.dispose();
});

describe('members that are declared outside of their type', () => {
  it('are named and keyed with it', () => {
    expect(snapshot.symbolByKey('inner.go#Mux.handle:method')?.qualifiedName).toBe('Mux.handle');
    expect(snapshot.symbolByKey('inner.go#handle:function')?.qualifiedName).toBe('handle');
    expect(snapshot.symbolByKey('shape.cpp#geo.Shape.area:method')?.startLine).toBe(3);
  });

  it('are found by their qualified name, in the case that was typed', () => {
    expect(snapshot.resolve('Mux.handle').map(({ key }) => key)).toEqual(['inner.go#Mux.handle:method']);
    expect(snapshot.resolve('Mux.Handle').map(({ path }) => path)).toEqual(['mux.go', 'other/mux.go']);
  });

  it('are members of the nearest type of that name', () => {
    const members = (key: string): string[] =>
      snapshot
        .members(snapshot.symbolByKey(key)!.id)
        .map((symbol) => symbol.key)
        .sort();
    expect(members('mux.go#Mux:struct')).toEqual([
      'inner.go#Mux.handle:method',
      'mux.go#Mux.Handle:method',
      'mux.go#Mux.tree:field',
    ]);
    expect(members('other/mux.go#Mux:struct')).toEqual(['other/mux.go#Mux.Handle:method']);
  });
});
