/** Small projects in which everything dead is called `dead…`, and each stands beside a live twin: what is found is that, and nothing else. */
import { describe, expect, it } from 'vitest';
import { type Files, findIn } from './find-in.ts';

const python: Readonly<Record<string, string | Files>> = {
  'a function': 'def live(): pass\ndef dead(): pass\nlive()\n',
  'a function that only calls itself':
    'def live(n): return n and live(n - 1)\ndef dead(n): return n and dead(n - 1)\nlive(3)\n',
  'a chain of dead functions':
    'def dead(): return deadly()\ndef deadly(): return 1\ndef live(): return 2\nprint(live())\n',
  'a class': 'class Live: pass\nclass Dead: pass\nLive()\n'.replace('Dead', 'dead'),
  'a method': 'class A:\n    def live(self): pass\n    def dead(self): pass\nA().live()\n',
  'a property':
    'class A:\n    @property\n    def live(self): return 1\n    @property\n    def dead(self): return 2\nprint(A().live)\n',
  'a class attribute': 'class A:\n    live = 1\n    dead = 2\nprint(A.live)\n',
  'an instance attribute':
    'class A:\n    def __init__(self):\n        self.live = 1\n        self.dead = 2\nprint(A().live)\n',
  'a module variable': 'LIVE = 1\ndead = 2\nprint(LIVE)\n',
  'a local variable': 'def live():\n    dead = 1\n    kept = 2\n    return kept\nlive()\n',
  'a local that is only counted up': 'def live():\n    dead = 0\n    for _ in range(3):\n        dead += 1\nlive()\n',
  'a parameter': 'def live(a, dead): return a\nlive(1, 2)\n',
  'an import': 'import os\nimport dead\nprint(os.name)\n',
  'an imported member': 'from os import path, dead\nprint(path)\n',
  'an import with another name': 'import json as dead, sys as live\nprint(live)\n',
  'an inner function': 'def live():\n    def kept(): return 1\n    def dead(): return 2\n    return kept()\nlive()\n',
  'a member of an enum': 'from enum import Enum\nclass Kind(Enum):\n    LIVE = 1\n    dead = 2\nprint(Kind.LIVE)\n',
  'a private method':
    'class A:\n    def __init__(self): self._live()\n    def _live(self): pass\n    def _dead(self): pass\nA()\n'.replace(
      '_dead',
      'dead',
    ),
  'a static method':
    'class A:\n    @staticmethod\n    def live(): pass\n    @staticmethod\n    def dead(): pass\nA.live()\n',
  'a function of another module': {
    'main.py': 'import parts\nfrom other import live\nparts.kept()\nlive()\n',
    'parts.py': 'def kept(): pass\ndef dead(): pass\n',
    'other.py': 'def live(): pass\n',
  },
  'a function with a namesake elsewhere': {
    'main.py': 'import json\nfrom parts import live\nlive()\njson.dead()\n',
    'parts.py': 'def live(): pass\ndef dead(): pass\n',
  },
  'an async function': 'import asyncio\nasync def live(): pass\nasync def dead(): pass\nasyncio.run(live())\n',
  'a cached function':
    'from functools import lru_cache\n@lru_cache\ndef live(): pass\n@lru_cache\ndef dead(): pass\nlive()\n',
  'a lambda that is named': 'live = lambda: 1\ndead = lambda: 2\nprint(live())\n',
  'a variable beside a keyword of a call': 'def call(**kw): print(kw)\ndead = 1\ncall(dead=2)\n',
  'an annotated variable': 'live: int = 1\ndead: int = 2\nprint(live)\n',
};

