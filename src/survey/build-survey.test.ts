import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDeclarations } from '#ecosystems/registry.ts';
import { isCodeLanguage, languageName } from '#languages/catalogue.ts';
import type { Survey } from '#model/survey.ts';
import { TreeFixture } from '../../test/incremental/tree-fixture.ts';
import { buildSurvey } from './build-survey.ts';

let fixture: TreeFixture;
beforeEach(() => {
  fixture = new TreeFixture();
});
afterEach(() => fixture.dispose());

async function surveyOf(files: Readonly<Record<string, string>>): Promise<Survey> {
  fixture.become(new Map(Object.entries(files)));
  const { snapshot } = await fixture.open();
  const readText = (path: string): string | undefined => {
    const file = snapshot.fileByPath(path);
    return file && snapshot.text(file.id);
  };
  try {
    return buildSurvey({
      snapshot,
      name: 'sample',
      scope: '',
      branch: undefined,
      commit: undefined,
      history: 'not-a-repository',
      readText,
      packages: await readDeclarations(
        snapshot.files().map(({ path }) => path),
        readText,
      ),
      language: (id) => ({ name: languageName(id), isCode: isCodeLanguage(id) }),
    });
  } finally {
    snapshot.close();
  }
}

const starts = (survey: Survey): string[] =>
  survey.entryPoints.map(({ path, name, reason }) => `${path} ${name}: ${reason}`);

test('a package begins where its manifest says, a built file at its source', async () => {
  const survey = await surveyOf({
    'package.json': JSON.stringify({
      name: 'kit',
      main: './dist/index.js',
      bin: { kit: './bin/kit.js' },
    }),
    'src/index.ts': 'export function start(): number {\n  return 1;\n}\n',
    'bin/kit.js': "require('../src/index');\n",
  });
  expect(starts(survey)).toEqual(['bin/kit.js kit: command', 'src/index.ts kit: package.json main']);
});

test('console scripts, crate roots, commands without an ending; what only builds comes last and is nothing to read', async () => {
  const survey = await surveyOf({
    'pyproject.toml': '[project]\nname = "tool"\n[project.scripts]\ntool = "tool.cli:main"\n',
    'tool/__init__.py': '',
    'tool/cli.py': 'def main():\n    return 0\n',
    'setup.py': "from setuptools import setup\n\nif __name__ == '__main__':\n    setup()\n",
    'core/Cargo.toml': '[package]\nname = "core"\nversion = "1.0.0"\n',
    'core/src/lib.rs': 'pub fn start() -> u8 {\n    1\n}\n',
    'core/build.rs': 'fn main() {\n    println!("x");\n}\n',
    'bin/serve': '#!/usr/bin/env ruby\nputs 1\n',
  });
  expect(starts(survey)).toEqual(
    expect.arrayContaining([
      'tool/cli.py tool: command',
      'bin/serve serve: command',
      'core/src/lib.rs core: crate root',
      'core/build.rs main: builds or installs it',
    ]),
  );
  expect(starts(survey).at(-1)).toContain('builds or installs it');
  expect(survey.readFirst.map(({ path }) => path)).not.toContain('core/build.rs');
});

test('a Go package is loaded, not started, by its init', async () => {
  const survey = await surveyOf({
    'go.mod': 'module example.com/x\n',
    'a.go': 'package x\n\nfunc init() {\n\tprintln(1)\n}\n',
    'cmd/run/main.go': 'package main\n\nfunc main() {\n\tprintln(1)\n}\n',
  });
  expect(starts(survey)).toEqual(['cmd/run/main.go main: main function']);
});

test('what the rest stands on has several users, each thing once', async () => {
  const survey = await surveyOf({
    'pom.xml': '<project/>',
    'shop/Item.java':
      'package shop;\npublic class Item {\n  public Item(int price) {}\n  int price() { return 1; }\n  int once() { return 2; }\n}\n',
    'shop/Till.java':
      'package shop;\nclass Till {\n  int open() { return new Item(1).price(); }\n  int close() { return new Item(2).price() + new Item(3).once(); }\n  int check(Item item) { return item.price(); }\n}\n',
  });
  expect(survey.central.map(({ name, users }) => `${name} ${users}`).sort()).toEqual(['Item 3', 'Item.price 3']);
});

test('a circle that only tests close is none of the product', async () => {
  const survey = await surveyOf({
    'Cargo.toml': '[package]\nname = "k"\nversion = "1.0.0"\n',
    'src/lib.rs': 'pub mod parse;\n',
    'src/parse/mod.rs': '#[cfg(test)]\nmod tests;\n\npub fn parse(x: u8) -> u8 {\n    x\n}\n',
    'src/parse/tests.rs': 'use super::parse;\n\n#[test]\nfn parses() {\n    assert_eq!(parse(1), 1);\n}\n',
  });
  expect(survey.size.testFiles).toBe(1);
  expect(survey.cycles).toEqual([]);
});

test('a module leans on what it imports or names, not on callbacks that others hand it', async () => {
  const filler = Array.from({ length: 12 }, (_, i) => `export const word${i} = ${i};\n`).join('');
  const { dependencies } = await surveyOf({
    'src/core/run.ts': `export function run(step: () => number): number {\n  return step();\n}\n${filler}`,
    'src/ping/ping.ts': `export function ping(): number {\n  return 1;\n}\n${filler}`,
    'src/app/start.ts': `import { run } from '../core/run';\nimport { ping } from '../ping/ping';\nexport const answer = run(ping);\n${filler}`,
  });
  expect(dependencies.map(({ from, to }) => `${from} > ${to}`).sort()).toEqual([
    'src/app > src/core',
    'src/app > src/ping',
  ]);
});
