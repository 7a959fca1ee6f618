/**
 * Small projects in which everything dead is called `dead…`, what only may be dead `faint…`, and each stands beside a live twin:
 * what is found is that, and nothing else.
 */
import { describe, expect, it } from 'vitest';
import { type Files, findIn } from './find-in.ts';
import { expectedNames, judgedName, projectOf } from './labels.ts';
import { livePython, python } from './python-cases.ts';
import { livePythonShapes, pythonShapes } from './python-shapes.ts';
import { liveScript, main, script } from './script-cases.ts';
import { liveScriptShapes } from './live-script-shapes.ts';
import { scriptShapes } from './script-shapes.ts';

async function namesIn(files: Files, from: number, to: number): Promise<string[]> {
  const found = (await findIn(files)).filter(({ confidence }) => confidence >= from && confidence < to);
  return [...new Set(found.map(judgedName))].sort();
}

const SURE = 0.8;
const pythonCases = { ...python, ...pythonShapes };
const livePythonCases = { ...livePython, ...livePythonShapes };
const scriptCases = { ...script, ...scriptShapes };
const liveScriptCases = { ...liveScript, ...liveScriptShapes };

describe('python', () => {
  it.each(Object.entries(pythonCases))('finds %s', async (_, files) => {
    const project = projectOf(files);
    expect(await namesIn(project, SURE, 2)).toEqual(expectedNames(project, 'dead'));
    expect(await namesIn(project, 0.5, SURE)).toEqual(expect.arrayContaining(expectedNames(project, 'faint')));
  });
  it.each(Object.entries(livePythonCases))('says nothing of %s', async (_, files) => {
    expect(await namesIn(projectOf(files), SURE, 2)).toEqual([]);
  });
});

describe('ecmascript', () => {
  it.each(Object.entries(scriptCases))('finds %s', async (_, files) => {
    const project = { ...main, ...files };
    expect(await namesIn(project, SURE, 2)).toEqual(expectedNames(project, 'dead'));
    expect(await namesIn(project, 0.5, SURE)).toEqual(expect.arrayContaining(expectedNames(project, 'faint')));
  });
  it.each(Object.entries(liveScriptCases))('says nothing of %s', async (_, files) => {
    expect(await namesIn({ ...main, ...files }, SURE, 2)).toEqual([]);
  });
});

it('has a name for one case only', () => {
  const parts = [
    python,
    pythonShapes,
    livePython,
    livePythonShapes,
    script,
    scriptShapes,
    liveScript,
    liveScriptShapes,
  ];
  const count = parts.reduce((sum, each) => sum + Object.keys(each).length, 0);
  const merged = [pythonCases, livePythonCases, scriptCases, liveScriptCases];
  expect(merged.reduce((sum, each) => sum + Object.keys(each).length, 0)).toBe(count);
});
