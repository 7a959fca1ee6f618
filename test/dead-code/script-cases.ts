/** JavaScript and TypeScript projects: everything dead in them is called `dead…`; in `liveScript` nothing is dead. */
import type { Files } from './find-in.ts';

export const main = { 'package.json': '{"name":"x","private":true,"main":"index.ts"}' };
export const script: Readonly<Record<string, Files>> = {
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
  'an unlisted package beside one that the page gives': {
    'package.json':
      '{"name":"x","private":true,"main":"index.js","dependencies":{"zod":"4"},"browserify-shim":{"jquery":"global:$"}}',
    'webpack.config.js': 'module.exports = { externals: { three: "THREE" } };\n',
    'index.js': "require('zod');\nrequire('jquery');\nrequire('three');\nrequire('dead');\n",
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

export const liveScript: Readonly<Record<string, Files>> = {
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
