/** Shapes of JavaScript and TypeScript projects in which nothing is dead. */
import type { Files } from './find-in.ts';

const pkg = (more: string): string => `{"name":"x","private":true,"main":"index.ts"${more === '' ? '' : `,${more}`}}`;

export const liveScriptShapes: Readonly<Record<string, Files>> = {
  'a package that lies in a folder of the tree': {
    'package.json': pkg(''),
    'index.ts': "import { a } from './lib/a';\nexport const b = a;\n",
    'lib/a.ts': "import c from 'carried';\nexport const a = c;\n",
    'lib/node_modules/carried/package.json': '{"name":"carried"}',
    'lib/node_modules/carried/index.js': 'module.exports = 1;\n',
  },
  'a folder of files that something loads by name': {
    'index.ts': 'export const a = 1;\n',
    ...Object.fromEntries(
      ['bg', 'cy', 'da', 'de', 'eo', 'fa', 'fy'].map((name) => [
        `src/locale/${name}.ts`,
        `import { a } from '../../index';\nexport default [a, '${name}'];\n`,
      ]),
    ),
  },
  'a method that the class reaches by a computed name': {
    'index.ts':
      "class Reader {\n  go(kind: string) {\n    const name = pick(kind);\n    return (this as any)[name]();\n  }\n  start() {\n    return 1;\n  }\n}\nconst pick = (kind: string) => kind.toLowerCase();\nconsole.log(new Reader().go('START'));\n",
  },
  'a namespace that goes into an object': {
    'index.ts': "import * as a from './a';\nexport const all = { a };\n",
    'a.ts': 'export const b = 1;\n',
  },
  'a namespace that is spread': {
    'index.ts': "import * as a from './a';\nexport const all = { ...a };\n",
    'a.ts': 'export const b = 1;\n',
  },
  'a namespace with a computed member': {
    'index.ts': "import * as a from './a';\nexport const pick = (k: keyof typeof a) => a[k];\n",
    'a.ts': 'export const b = 1;\nexport const c = 1;\n',
  },
  'a namespace that the entry exports': {
    'index.ts': "export * as a from './a';\nimport * as b from './b';\nexport { b };\n",
    'a.ts': 'export const c = 1;\n',
    'b.ts': 'export const d = 1;\n',
  },
  'types of an exported function': {
    'index.ts': "export { make } from './a';\n",
    'a.ts': 'export interface Options { a?: number }\nexport const make = (o: Options) => o.a;\n',
  },
  'import = require': {
    'index.ts': "import a = require('./a');\na.b();\n",
    'a.ts': 'export const b = () => 1;\n',
  },
  'export =': {
    'index.ts': "import a from './a';\na();\n",
    'a.ts': 'function a() {}\nexport = a;\n',
  },
  'a namespace of TypeScript': {
    'index.ts': "import { N } from './a';\nN.f();\n",
    'a.ts': 'export namespace N {\n  export function f() {}\n}\n',
  },
  'declarations that are merged': {
    'index.ts': "import { A } from './a';\nnew A().go();\n",
    'a.ts': 'export interface A { go(): void }\nexport class A {}\n',
  },
  'modules that are declared': {
    'index.ts': "import x from './x.css';\nconsole.log(x);\n",
    'globals.d.ts': "declare module '*.css' {\n  const x: string;\n  export default x;\n}\n",
    'x.css': 'a {}',
  },
  'a side effect in the middle': {
    'index.ts': "import './polyfill';\n",
    'polyfill.ts': "import { install } from './install';\ninstall();\n",
    'install.ts': 'export function install() {}\n',
  },
  'import.meta.resolve, new URL and module.register': {
    'package.json': '{"name":"x","private":true,"main":"index.mjs"}',
    'index.mjs':
      "import { register } from 'node:module';\nregister('./hooks.mjs', import.meta.url);\nconsole.log(import.meta.resolve('./other.mjs'), new URL('./more.mjs', import.meta.url));\n",
    'hooks.mjs': 'export async function resolve() {}\n',
    'other.mjs': 'export const a = 1;\n',
    'more.mjs': 'console.log(1);\n',
  },
  'require.resolve and fork': {
    'package.json': '{"name":"x","private":true,"main":"index.js","dependencies":{"dep":"1"}}',
    'index.js':
      "const { fork } = require('child_process');\nfork('./child.js');\nconsole.log(require.resolve('./other'), require.resolve('dep'));\n",
    'child.js': 'console.log(1);\n',
    'other.js': 'console.log(1);\n',
  },
  'workers in a path of the folder': {
    'package.json': '{"name":"x","private":true,"main":"index.js"}',
    'index.js':
      "const path = require('path');\nconst { Worker } = require('worker_threads');\nnew Worker(path.join(__dirname, 'work.js'));\n",
    'work.js': 'console.log(1);\n',
  },
  'a template without holes': {
    'index.ts': 'const a = await import(`./a`);\nconsole.log(a);\nexport {};\n',
    'a.ts': 'export const b = 1;\n',
  },
  'triple-slash references': {
    'package.json': pkg('"devDependencies":{"some-types":"1"}'),
    'index.ts': '/// <reference types="some-types" />\n/// <reference path="./a.d.ts" />\nexport const x = 1;\n',
    'a.d.ts': 'declare const y: number;\n',
  },
  'the package by its own name': {
    'package.json':
      '{"name":"me","main":"index.ts","exports":{".":"./index.ts","./sub":"./sub.ts"},"scripts":{"a":"node tool.mjs"}}',
    'index.ts': 'export const a = 1;\n',
    'sub.ts': 'export const b = 1;\n',
    'tool.mjs': "import { b } from 'me/sub';\nconsole.log(b);\n",
  },
  'exports with a star': {
    'package.json': '{"name":"x","exports":{"./*":"./dist/*.js"}}',
    'src/a.ts': 'export const a = 1;\n',
    'src/b.ts': 'export const b = 1;\n',
  },
  jsxImportSource: {
    'package.json': '{"name":"x","private":true,"main":"index.tsx","dependencies":{"preact":"10"}}',
    'tsconfig.json': '{"compilerOptions":{"jsx":"react-jsx","jsxImportSource":"preact"}}',
    'index.tsx': 'export const a = <p />;\n',
  },
  'types that a tsconfig names': {
    'package.json': pkg(
      '"devDependencies":{"vite":"6","@types/jest":"29","jest":"29"},"scripts":{"t":"jest","b":"vite"}',
    ),
    'tsconfig.json': '{"compilerOptions":{"types":["vite/client","jest"]}}',
    'index.ts': '',
  },
  'programs of packages': {
    'package.json': pkg(
      '"scripts":{"a":"tsc -p . && eslint . && prettier --check . && vitest run && concurrently \\"npm:a\\" \\"rimraf x\\" && dotenv -- next build"},"devDependencies":{"typescript":"5","eslint":"9","prettier":"3","vitest":"3","concurrently":"9","rimraf":"6","dotenv-cli":"8","next":"15","react":"19","react-dom":"19"}',
    ),
    'index.ts': '',
  },
  'commands of hooks and workflows': {
    'package.json': pkg(
      '"scripts":{"prepare":"husky"},"devDependencies":{"husky":"9","lint-staged":"15","prettier":"3","@commitlint/cli":"19","@commitlint/config-conventional":"19"},"lint-staged":{"*.ts":"prettier --write"},"commitlint":{"extends":["@commitlint/config-conventional"]}',
    ),
    '.husky/pre-commit': 'npx lint-staged\n',
    '.husky/commit-msg': 'npx --no -- commitlint --edit $1\n',
    'index.ts': '',
  },
  'postcss and tailwind': {
    'package.json': pkg(
      '"scripts":{"b":"vite build"},"devDependencies":{"vite":"6","postcss":"8","tailwindcss":"3","autoprefixer":"10","@tailwindcss/forms":"1"}',
    ),
    'vite.config.ts': "import { defineConfig } from 'vite';\nexport default defineConfig({});\n",
    'postcss.config.js': 'module.exports = { plugins: { tailwindcss: {}, autoprefixer: {} } };\n',
    'tailwind.config.js': "module.exports = { content: [], plugins: [require('@tailwindcss/forms')] };\n",
    'index.html': '<script type="module" src="/src/app.ts"></script>',
    'src/app.ts': "import './style.css';\n",
    'src/style.css': '@import "tailwindcss/base";\n',
    'index.ts': '',
  },
  'packages of style sheets': {
    'package.json': pkg('"dependencies":{"normalize.css":"8","bootstrap":"5","@fontsource/inter":"5"}'),
    'index.ts': "import './a.css';\nimport '@fontsource/inter/400.css';\n",
    'a.css': '@import "normalize.css";\n@import url("bootstrap/dist/css/bootstrap.css");\n',
  },
  'app of next': {
    'package.json':
      '{"name":"x","private":true,"scripts":{"dev":"next dev"},"dependencies":{"next":"15","react":"19","react-dom":"19"},"devDependencies":{"@types/node":"1","@types/react":"19","@types/react-dom":"19","typescript":"5"}}',
    'next.config.ts': 'export default {};\n',
    'src/app/layout.tsx':
      'export const metadata = {};\nexport const viewport = {};\nexport default function L({ children }: { children: unknown }) { return children; }\n',
    'src/app/[id]/page.tsx':
      "export const dynamic = 'force-static';\nexport async function generateStaticParams() { return []; }\nexport async function generateMetadata() { return {}; }\nexport default function P() { return null; }\n",
    'src/app/error.tsx': 'export default function E() { return null; }\n',
    'src/app/sitemap.ts': 'export default function s() { return []; }\n',
    'src/instrumentation.ts': 'export function register() {}\n',
    'next-env.d.ts': '',
  },
  'vite with plug-ins': {
    'package.json':
      '{"name":"x","private":true,"scripts":{"dev":"vite"},"devDependencies":{"vite":"6","@vitejs/plugin-react":"4"},"dependencies":{"react":"19","react-dom":"19"}}',
    'vite.config.ts':
      "import react from '@vitejs/plugin-react';\nexport default { plugins: [react()], build: { lib: { entry: 'src/lib.ts' } } };\n",
    'index.html': '<div></div><script type="module" src="/src/main.tsx"></script>',
    'src/main.tsx':
      "import { createRoot } from 'react-dom/client';\nimport App from './App';\ncreateRoot(document.body).render(<App />);\n",
    'src/App.tsx': 'export default function App() { return <p />; }\n',
    'src/lib.ts': 'export const x = 1;\n',
    'src/vite-env.d.ts': '/// <reference types="vite/client" />\n',
  },
  'jest with a preset and mocks': {
    'package.json': pkg(
      '"scripts":{"test":"jest"},"devDependencies":{"jest":"29","ts-jest":"29","jest-environment-jsdom":"29","@testing-library/jest-dom":"6","identity-obj-proxy":"3"},"jest":{"preset":"ts-jest","testEnvironment":"jsdom","setupFilesAfterEnv":["<rootDir>/jest.setup.ts"],"moduleNameMapper":{"\\\\.css$":"identity-obj-proxy"}}',
    ),
    'jest.setup.ts': "import '@testing-library/jest-dom';\n",
    '__mocks__/fs.ts': 'export const readFile = () => 1;\n',
    'index.ts': 'export const a = 1;\n',
    'a.spec.ts': "import { a } from './index';\ntest('a', () => expect(a).toBe(1));\n",
  },
  'mocha and its settings': {
    'package.json': pkg('"scripts":{"test":"mocha"},"devDependencies":{"mocha":"10","chai":"5","ts-node":"10"}'),
    '.mocharc.json': '{"require":["ts-node/register","./test/hooks.ts"],"spec":"test/**/*.spec.ts"}',
    'test/hooks.ts': 'export const mochaHooks = {};\n',
    'test/a.spec.ts': "import { expect } from 'chai';\nexpect(1);\n",
    'index.ts': '',
  },
  'playwright and cypress': {
    'package.json': pkg(
      '"scripts":{"e2e":"playwright test","cy":"cypress run"},"devDependencies":{"@playwright/test":"1","cypress":"13"}',
    ),
    'playwright.config.ts': "export default { testDir: './e2e', globalSetup: './e2e/setup.ts' };\n",
    'e2e/setup.ts': 'export default () => {};\n',
    'e2e/a.spec.ts': "import { test } from '@playwright/test';\ntest('a', () => {});\n",
    'cypress.config.ts': 'export default { e2e: {} };\n',
    'cypress/e2e/a.cy.ts': "it('a', () => {});\n",
    'cypress/support/e2e.ts': "import './commands';\n",
    'cypress/support/commands.ts': 'Cypress.Commands.add("x", () => {});\n',
    'index.ts': '',
  },
  'babel presets and plug-ins by short names': {
    'package.json':
      '{"name":"x","private":true,"main":"index.js","scripts":{"b":"babel src"},"devDependencies":{"@babel/cli":"7","@babel/core":"7","@babel/preset-env":"7","@babel/preset-react":"7","babel-plugin-macros":"3","@babel/plugin-transform-runtime":"7"},"babel":{"presets":["@babel/env",["@babel/preset-react",{}]],"plugins":["macros","@babel/transform-runtime"]}}',
    'index.js': '',
  },
  'rollup with plug-ins': {
    'package.json':
      '{"name":"x","main":"dist/index.js","scripts":{"b":"rollup -c"},"devDependencies":{"rollup":"4","@rollup/plugin-node-resolve":"15","rollup-plugin-dts":"6"}}',
    'rollup.config.mjs':
      "import resolve from '@rollup/plugin-node-resolve';\nimport dts from 'rollup-plugin-dts';\nexport default { input: 'src/index.ts', output: { file: 'dist/index.js' }, plugins: [resolve(), dts()] };\n",
    'src/index.ts': 'export const a = 1;\n',
  },
  'an optional peer and its types': {
    'package.json':
      '{"name":"x","main":"index.ts","peerDependencies":{"react":"*"},"peerDependenciesMeta":{"react":{"optional":true}},"devDependencies":{"@types/react":"19","react":"19"}}',
    'index.ts': "import { useState } from 'react';\nexport const a = useState;\n",
  },
  'a decorator registers': {
    'package.json': pkg('"dependencies":{"lib":"1"}'),
    'index.ts':
      "import { Injectable, Module, Get } from 'lib';\n@Injectable()\nclass S {\n  run() {}\n}\n@Module({ providers: [S] })\nexport class App {\n  @Get() index() {}\n}\n",
  },
  'members by an index type': {
    'index.ts': "import { A } from './a';\nconst keys: (keyof A)[] = ['go'];\nfor (const k of keys) new A()[k]();\n",
    'a.ts': 'export class A {\n  go() {}\n}\n',
  },
  'members that an interface wants': {
    'index.ts': "import { A } from './a';\nimport type { Go } from './go';\nconst a: Go = new A();\na.go();\n",
    'a.ts': "import type { Go } from './go';\nexport class A implements Go {\n  go() {}\n  more = 1;\n}\n",
    'go.ts': 'export interface Go { go(): void; more: number }\n',
  },
  'members that are picked out': {
    'index.ts': "import { A } from './a';\nconst { size, go: run } = new A();\nrun(size);\n",
    'a.ts': 'export class A {\n  size = 1;\n  go = (x: number) => x;\n}\n',
  },
  'toString, toJSON and iterators': {
    'index.ts':
      'class A {\n  toString() { return ""; }\n  toJSON() { return 1; }\n  *[Symbol.iterator]() { yield 1; }\n  [Symbol.dispose]() {}\n}\nconsole.log(`${new A()}`);\nexport {};\n',
  },
  'an enum by reverse mapping': {
    'index.ts': 'enum Kind { A, B }\nexport const name = (n: number) => Kind[n];\n',
  },
  'an enum whose values are parsed': {
    'index.ts':
      "enum Kind { A = 'a', B = 'b' }\nexport const isKind = (x: string) => Object.values(Kind).includes(x as Kind);\n",
  },
  'globals that are declared': {
    'index.ts': 'declare global {\n  interface Window { mine: number }\n}\nwindow.mine = 1;\nexport {};\n',
  },
  'modules that are augmented': {
    'package.json': pkg('"dependencies":{"lib":"1"}'),
    'index.ts': "import 'lib';\nimport './more';\n",
    'more.ts': "declare module 'lib' {\n  interface Options { a: number }\n}\nexport {};\n",
  },
  'conditional require': {
    'package.json':
      '{"name":"x","private":true,"main":"index.js","dependencies":{"a-dep":"1"},"optionalDependencies":{"fsevents":"2"}}',
    'index.js':
      "let f;\ntry {\n  f = require('fsevents');\n} catch {\n  f = require('a-dep');\n}\nmodule.exports = f;\n",
  },
  'catch without a use and for without a body': {
    'index.ts':
      'export function f(list: number[]) {\n  try {\n    list.push(1);\n  } catch (error) {\n    return 0;\n  }\n  for (const _ of list) list.pop();\n  return 1;\n}\n',
  },
  'locals in templates, shorthand and spread': {
    'index.ts':
      'export function f() {\n  const a = 1;\n  const b = { a };\n  const c = [1];\n  const d = `${c}`;\n  let e;\n  e = [...d];\n  return { b, e };\n}\n',
  },
  'a label and a local': {
    'index.ts':
      'export function f(list: number[]) {\n  outer: for (const a of list) {\n    for (const b of list) if (a === b) continue outer;\n  }\n}\n',
  },
  'a variable that a closure changes and reads': {
    'index.ts': 'export function counter() {\n  let n = 0;\n  return () => ++n;\n}\n',
  },
  'an assignment whose value is used': {
    'index.ts':
      'export function f(g: () => string | null) {\n  let line;\n  while ((line = g())) console.log(line);\n}\n',
  },
  'types as values and values as types': {
    'index.ts': "const names = ['a', 'b'] as const;\nexport type Name = (typeof names)[number];\n",
  },
  'svelte parts': {
    'package.json': '{"name":"x","private":true,"main":"main.ts","devDependencies":{"svelte":"5"}}',
    'main.ts': "import App from './App.svelte';\nnew App({ target: document.body });\n",
    'App.svelte':
      '<script lang="ts">\n  import Part from "./Part.svelte";\n  import { store } from "./store";\n  export let name = "x";\n  let n = 1;\n  $: twice = n * 2;\n</script>\n<Part {name} value={$store} on:click={() => n++} />{twice}\n',
    'Part.svelte': '<script>\n  export let name;\n  export let value;\n</script>\n<p>{name}{value}</p>\n',
    'store.ts': "import { writable } from 'svelte/store';\nexport const store = writable(1);\n",
  },
  'astro pages': {
    'package.json':
      '{"name":"x","private":true,"scripts":{"dev":"astro dev"},"dependencies":{"astro":"5","@astrojs/react":"4","react":"19","react-dom":"19"}}',
    'astro.config.mjs': "import react from '@astrojs/react';\nexport default { integrations: [react()] };\n",
    'src/pages/index.astro':
      '---\nimport Part from "../components/Part.astro";\nconst name = "x";\n---\n<Part name={name} />\n',
    'src/components/Part.astro': '---\nconst { name } = Astro.props;\n---\n<p>{name}</p>\n',
    'src/content/config.ts': 'export const collections = {};\n',
  },
  'a schema of graphql and of prisma': {
    'package.json': pkg(
      '"scripts":{"g":"graphql-codegen && prisma generate"},"devDependencies":{"@graphql-codegen/cli":"5","@graphql-codegen/typescript":"4","prisma":"6"},"dependencies":{"@prisma/client":"6"}',
    ),
    'codegen.yml': 'schema: ./schema.graphql\ngenerates:\n  ./gen.ts:\n    plugins:\n      - typescript\n',
    'index.ts': "import { PrismaClient } from '@prisma/client';\nexport const db = new PrismaClient();\n",
    'prisma/schema.prisma': 'generator client { provider = "prisma-client-js" }\n',
  },
};