/** Nothing here is dead. */
const livePython: Readonly<Record<string, string | Files>> = {
  'names of a string': "class A:\n    def on_open(self): pass\nfor name in ['open']: getattr(A(), 'on_' + name)()\n",
  'what __all__ lists': '__all__ = ["offered"]\ndef offered(): pass\n',
  'decorated functions': 'from web import app\n@app.route("/")\ndef index(): pass\n@app.task\ndef work(): pass\n',
  'methods of a base from outside':
    'from threading import Thread\nclass Work(Thread):\n    def run(self): pass\nWork().start()\n',
  'methods that override':
    'class Base:\n    def step(self): pass\n    def go(self): self.step()\nclass Child(Base):\n    def step(self): pass\nChild().go()\n',
  'special methods':
    'class A:\n    def __len__(self): return 1\n    def __enter__(self): return self\n    def __exit__(self, *error): pass\nwith A() as a: print(len(a))\n',
  'an import that is probed':
    'try:\n    import simplejson\nexcept ImportError:\n    simplejson = None\nprint(simplejson)\n',
  'an import for types alone':
    'from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from decimal import Decimal\ndef live(a: "Decimal") -> Decimal: return a\nlive(1)\n',
  'an import that is silenced': 'import os  # noqa: F401\n',
  're-exports of a package': {
    'box/__init__.py': 'from .parts import live\n',
    'box/parts.py': 'def live(): pass\n',
    'main.py': 'import box\nbox.live()\n',
  },
  'a name in a formatted string':
    'def live():\n    hours = 1\n    minutes = 2\n    return f"{hours:02}:{minutes!r}"\nprint(live())\n',
  'a parameter that callers of callbacks set':
    'def on_click(event, widget): print(widget)\nbutton.bind(on_click)\ndef handler(a, b): return a\ntable = {"x": handler}\nprint(table)\n',
  'parameters of stubs and overrides':
    'class A:\n    def step(self, size): raise NotImplementedError\nclass B(A):\n    def step(self, size): return 1\nprint([each.step(1) for each in (A(), B())])\n',
  'fields of data':
    'from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int\n    y: int\nprint(Point(1, 2))\n',
  'an enum that is taken as a whole':
    'from enum import Enum\nclass Kind(Enum):\n    A = 1\n    B = 2\nprint(list(Kind))\n',
  'star imports': { 'main.py': 'from parts import *\nlive()\n', 'parts.py': 'def live(): pass\n' },
  'a nonlocal variable':
    'def live():\n    count = 0\n    def add():\n        nonlocal count\n        count += 1\n        return count\n    return add\nprint(live()())\n',
  'locals()': 'def live():\n    a = 1\n    return locals()\nprint(live())\n',
  'globals()': 'def work(): pass\nglobals()["work"]()\n',
  'a name of a template': {
    'main.py': 'class Page:\n    def headline(self): return 1\nrender("page.html", Page())\n',
    'page.html': '<h1>{{ page.headline }}</h1>',
  },
  'a console script': {
    'pyproject.toml': '[project]\nname="tool"\n[project.scripts]\ntool = "tool.cli:main_entry"\n',
    'tool/__init__.py': '',
    'tool/cli.py': 'def main_entry(): pass\n',
  },
  'public names of a library': {
    'pyproject.toml': '[project]\nname="box"\n',
    'box/__init__.py': 'from .parts import live\n',
    'box/parts.py': 'def live(): pass\ndef also(): pass\nclass Klass:\n    def method(self): pass\n',
  },
  'Django by convention': {
    'manage.py': 'import django\nprint(django)\n',
    'requirements.txt': 'django\n',
    'shop/__init__.py': '',
    'shop/models.py':
      'from django.db import models\nclass Item(models.Model):\n    name = models.CharField()\n    def __str__(self): return self.name\n    class Meta:\n        ordering = ["name"]\n',
    'shop/apps.py': 'from django.apps import AppConfig\nclass ShopConfig(AppConfig):\n    name = "shop"\n',
    'shop/migrations/0001_initial.py': 'class Migration:\n    dependencies = []\n',
  },
  'pytest by convention': {
    'conftest.py': 'import pytest\n@pytest.fixture\ndef thing(): return 1\ndef pytest_configure(config): pass\n',
    'test_a.py': 'def test_it(thing): assert thing\nclass TestMore:\n    def test_more(self): pass\n',
  },
  'unittest by convention': {
    'test_a.py':
      'import unittest\nclass TestA(unittest.TestCase):\n    def setUp(self): pass\n    def test_x(self): pass\n',
  },
  'a visitor':
    'import ast\nclass V(ast.NodeVisitor):\n    def visit_Name(self, node): print(node)\nV().visit(ast.parse("a"))\n',
  'match and case':
    'class P:\n    __match_args__ = ("x",)\n    def __init__(self): self.x = 1\nmatch P():\n    case P(x=1): print(1)\n',
  'attributes set by computed names':
    'class A:\n    color = 1\n    def fill(self, data):\n        for k in data: setattr(self, k, data[k])\nA().fill({})\n',
};

