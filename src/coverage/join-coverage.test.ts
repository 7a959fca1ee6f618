import { expect, it } from 'vitest';
import { readCobertura } from '#formats/coverage/cobertura.ts';
import { readLcov } from '#formats/coverage/lcov.ts';
import { joinCoverage, treePathOf } from './join-coverage.ts';

it('finds the files of the tree that reports mean', () => {
  const pathOf = treePathOf('/home/me/shop', ['src/cart.ts', 'src/index.ts', 'packages/a/src/index.ts', 'lib/util.py']);
  expect(pathOf('src/cart.ts')).toBe('src/cart.ts');
  expect(pathOf('./src/cart.ts')).toBe('src/cart.ts');
  expect(pathOf('/home/me/shop/src/index.ts')).toBe('src/index.ts');
  // Made on another machine, or below a folder that the report does not tell.
  expect(pathOf('/builds/shop/packages/a/src/index.ts')).toBe('packages/a/src/index.ts');
  expect(pathOf('C:\\work\\shop\\lib\\util.py')).toBe('lib/util.py');
  expect(pathOf('util.py')).toBe('lib/util.py');
  expect(pathOf('index.ts')).toBeUndefined();
  expect(pathOf('src/other.ts')).toBeUndefined();
});

it('adds hits where the first has lines, and takes files that only others have', () => {
  const one = readLcov(
    'SF:a.ts\nFN:1,f\nFNDA:0,f\nDA:1,1\nDA:2,0\nDA:3,0\nBRDA:2,0,0,0\nBRDA:2,0,1,0\nend_of_record\n',
  );
  const two = readLcov(
    'SF:a.ts\nFN:1,f\nFNDA:2,f\nDA:2,4\nDA:9,4\nBRDA:2,0,0,4\nBRDA:2,0,1,0\nend_of_record\nSF:b.ts\nDA:1,1\nend_of_record\n',
  );
  const both = joinCoverage([one, two]);
  expect(both.files[0]!.lines.map(({ line, hits }) => [line, hits])).toEqual([
    [1, 1],
    [2, 4],
    [3, 0],
  ]);
  expect(both.files[0]!.branchShare).toEqual({ total: 2, covered: 1, importOnly: 0 });
  expect(both.files[0]!.functionShare.covered).toBe(1);
  expect(both.lines).toEqual({ total: 4, covered: 3, importOnly: 0 });
  expect(joinCoverage([one])).toMatchObject({ lines: one.lines, branches: one.branches });
  expect(joinCoverage([]).lines.total).toBe(0);
});

it('reads what coverage.py writes as Cobertura', () => {
  const xml = `<?xml version="1.0" ?><!-- Generated --><coverage version="7.6" line-rate="0.5"><sources><source>/w</source></sources><packages><package name="."><classes>
<class name="a.py" filename="a.py" complexity="0" line-rate="0.5"><methods/><lines><line number="1" hits="1"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)" missing-branches="3"/></lines></class>
</classes></package></packages></coverage>`;
  expect(readCobertura(xml)).toMatchObject({
    lines: { total: 2, covered: 1 },
    branches: { total: 2, covered: 1 },
    functions: { total: 0 },
  });
});
