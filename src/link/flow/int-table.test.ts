import { describe, expect, it } from 'vitest';
import { IntTable } from './int-table.ts';

describe('IntTable', () => {
  it('keeps rows while it grows and takes those again that were given back', () => {
    const table = new IntTable(2, 2);
    const rows = Array.from({ length: 9 }, (_, index) => {
      const row = table.take();
      table.data[row * 2] = index;
      table.data[row * 2 + 1] = index * 7;
      return row;
    });
    expect(rows).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(rows.map((row) => table.data[row * 2 + 1])).toEqual(rows.map((row) => row * 7));
    table.giveBack(3);
    table.giveBack(5);
    expect([table.take(), table.take(), table.take()]).toEqual([5, 3, 9]);
    expect(table.rows).toBe(10);
  });
});
