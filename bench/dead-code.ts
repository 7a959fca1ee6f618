/**
 * Dead code beside vulture and knip, on the labelled projects of test/dead-code: what is dead in them has a name that says so. The
 * cases are ours and our own tests pass on them, so our row shows what the labels are, not how well we do on others' code.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Files, findIn } from '../test/dead-code/find-in.ts';
import { expectedNames, judgedName, projectOf } from '../test/dead-code/labels.ts';
import { liveScriptShapes } from '../test/dead-code/live-script-shapes.ts';
import { livePython, python } from '../test/dead-code/python-cases.ts';
import { livePythonShapes, pythonShapes } from '../test/dead-code/python-shapes.ts';
import { liveScript, main, script } from '../test/dead-code/script-cases.ts';
import { scriptShapes } from '../test/dead-code/script-shapes.ts';
import type { Bench } from './bench.ts';
import { repository } from './measure/environment.ts';
import { unpackWheel } from './trees/install.ts';
import { dataFolder } from './trowel.ts';

const VULTURE = '2.16';

interface Case {
  readonly files: Files;
  readonly isLive: boolean;
}

type Finder = (files: Files, folder: string) => Promise<readonly string[]>;

const of = (cases: Readonly<Record<string, string | Files>>, isLive: boolean, beside: Files = {}): Case[] =>
  Object.values(cases).map((files) => ({ files: { ...beside, ...projectOf(files) }, isLive }));

const suites = {
  python: [...of({ ...python, ...pythonShapes }, false), ...of({ ...livePython, ...livePythonShapes }, true)],
  ecmascript: [
    ...of({ ...script, ...scriptShapes }, false, main),
    ...of({ ...liveScript, ...liveScriptShapes }, true, main),
  ],
} as const;

const trowel: Finder = async (files) =>
  (await findIn(files)).filter(({ confidence }) => confidence >= 0.8).map(judgedName);

const vulture =
  (wheel: string, confidence: number): Finder =>
  async (_, folder) => {
    const done = spawnSync('python3', ['-m', 'vulture', '--min-confidence', String(confidence), folder], {
      encoding: 'utf8',
      env: { ...process.env, PYTHONPATH: wheel },
    });
    if (done.status !== 0 && done.status !== 3) throw new Error(`vulture: ${done.stderr.trim()}`);
    return [...done.stdout.matchAll(/unused [\w-]+ '([^']+)'|unreachable code/g)].map(([text, name]) => name ?? text);
  };

const knip: Finder = async (_, folder) => {
  const done = spawnSync(
    process.execPath,
    [path.join(repository, 'node_modules/knip/bin/knip.js'), '--reporter', 'json', '--no-progress', '--no-exit-code'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  const start = done.stdout.indexOf('{');
  // A configuration that cannot be loaded ends it: it says nothing of that project.
  if (start < 0) return [];
  const names: string[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'name' && typeof inner === 'string') names.push(inner);
        else if (key !== 'file' && key !== 'owners') collect(inner);
      }
  };
  const report = JSON.parse(done.stdout.slice(start)) as { files?: (string | { name: string })[]; issues?: unknown };
  for (const file of report.files ?? []) names.push(typeof file === 'string' ? file : file.name);
  collect(report.issues);
  return names;
};

interface Score {
  readonly labels: number;
  readonly found: number;
  readonly reported: number;
  readonly right: number;
  readonly projectsWithFalse: number;
}

async function score(cases: readonly Case[], find: Finder): Promise<Score> {
  const sum = { labels: 0, found: 0, reported: 0, right: 0, projectsWithFalse: 0 };
  for (const { files, isLive } of cases) {
    const folder = mkdtempSync(path.join(tmpdir(), 'dead-'));
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
        writeFileSync(path.join(folder, name), text);
      }
      const labels = isLive ? [] : expectedNames(files, 'dead');
      const faint = isLive ? [] : expectedNames(files, 'faint');
      const names = new Set((await find(files, folder)).map((name) => judgedName({ name })));
      const right = [...names].filter((name) => labels.includes(name) || faint.includes(name)).length;
      sum.labels += labels.length;
      sum.found += labels.filter((label) => names.has(label)).length;
      sum.reported += names.size;
      sum.right += right;
      if (names.size > right) sum.projectsWithFalse++;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return sum;
}

export const deadCode: Bench = async ({ say, without }) => {
  const wheel = unpackWheel(path.join(dataFolder, 'rivals', 'vulture'), `vulture==${VULTURE}`);
  const contenders: [keyof typeof suites, string, Finder][] = [
    ['python', 'trowel', trowel],
    ['python', 'vulture', vulture(wheel, 60)],
    ['python', 'vulture --min-confidence 100', vulture(wheel, 100)],
    ['ecmascript', 'trowel', trowel],
    ['ecmascript', 'knip', knip],
  ];
  const rows: string[][] = [];
  const data: unknown[] = [];
  for (const [suite, name, find] of contenders) {
    if (without.has(name.split(' ')[0]!)) continue;
    say(`${suite}: ${name}`);
    const found = await score(suites[suite], find);
    rows.push([
      suite,
      name,
      String(suites[suite].length),
      String(found.labels),
      (found.found / found.labels).toFixed(3),
      (found.right / Math.max(1, found.reported)).toFixed(3),
      String(found.projectsWithFalse),
    ]);
    data.push({ suite, name, projects: suites[suite].length, ...found });
  }
  return {
    summary: 'Dead code in small labelled projects, half of them with nothing dead in them.',
    tables: [
      {
        title: 'Own cases',
        columns: ['projects in', 'tool', 'projects', 'dead names', 'recall', 'precision', 'projects with a false one'],
        rows,
        notes: [
          'The cases are our own, and our tests pass on them: the rows of rivals show where they differ, not how we do elsewhere.',
          'vulture knows neither dependencies nor files; knip knows no names inside of modules: both have labels that they do not look for.',
          'knip runs a project’s configuration files; where their packages are not installed it says nothing of the project.',
        ],
      },
    ],
    data,
  };
};
