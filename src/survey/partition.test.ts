import { describe, expect, it } from 'vitest';
import { partition } from './partition.ts';

const file = (path: string, codeLines: number) => ({ path, codeLines });

describe('partition', () => {
  it('goes down to where the code is, and keeps a folder’s own files together', () => {
    const parts = partition([
      file('pkg/a/x.py', 100),
      file('pkg/b/y.py', 80),
      file('pkg/top.py', 10),
      file('setup.py', 5),
    ]);
    expect(parts.map(({ path, codeLines }) => [path, codeLines])).toEqual([
      ['pkg/a', 100],
      ['pkg/b', 80],
      ['pkg', 10],
      ['.', 5],
    ]);
  });

  it('loses and doubles no file', () => {
    const files = Array.from({ length: 300 }, (_, index) =>
      file(`d${index % 7}/e${index % 31}/f${index}.c`, index % 50),
    );
    const shown = partition(files).flatMap((part) => part.files.map(({ path }) => path));
    expect(shown.toSorted()).toEqual(files.map(({ path }) => path).toSorted());
  });

  it('splits what holds more than half of the code, however many folders that makes', () => {
    const files = Array.from({ length: 30 }, (_, index) => file(`src/room${index}/main.ts`, 100)).concat(
      file('bench/run.ts', 50),
    );
    expect(partition(files)).toHaveLength(31);
  });

  it('has no parts without files', () => expect(partition([])).toEqual([]));
});