const main = { 'package.json': '{"name":"x","private":true,"main":"index.ts"}' };
const script: Readonly<Record<string, Files>> = {
  'an export': {
    'index.ts': "import { live } from './a';\nlive();\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a type': {
    'index.ts': "import type { Live } from './a';\nexport const x: Live = 1;\n",
    'a.ts': 'export type Live = number;\nexport type dead = string;\n',
  },
  'an export that is passed on': {
    'index.ts': "import { live } from './hub';\nlive();\n",
    'hub.ts': "export { live, dead } from './a';\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'exports behind export *': {
    'index.ts': "import { live } from './hub';\nlive();\n",
    'hub.ts': "export * from './a';\n",
    'a.ts': 'export const live = () => 1;\nexport function dead() {}\n',
  },
  'a member of a namespace import': {
    'index.ts': "import * as a from './a';\na.live();\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'members picked from a namespace': {
    'index.ts': "import * as a from './a';\nconst { live } = a;\nlive();\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'members of a dynamic import': {
    'index.ts': "const { live } = await import('./a');\nlive();\nexport {};\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'members of a promise': {
    'index.ts': "import('./a').then(({ live }) => live());\nexport {};\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a member of require': {
    'index.ts': "const { live } = require('./a');\nlive();\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a file': { 'index.ts': "import './live';\n", 'live.ts': 'console.log(1);\n', 'dead.ts': 'export const x = 1;\n' },
  'a file that imports what is used': {
    'index.ts': "import './live';\n",
    'live.ts': 'console.log(1);\n',
    'dead.ts': "import './live';\n",
  },
  'a function of a module': { 'index.ts': 'function live() {}\nfunction dead() {}\nlive();\nexport {};\n' },
  'a constant of a module': { 'index.ts': 'const live = 1;\nconst dead = 2;\nexport default live;\n' },
  'a class of a module': { 'index.ts': 'class Live {}\nclass dead {}\nnew Live();\nexport {};\n' },
  'an interface of a module': {
    'index.ts':
      'interface Live { a: number }\ninterface dead { b: string }\nexport const x: Live = { a: 1 };\nconsole.log(x.a);\n',
  },
  'an import': {
    'index.ts': "import { live, dead } from './a';\nlive();\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a default import': {
    'index.ts': "import dead, { live } from './a';\nlive();\n",
    'a.ts': 'export const live = () => 1;\nexport default 1;\n',
  },
  'a method': {
    'index.ts': "import { A } from './a';\nnew A().live();\n",
    'a.ts': 'export class A {\n  live() {}\n  dead() {}\n}\n',
  },
  'a private field': {
    'index.ts':
      'class A {\n  #live = 1;\n  private dead = 2;\n  get() { return this.#live; }\n}\nconsole.log(new A().get());\nexport {};\n',
  },
  'a member of an enum': {
    'index.ts': "import { Kind } from './a';\nconsole.log(Kind.Live);\n",
    'a.ts': 'export enum Kind { Live, dead }\n',
  },
  'a local variable': {
    'index.ts': 'export function live() {\n  const kept = 1;\n  const dead = 2;\n  return kept;\n}\n',
  },
  'a local that is only written': {
    'index.ts': 'export function live() {\n  let dead = 1;\n  dead = 2;\n  return 3;\n}\n',
  },
  'the last parameter': {
    'index.ts': 'function live(kept: number, dead: string) { return kept; }\nlive(1, "");\nexport {};\n',
  },
  'an inner function': {
    'index.ts': 'export function live() {\n  function kept() {}\n  function dead() {}\n  return kept();\n}\n',
  },
  'what only a dead export uses': {
    'index.ts': "import { live } from './a';\nlive();\n",
    'a.ts':
      'export const live = () => 1;\nexport function dead() { return deadly(); }\nfunction deadly() { return 2; }\n',
  },
  'a dependency': {
    'package.json': '{"name":"x","private":true,"main":"index.ts","dependencies":{"zod":"4","dead":"1"}}',
    'index.ts': "import 'zod';\n",
  },
  'a development dependency': {
    'package.json':
      '{"name":"x","private":true,"main":"index.ts","scripts":{"build":"rollup -c"},"devDependencies":{"rollup":"4","dead":"1"}}',
    'index.ts': '',
  },
  'types of a package that is gone': {
    'package.json':
      '{"name":"x","private":true,"main":"index.ts","dependencies":{"react":"1"},"devDependencies":{"@types/react":"1","@types/dead":"1"}}',
    'index.ts': "import 'react';\n",
  },
  'an unlisted package': {
    'package.json': '{"name":"x","private":true,"main":"index.ts","dependencies":{"zod":"4"}}',
    'index.ts': "import 'zod';\nimport 'dead/part';\nimport fs from 'fs';\nfs.rm('');\n",
  },
  'an unlisted program': {
    'package.json':
      '{"name":"x","private":true,"main":"index.ts","scripts":{"a":"rollup -c && dead --x && rm -rf y"},"devDependencies":{"rollup":"4"}}',
    'index.ts': '',
  },
  'an import of nothing': { 'index.ts': "import './live';\nimport './dead';\n", 'live.ts': '' },
  'an export of a member of a workspace': {
    'package.json': '{"private":true,"workspaces":["packages/*"]}',
    'packages/a/package.json': '{"name":"@x/a","private":true,"main":"index.ts","dependencies":{"@x/b":"*"}}',
    'packages/a/index.ts': "import { live } from '@x/b';\nlive();\n",
    'packages/b/package.json': '{"name":"@x/b","private":true,"main":"index.ts"}',
    'packages/b/index.ts': "export * from './live';\n",
    'packages/b/live.ts': 'export const live = () => 1;\n',
    'packages/b/dead.ts': 'export const x = 1;\n',
  },
  'through an alias of paths': {
    'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*"]}}}',
    'index.ts': "import { live } from '@/a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'through an alias of vite': {
    'package.json': '{"name":"x","private":true,"main":"index.ts","devDependencies":{"vite":"6"}}',
    'vite.config.ts':
      "import { defineConfig } from 'vite';\nexport default defineConfig({ resolve: { alias: { '~': '/src' } } });\n",
    'index.ts': "import { live } from '~/a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
};

const liveScript: Readonly<Record<string, Files>> = {
  'entries of package.json': {
    'package.json':
      '{"name":"x","main":"./dist/main.js","bin":"./cli.js","exports":{".":"./dist/main.js","./part":"./dist/part.js"}}',
    'src/main.ts': 'export const a = 1;\n',
    'src/part.ts': 'export const b = 1;\n',
    'cli.js': '#!/usr/bin/env node\n',
  },
  'a namespace that is passed on': {
    'index.ts': "import * as a from './a';\nconsole.log(Object.values(a));\n",
    'a.ts': 'export const b = 1;\nexport const c = 2;\n',
  },
  'a dynamic import as a whole': {
    'index.ts': "const a = await import('./a');\nconsole.log(a);\nexport {};\n",
    'a.ts': 'export const b = 1;\n',
  },
  'a computed import': {
    'index.ts': 'export const load = (name: string) => import(`./parts/${name}.ts`);\n',
    'parts/a.ts': 'export default 1;\n',
  },
  'import.meta.glob': {
    'index.ts': "export const all = import.meta.glob('./parts/*.ts');\n",
    'parts/a.ts': 'export default 1;\n',
  },
  'a worker by its file': {
    'index.ts': "new Worker(new URL('./work.ts', import.meta.url));\nexport {};\n",
    'work.ts': 'postMessage(1);\n',
  },
  'type-only uses': {
    'index.ts': "import type { A } from './a';\nimport { type B } from './a';\nexport type C = A | B;\n",
    'a.ts': 'export interface A {}\nexport interface B {}\n',
  },
  'JSX without a word of React': {
    'package.json': '{"name":"x","private":true,"main":"index.tsx","dependencies":{"react":"1"}}',
    'index.tsx':
      "import React from 'react';\nimport { Part } from './part';\nexport const App = () => <Part name=\"it's\" />;\n",
    'part.tsx':
      "import React from 'react';\nexport const Part = ({ name }: { name: string }) => <p>don't {name}</p>;\n",
  },
  'a custom element': {
    'index.ts':
      "class Box extends HTMLElement {\n  connectedCallback() {}\n}\ncustomElements.define('x-box', Box);\nexport {};\n",
  },
  'methods of an interface from outside': {
    'package.json': '{"name":"x","private":true,"main":"index.ts","dependencies":{"lib":"1"}}',
    'index.ts': "import { Base, register } from 'lib';\nclass A extends Base {\n  hook() {}\n}\nregister(A);\n",
  },
  'an enum as a whole': { 'index.ts': 'enum Kind { A, B }\nconsole.log(Object.keys(Kind));\nexport {};\n' },
  'parameters before the last that is used': {
    'index.ts': 'function live(a: number, b: number) { return b; }\nlive(1, 2);\nexport {};\n',
  },
  'properties of parameters': {
    'index.ts':
      'class A {\n  constructor(private readonly name: string) {}\n  say() { return this.name; }\n}\nconsole.log(new A("").say());\nexport {};\n',
  },
  callbacks: {
    'index.ts':
      'const each = (item: number, at: number) => 1;\n[1].map(each);\nfunction onEvent(type: string) { return 1; }\naddEventListener("x", onEvent);\nexport {};\n',
  },
  'a named function expression': {
    'index.ts': 'addEventListener("x", function named() {});\nexport const f = function other() {};\n',
  },
  'a rest that leaves out': {
    'index.ts': 'export function live(props: { a: 1; b: 2 }) {\n  const { a, ...rest } = props;\n  return rest;\n}\n',
  },
  'next by convention': {
    'package.json': '{"name":"x","private":true,"dependencies":{"next":"15","react":"19","react-dom":"19"}}',
    'app/page.tsx': 'export const metadata = {};\nexport default function Page() { return null; }\n',
    'app/api/route.ts': 'export async function GET() { return new Response(); }\n',
    'next.config.mjs': 'export default {};\n',
  },
  'tests and their settings': {
    'package.json':
      '{"name":"x","private":true,"main":"index.ts","scripts":{"test":"vitest"},"devDependencies":{"vitest":"3","jsdom":"1"}}',
    'vitest.config.ts':
      "import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { environment: 'jsdom', setupFiles: ['./setup.ts'] } });\n",
    'setup.ts': 'globalThis.x = 1;\n',
    'index.ts': 'export const a = 1;\n',
    'a.test.ts': "import { helper } from './helper';\nhelper();\n",
    'helper.ts': 'export const helper = () => 1;\n',
  },
  'plug-ins that settings name': {
    'package.json':
      '{"name":"x","private":true,"main":"index.js","scripts":{"lint":"eslint ."},"devDependencies":{"eslint":"8","eslint-config-airbnb":"1","@babel/core":"7","@babel/preset-env":"7","prettier":"3","prettier-plugin-x":"1"}}',
    '.eslintrc.json': '{"extends":"airbnb"}',
    'babel.config.js': "module.exports = { presets: ['@babel/env'] };\n",
    '.prettierrc': '{"plugins":["prettier-plugin-x"]}',
    'index.js': '',
  },
  'peers, and what an installed package needs': {
    'package.json': '{"name":"x","main":"index.js","peerDependencies":{"react":"*"},"devDependencies":{"react":"19"}}',
    'index.js': '',
  },
  'settings that cannot be evaluated': {
    'package.json':
      '{"name":"x","private":true,"main":"index.js","devDependencies":{"webpack":"5","webpack-cli":"5","some-loader":"1"}}',
    'webpack.config.js':
      'module.exports = makeConfig(process.env.X);\nfunction makeConfig(x) { return other[x]; }\nconst other = require("./" + process.env.Y);\n',
    'index.js': '',
  },
  '@public in a comment': { 'index.ts': "import './a';\n", 'a.ts': '/** @public */\nexport const offered = 1;\n' },
  'CommonJS as a whole': {
    'package.json': '{"name":"x","private":true,"main":"index.js"}',
    'index.js': "const a = require('./a');\nmodule.exports = { ...a };\n",
    'a.js': 'exports.b = 1;\nexports.c = 2;\n',
  },
  'decorated classes': {
    'index.ts': "import { component } from './kit';\n@component\nclass A {\n  rendered() {}\n}\nexport {};\n",
    'kit.ts': 'export const component = (x: unknown) => x;\n',
  },
  'files of scripts and pages': {
    'package.json': '{"name":"x","private":true,"main":"index.ts","scripts":{"go":"node tools/go.js"}}',
    'index.ts': '',
    'tools/go.js': "require('./part');\n",
    'tools/part.js': 'console.log(1);\n',
    'page.html': '<script type="module" src="./page.ts"></script>',
    'page.ts': 'console.log(1);\n',
  },
  'vue templates': {
    'package.json': '{"name":"x","private":true,"main":"main.ts","dependencies":{"vue":"3"}}',
    'main.ts': "import { createApp } from 'vue';\nimport App from './App.vue';\ncreateApp(App);\n",
    'App.vue':
      '<script setup lang="ts">\nimport MyPart from \'./MyPart.vue\';\nconst label = \'x\';\n</script>\n<template><MyPart :label="label" /></template>\n',
    'MyPart.vue':
      '<script setup lang="ts">\ndefineProps<{ label: string }>();\n</script>\n<template><p>{{ label }}</p></template>\n',
  },
};

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
