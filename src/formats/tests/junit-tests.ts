/**
 * JUnit's XML for results of tests: written in the shape that CI systems read, read in those of vitest, jest-junit, pytest, mocha and
 * node's own reporter, which differ in where the file's name stands.
 */
import type { TestResult, TestResults } from '#model/test-results.ts';
import { escapedXml, xmlParts } from '../xml-parts.ts';

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

export function junitOfTests(all: readonly TestResults[]): string {
  const total = all.flatMap(({ tests }) => tests);
  const counts = (tests: readonly TestResult[]): string => {
    const number = (outcome: TestResult['outcome']): number => tests.filter((test) => test.outcome === outcome).length;
    const time = seconds(tests.reduce((sum, { milliseconds }) => sum + milliseconds, 0));
    return `tests="${tests.length}" failures="${number('failed')}" errors="0" skipped="${number('skipped')}" time="${time}"`;
  };
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="trowel" ${counts(total)}>`];
  for (const { name, tests } of all) {
    parts.push(`  <testsuite name="${escapedXml(name)}" ${counts(tests)}>`);
    for (const test of tests) {
      const line = test.line > 0 ? ` line="${test.line}"` : '';
      const head = `    <testcase classname="${escapedXml(test.path)}" name="${escapedXml(test.name)}" file="${escapedXml(test.path)}"${line} time="${seconds(test.milliseconds)}"`;
      const message = escapedXml(test.message.split('\n')[0] ?? '');
      if (test.outcome === 'passed') parts.push(`${head}/>`);
      else if (test.outcome === 'skipped') parts.push(`${head}><skipped/></testcase>`);
      else parts.push(`${head}><failure message="${message}">${escapedXml(test.message)}</failure></testcase>`);
    }
    parts.push('  </testsuite>');
  }
  return `${parts.join('\n')}\n</testsuites>\n`;
}

/** `isFile`: whether a path, as it stands in the report or made of a dotted name, is one of the tree; gives the tree's own. */
export function readJunit(xml: string, fileOf: (path: string) => string | undefined): TestResult[] {
  const tests: TestResult[] = [];
  const suites: ReadonlyMap<string, string>[] = [];
  let open: { attributes: ReadonlyMap<string, string>; outcome: TestResult['outcome']; message: string } | undefined;
  let isInside = false;
  const finish = (): void => {
    if (open) tests.push(testOf(open.attributes, open.outcome, open.message, suites.at(-1), fileOf));
    open = undefined;
  };
  for (const part of xmlParts(xml)) {
    if (part.kind === 'text') {
      if (isInside && open && open.message.trim() === '') open.message = part.text.trim();
      continue;
    }
    if (part.kind === 'close') {
      if (part.tag === 'testcase') finish();
      if (part.tag === 'testsuite') suites.pop();
      isInside = false;
      continue;
    }
    if (part.tag === 'testsuite' && !part.isEmpty) suites.push(part.attributes);
    else if (part.tag === 'testcase') {
      open = { attributes: part.attributes, outcome: 'passed', message: '' };
      if (part.isEmpty) finish();
    } else if (open && ['failure', 'error', 'skipped'].includes(part.tag)) {
      if (open.outcome !== 'failed') open.outcome = part.tag === 'skipped' ? 'skipped' : 'failed';
      if (open.message === '') open.message = part.attributes.get('message') ?? '';
      isInside = !part.isEmpty && part.tag !== 'skipped';
    }
  }
  return tests;
}

function testOf(
  attributes: ReadonlyMap<string, string>,
  outcome: TestResult['outcome'],
  message: string,
  suite: ReadonlyMap<string, string> | undefined,
  fileOf: (path: string) => string | undefined,
): TestResult {
  const className = attributes.get('classname') ?? '';
  const places = [attributes.get('file'), suite?.get('file'), suite?.get('filepath'), className, suite?.get('name')];
  const path =
    places.map((place) => (place ? fileOf(place) : undefined)).find((found) => found !== undefined) ??
    ofDottedName(className, fileOf) ??
    '';
  const name = attributes.get('name') ?? '';
  const group = className === '' || fileOf(className) !== undefined ? '' : className;
  return {
    id: `${path === '' ? group : path}::${name}`,
    path,
    name,
    line: Number(attributes.get('line') ?? 0) || 0,
    outcome,
    message,
    milliseconds: Math.round((Number(attributes.get('time') ?? 0) || 0) * 1e6) / 1000,
  };
}

/** `tests.test_a.TestB` of pytest and unittest: a module, and perhaps a class in it. */
function ofDottedName(name: string, fileOf: (path: string) => string | undefined): string | undefined {
  const words = name.split('.');
  for (let count = words.length; count > 0; count--) {
    const found = fileOf(`${words.slice(0, count).join('/')}.py`);
    if (found !== undefined) return found;
  }
  return undefined;
}
