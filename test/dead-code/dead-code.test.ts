/** Small projects in which everything dead is called `dead…`, and each stands beside a live twin: what is found is that, and nothing else. */
import { describe, expect, it } from 'vitest';
import { type Files, findIn } from './find-in.ts';
import { livePython, python } from './python-cases.ts';
import { liveScript, main, script } from './script-cases.ts';

const project = (files: string | Files): Files => (typeof files === 'string' ? { 'app.py': files } : files);
const lastName = (name: string): string =>
  /(\w+)\)?$/.exec(name.replace(/\.(?:ts|tsx|js|py)$/, '').replace(/\/part$/, ''))![1]!;

async function deadNames(files: Files): Promise<string[]> {
  return (await findIn(files)).map(({ rule, name }) => `${rule} ${lastName(name)}`).sort();
}

const expectedNames = (files: Files): string[] =>
  [...new Set([...Object.values(files), ...Object.keys(files)].join('\n').match(/\bdead\w*/g))].sort();

describe('python', () => {
  it.each(Object.entries(python))('finds %s', async (_, files) => {
    const found = await deadNames(project(files));
    expect([...new Set(found.map((each) => each.split(' ')[1]))].sort()).toEqual(expectedNames(project(files)));
  });
  it.each(Object.entries(livePython))('says nothing of %s', async (_, files) => {
    expect(await deadNames(project(files))).toEqual([]);
  });
});

describe('ecmascript', () => {
  it.each(Object.entries(script))('finds %s', async (_, files) => {
    const found = await deadNames({ ...main, ...files });
    expect([...new Set(found.map((each) => each.split(' ')[1]))].sort()).toEqual(expectedNames({ ...main, ...files }));
  });
  it.each(Object.entries(liveScript))('says nothing of %s', async (_, files) => {
    expect(await deadNames({ ...main, ...files })).toEqual([]);
  });
});

it('has more than eighty cases', () => {
  expect([python, livePython, script, liveScript].flatMap((each) => Object.keys(each)).length).toBeGreaterThan(80);
});
