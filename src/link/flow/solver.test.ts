import { describe, expect, it } from 'vitest';
import { NOWHERE, Solver } from './solver.ts';

describe('Solver', () => {
  it('carries objects along copies, through cycles and copies made later', () => {
    const solver = new Solver();
    const first = solver.reserve(4);
    solver.copy(first, first + 1);
    solver.copy(first + 1, first + 2);
    solver.copy(first + 2, first);
    solver.add(first + 1, 7);
    solver.run();
    solver.copy(first + 2, first + 3);
    solver.run();
    for (let slot = first; slot < first + 4; slot++) expect(solver.points(slot)).toEqual([7]);
  });

  it('lets each constraint meet each object once, whichever comes first', () => {
    const solver = new Solver();
    const slot = solver.reserve(1);
    const met: string[] = [];
    solver.fire = (kind, object, a) => met.push(`${kind}:${object}:${a}`);
    solver.add(slot, 1);
    solver.attach(slot, 5, 10);
    solver.run();
    solver.attach(slot, 6, 20);
    solver.add(slot, 2);
    solver.add(slot, 1);
    solver.run();
    expect(met.sort()).toEqual(['5:1:10', '5:2:10', '6:1:20', '6:2:20']);
  });

  it('keeps sets within their limit and the empty slot empty', () => {
    const solver = new Solver();
    solver.largestSet = 3;
    const slot = solver.reserve(1);
    for (let object = 0; object < 10; object++) solver.add(slot, object);
    solver.add(NOWHERE, 1);
    expect(solver.points(slot)).toEqual([0, 1, 2]);
    expect(solver.points(NOWHERE)).toEqual([]);
  });
});

describe('a watched slot', () => {
  it('is told once when it grew, by its mark, until it is asked for', () => {
    const solver = new Solver();
    const slot = solver.reserve(2);
    solver.watch(slot, 5);
    solver.watch(slot + 1, 6);
    solver.add(slot, 1);
    solver.add(slot, 2);
    solver.add(slot, 2);
    expect(solver.takeGrown()).toEqual([5]);
    expect(solver.takeGrown()).toEqual([]);
    solver.add(slot, 2);
    solver.add(slot + 1, 9);
    expect(solver.takeGrown()).toEqual([6]);
    expect([solver.isWatched(slot), solver.holds(slot, 2), solver.holds(slot, 3)]).toEqual([true, true, false]);
  });

  it('holds sets of any size in the order of arrival', () => {
    const solver = new Solver();
    const slot = solver.reserve(3);
    for (let object = 0; object < 70; object++)
      for (let each = slot; each < slot + 3; each++) solver.add(each, object * 3 + each);
    for (let each = slot; each < slot + 3; each++)
      expect(solver.points(each)).toEqual(Array.from({ length: 70 }, (_, object) => object * 3 + each));
  });
});
