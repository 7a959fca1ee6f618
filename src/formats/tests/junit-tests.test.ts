import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TestResult } from '#model/test-results.ts';
import { junitOfTests, readJunit } from './junit-tests.ts';

const tree = new Set(['src/a.test.ts', 'tests/test_shop.py', 'test/b.js']);
const fileOf = (path: string): string | undefined => (tree.has(path) ? path : undefined);
const short = ({ id, outcome, message }: TestResult): unknown => [id, outcome, message];

it('gives back what it has written', () => {
  const printable = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/[\s\u0000-\u001f\ud800-\udfff\ufffe\uffff]/.test(text));
  const result = fc.record({
    path: fc.constantFrom(...tree),
    name: printable,
    line: fc.nat(1000),
    outcome: fc.constantFrom('passed' as const, 'failed' as const, 'skipped' as const),
    message: printable,
    milliseconds: fc.nat(100_000),
  });
  fc.assert(
    fc.property(fc.array(result, { maxLength: 8 }), (list) => {
      const tests = list.map((test): TestResult => {
        const message = test.outcome === 'failed' ? test.message : '';
        return { ...test, id: `${test.path}::${test.name}`, message };
      });
      expect(readJunit(junitOfTests([{ name: 'a & b', tests }]), fileOf)).toEqual(tests);
    }),
  );
});

it('reads vitest', () => {
  const xml = `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="3" failures="1" errors="0" time="0.5">
    <testsuite name="src/a.test.ts" timestamp="2026-01-01T00:00:00.000Z" hostname="h" tests="3" failures="1" errors="0" skipped="1" time="0.004">
        <testcase classname="src/a.test.ts" name="adds &gt; two" time="0.0015"></testcase>
        <testcase classname="src/a.test.ts" name="adds &gt; later" time="0"><skipped/></testcase>
        <testcase classname="src/a.test.ts" name="fails" time="0.01">
            <failure message="expected 1 to be 2" type="AssertionError">
AssertionError: expected 1 to be 2
            </failure>
        </testcase>
    </testsuite>
</testsuites>`;
  const tests = readJunit(xml, fileOf);
  expect(tests.map(short)).toEqual([
    ['src/a.test.ts::adds > two', 'passed', ''],
    ['src/a.test.ts::adds > later', 'skipped', ''],
    ['src/a.test.ts::fails', 'failed', 'expected 1 to be 2'],
  ]);
  expect(tests[0]!.milliseconds).toBe(1.5);
});

it('reads pytest', () => {
  const xml = `<testsuites><testsuite name="pytest" errors="1" failures="1" skipped="1" tests="4" time="0.1">
<testcase classname="tests.test_shop.TestCart" name="test_total[1-2]" time="0.001" />
<testcase classname="tests.test_shop" name="test_raises" time="0.001"><failure message="ValueError: no">def test_raises(): ...</failure></testcase>
<testcase classname="tests.test_shop" name="test_later" time="0"><skipped type="pytest.skip" message="later">x</skipped></testcase>
<testcase classname="" name="tests.test_broken" time="0"><error message="collection failure">ImportError</error></testcase>
</testsuite></testsuites>`;
  expect(readJunit(xml, fileOf).map(short)).toEqual([
    ['tests/test_shop.py::test_total[1-2]', 'passed', ''],
    ['tests/test_shop.py::test_raises', 'failed', 'ValueError: no'],
    ['tests/test_shop.py::test_later', 'skipped', 'later'],
    ['::tests.test_broken', 'failed', 'collection failure'],
  ]);
});

it('reads jest-junit and mocha, whose failures are texts', () => {
  const jest = `<testsuites><testsuite name="cart" file="test/b.js" tests="1"><testcase classname="cart adds" name="cart adds" time="0.002"><failure>Error: expect(received).toBe(expected)
    at x</failure></testcase></testsuite></testsuites>`;
  expect(readJunit(jest, fileOf)[0]).toMatchObject({ path: 'test/b.js', outcome: 'failed' });
  expect(readJunit(jest, fileOf)[0]!.message).toMatch(/^Error: expect\(received\)/);
  const mocha = `<testsuites name="Mocha Tests"><testsuite name="cart" file="test/b.js"><testcase name="cart adds" classname="adds" time="0.0"><failure message="no" type="Error"><![CDATA[Error: <no> & no]]></failure></testcase></testsuite></testsuites>`;
  expect(readJunit(mocha, fileOf)[0]).toMatchObject({ id: 'test/b.js::cart adds', message: 'no' });
});

it('reads broken and hostile documents as far as they go', () => {
  expect(readJunit('<testsuite><testcase name="a"><failure', fileOf)).toEqual([]);
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><testsuite><testcase name="&a;&#x110000;&#65;"/></testsuite>';
  expect(readJunit(bomb, fileOf).map(({ name }) => name)).toEqual(['&a;&#x110000;A']);
});
