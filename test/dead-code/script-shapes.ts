/** Shapes of JavaScript and TypeScript projects; as in `script-cases.ts`, what is dead is called `dead…`. */
import type { Files } from './find-in.ts';

const pkg = (more: string): string => `{"name":"x","private":true,"main":"index.ts"${more === '' ? '' : `,${more}`}}`;

export const scriptShapes: Readonly<Record<string, Files>> = {
  'a member of a namespace that is exported as a name': {
    'index.ts': "import { parts } from './hub';\nparts.live();\n",
    'hub.ts': "export * as parts from './a';\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a member of a namespace in a namespace': {
    'index.ts': "import * as hub from './hub';\nhub.parts.live();\n",
    'hub.ts': "import * as parts from './a';\nexport { parts };\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'an export under another name': {
    'index.ts': "import { other } from './a';\nother();\n",
    'a.ts': 'const live = () => 1;\nconst x = 2;\nexport { live as other, x as dead };\n',
  },
  'a re-export under another name': {
    'index.ts': "import { other } from './hub';\nother();\n",
    'hub.ts': "export { live as other, deadly as dead } from './a';\n",
    'a.ts': 'export const live = () => 1;\nexport const deadly = 1;\n',
  },
  'a default that is passed on as a name': {
    'index.ts': "import { live } from './hub';\nlive();\n",
    'hub.ts': "export { default as live } from './a';\n",
    'a.ts': 'export default () => 1;\nexport const dead = 1;\n',
  },
  'chains of export *': {
    'index.ts': "import { live } from './one';\nlive();\n",
    'one.ts': "export * from './two';\n",
    'two.ts': "export * from './three';\nexport const dead2 = 1;\n",
    'three.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a circle of export *': {
    'index.ts': "import { live } from './one';\nlive();\n",
    'one.ts': "export * from './two';\n",
    'two.ts': "export * from './one';\nexport const live = () => 1;\nexport const dead = 1;\n",
  },
  'an import type of a member': {
    'index.ts': "export const x: import('./a').Live = 1;\n",
    'a.ts': 'export type Live = number;\nexport type dead = string;\n',
  },
  'a type in JSDoc': {
    'package.json': '{"name":"x","private":true,"main":"index.js"}',
    'index.js': "/** @type {import('./a.js').Live} */\nexport const x = 1;\n",
    'a.js': '/** @typedef {number} Live */\nexport const dead = 1;\n',
  },
  'typeof of a namespace': {
    'index.ts': "import * as a from './a';\nexport type B = typeof a.live;\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a member by a string': {
    'index.ts': "import * as a from './a';\na['live']();\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'require with a member': {
    'package.json': '{"name":"x","private":true,"main":"index.js"}',
    'index.js': "const live = require('./a').live;\nlive();\n",
    'a.js': 'exports.live = () => 1;\nexports.dead = 1;\n',
  },
  'members of a required module': {
    'package.json': '{"name":"x","private":true,"main":"index.js"}',
    'index.js': "const a = require('./a');\na.live();\n",
    'a.js': 'module.exports.live = () => 1;\nmodule.exports.dead = 1;\n',
  },
  'members of an exported object': {
    'package.json': '{"name":"x","private":true,"main":"index.js"}',
    'index.js': "const { live } = require('./a');\nlive();\n",
    'a.js': 'function live() {}\nfunction dead() {}\nmodule.exports = { live, dead };\n',
  },
  'a dynamic import whose member is called': {
    'index.ts': "(await import('./a')).live();\nexport {};\n",
    'a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'a lazy default': {
    'index.ts': "const lazy = (f: unknown) => f;\nexport const P = lazy(() => import('./a'));\n",
    'a.ts': 'export default () => 1;\n',
    'dead.ts': 'export default 1;\n',
  },
  'imports and exports of enums, classes and functions': {
    'index.ts': "import { Live } from './a';\nexport const x = Live.One;\n",
    'a.ts':
      'export enum Live { One }\nexport enum deadEnum { Two }\nexport class deadClass {}\nexport function deadFunction() {}\nexport interface deadInterface {}\nexport type deadType = 1;\nexport let deadLet = 1;\nexport abstract class deadAbstract {}\nexport async function deadAsync() {}\nexport function* deadGenerator() {}\n',
  },
  'destructured exports': {
    'index.ts': "import { live } from './a';\nlive();\n",
    'a.ts': 'const o = { live: () => 1, dead: 2 };\nexport const { live, dead } = o;\n',
  },
  'members of an exported enum': {
    'index.ts': "import { Kind } from './a';\nif (Kind.Live === 0) console.log(Kind['Quoted']);\n",
    'a.ts': "export enum Kind { Live, Quoted, dead, 'dead2' = 7 }\n",
  },
  'members of a const enum of strings': {
    'index.ts':
      "import { Kind } from './a';\nexport function f(k: Kind) {\n  switch (k) {\n    case Kind.Live: return 1;\n  }\n  return 0;\n}\n",
    'a.ts': "export const enum Kind { Live = 'live', dead = 'gone' }\n",
  },
  'members of an exported class': {
    'index.ts': "import { A } from './a';\nconst a = new A();\na.live();\nconsole.log(a.kept, A.make());\n",
    'a.ts':
      'export class A {\n  kept = 1;\n  dead1 = 2;\n  static make() { return 1; }\n  static dead2() {}\n  live() {}\n  dead3() {}\n  get dead4() { return 1; }\n  private dead5() {}\n  #dead6() {}\n}\n',
  },
  'an accessor': {
    'index.ts': "import { A } from './a';\nconsole.log(new A().live);\n",
    'a.ts': 'export class A {\n  get live() { return 1; }\n  get dead() { return 2; }\n}\n',
  },
  'a class that extends another': {
    'index.ts': "import { B } from './a';\nnew B().live();\n",
    'a.ts':
      'class A {\n  live() { this.hook(); }\n  hook() {}\n}\nexport class B extends A {\n  hook() {}\n  dead() {}\n}\n',
  },
  'one thing under two names': {
    'index.ts': "import { dead, other } from './a';\ndead();\nother();\n",
    'a.ts': 'export const dead = () => 1;\nexport { dead as other };\n',
  },
  'a default and a name for one thing': {
    'index.ts': "import a, { dead } from './a';\na();\ndead();\n",
    'a.ts': 'export const dead = () => 1;\nexport default dead;\n',
  },
  'an unlisted package in a type import': {
    'package.json': pkg('"dependencies":{"zod":"4"}'),
    'index.ts': "import 'zod';\nimport type { X } from 'dead';\nexport const x: X = 1;\n",
  },
  'an unlisted package with a scope': {
    'package.json': pkg('"dependencies":{"zod":"4"}'),
    'index.ts': "import 'zod';\nimport '@scope/dead/sub/path.js';\n",
  },
  'unlisted packages by require and import()': {
    'package.json': '{"name":"x","private":true,"main":"index.js","dependencies":{"zod":"4"}}',
    'index.js': "require('zod');\nrequire('dead1');\nimport('dead2');\nrequire.resolve('dead3');\n",
  },
  'a package that only a re-export names': {
    'package.json': pkg('"dependencies":{"zod":"4","dead":"1"}'),
    'index.ts': "export * from 'zod';\n",
  },
  'a package in a comment': {
    'package.json': pkg('"dependencies":{"zod":"4","dead":"1"}'),
    'index.ts': "import 'zod';\n// import 'dead';\n",
  },
  'dependencies of members of a workspace': {
    'package.json': '{"name":"root","private":true,"workspaces":["packages/*"],"devDependencies":{"deadroot":"1"}}',
    'packages/a/package.json':
      '{"name":"@x/a","private":true,"main":"index.ts","dependencies":{"zod":"4","dead":"1","@x/b":"*"}}',
    'packages/a/index.ts': "import 'zod';\nimport '@x/b';\n",
    'packages/b/package.json': '{"name":"@x/b","private":true,"main":"index.ts"}',
    'packages/b/index.ts': "import 'deadunlisted';\n",
  },
  'pnpm workspaces': {
    'package.json': '{"name":"root","private":true}',
    'pnpm-workspace.yaml': "packages:\n  - 'apps/*'\n  - 'libs/*'\n",
    'apps/web/package.json':
      '{"name":"web","private":true,"main":"src/index.ts","dependencies":{"@x/lib":"workspace:*"}}',
    'apps/web/src/index.ts': "import { live } from '@x/lib';\nlive();\n",
    'libs/lib/package.json': '{"name":"@x/lib","private":true,"exports":{".":"./src/index.ts"}}',
    'libs/lib/src/index.ts': "export { live } from './a';\n",
    'libs/lib/src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'the entry in src': {
    'package.json': '{"name":"x","private":true}',
    'src/index.ts': "import { live } from './a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
    'src/deadfile.ts': 'export const x = 1;\n',
  },
  'the entry called main': {
    'package.json': '{"name":"x","private":true}',
    'src/main.ts': "import { live } from './a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'an entry that a script starts': {
    'package.json': '{"name":"x","private":true,"scripts":{"start":"tsx src/server.ts"},"devDependencies":{"tsx":"4"}}',
    'src/server.ts': "import { live } from './a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'exports with conditions': {
    'package.json':
      '{"name":"x","exports":{".":{"types":"./dist/index.d.ts","import":"./dist/index.mjs","require":"./dist/index.cjs"}}}',
    'src/index.ts': "export { live } from './a';\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'subpath imports': {
    'package.json': '{"name":"x","private":true,"main":"index.ts","imports":{"#lib/*":"./src/*.ts"}}',
    'index.ts': "import { live } from '#lib/a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  baseUrl: {
    'tsconfig.json': '{"compilerOptions":{"baseUrl":"."}}',
    'index.ts': "import { live } from 'src/a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'paths of an extended tsconfig': {
    'tsconfig.json': '{"extends":"./tsconfig.base.json"}',
    'tsconfig.base.json': '{\n  // a comment\n  "compilerOptions":{"paths":{"~/*":["./src/*"],},},\n}',
    'index.ts': "import { live } from '~/a';\nlive();\n",
    'src/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
  },
  'extensions .js that are .ts': {
    'index.ts': "import { live } from './a.js';\nimport { kept } from './b.mjs';\nlive(kept);\n",
    'a.ts': 'export const live = (x: unknown) => x;\nexport const dead = 1;\n',
    'b.mts': 'export const kept = 1;\nexport const dead2 = 1;\n',
  },
  'a helper of tests': {
    'package.json': pkg('"scripts":{"test":"vitest"},"devDependencies":{"vitest":"3"}'),
    'index.ts': 'export const a = 1;\n',
    'a.test.ts': "import { helper } from './helper';\nimport { expect } from 'vitest';\nexpect(helper()).toBe(1);\n",
    'helper.ts': 'export const helper = () => 1;\nexport const dead = 1;\n',
  },
  'a mock that no test names': {
    'package.json': pkg('"scripts":{"test":"jest"},"devDependencies":{"jest":"29","dead":"1"}'),
    'jest.config.js': "module.exports = { setupFilesAfterEach: [], setupFiles: ['<rootDir>/setup.js'] };\n",
    'setup.js': 'global.x = 1;\n',
    'index.ts': 'export const a = 1;\n',
    'a.test.ts': "import { a } from './index';\ntest('a', () => expect(a).toBe(1));\n",
  },
  'a story and what it shows': {
    'package.json': pkg(
      '"dependencies":{"react":"19"},"devDependencies":{"storybook":"8","@storybook/react":"8","deaddep":"1"},"scripts":{"sb":"storybook dev"}',
    ),
    '.storybook/main.ts': "export default { stories: ['../src/**/*.stories.tsx'], framework: '@storybook/react' };\n",
    'index.ts': "import './src/button';\n",
    'src/button.tsx': 'export const Button = () => <b />;\nexport const dead = 1;\n',
    'src/button.stories.tsx':
      "import { Button } from './button';\nexport default { component: Button };\nexport const Primary = {};\n",
  },
  'pages of next and what lies beside them': {
    'package.json':
      '{"name":"x","private":true,"dependencies":{"next":"15","react":"19","react-dom":"19","deaddep":"1"}}',
    'pages/index.tsx':
      "import { Part } from '../components/part';\nexport default function Home() { return <Part />; }\nexport async function getServerSideProps() { return { props: {} }; }\n",
    'pages/api/x.ts': 'export default function handler() {}\nexport const config = {};\n',
    'components/part.tsx': 'export const Part = () => <p />;\nexport const dead = () => <p />;\n',
    'components/dead2.tsx': 'export const X = () => <p />;\n',
    'middleware.ts': 'export function middleware() {}\nexport const config = {};\n',
  },
  'plug-ins of webpack': {
    'package.json':
      '{"name":"x","private":true,"scripts":{"build":"webpack"},"devDependencies":{"webpack":"5","webpack-cli":"5","babel-loader":"9","css-loader":"7","html-webpack-plugin":"5","dead-loader":"1"}}'.replace(
        'dead-loader',
        'deadloader',
      ),
    'webpack.config.js':
      "const Html = require('html-webpack-plugin');\nmodule.exports = { entry: './src/app.js', module: { rules: [{ test: /x/, use: ['babel-loader'] }, { test: /y/, use: { loader: 'css-loader' } }] }, plugins: [new Html()] };\n",
    'src/app.js': "import './a';\n",
    'src/a.js': 'console.log(1);\n',
    'src/dead2.js': 'console.log(2);\n',
  },
  'flat settings of eslint': {
    'package.json': pkg(
      '"scripts":{"lint":"eslint ."},"devDependencies":{"eslint":"9","@eslint/js":"9","typescript-eslint":"8","eslint-plugin-dead":"1"}',
    ).replace('eslint-plugin-dead', 'eslint-plugin-deadone'),
    'eslint.config.js':
      "import js from '@eslint/js';\nimport ts from 'typescript-eslint';\nexport default [js.configs.recommended, ...ts.configs.recommended];\n",
    'index.ts': '',
  },
  'routes of express': {
    'package.json':
      '{"name":"x","private":true,"main":"server.js","dependencies":{"express":"5","morgan":"1","dead":"1"}}',
    'server.js':
      "const express = require('express');\nconst routes = require('./routes');\nconst app = express();\napp.use(require('morgan')('dev'));\napp.use('/', routes);\napp.listen(1);\n",
    'routes/index.js':
      "const { Router } = require('express');\nconst { list } = require('../controllers/items');\nconst router = Router();\nrouter.get('/', list);\nmodule.exports = router;\n",
    'controllers/items.js': 'exports.list = (req, res) => res.send([]);\nexports.dead2 = (req, res) => res.send([]);\n',
  },
  'an import that a type and a value share': {
    'index.ts': "import { Live, dead } from './a';\nexport const x: Live = new Live();\n",
    'a.ts': 'export class Live {}\nexport const dead = 1;\n',
  },
  'locals of every kind': {
    'index.ts':
      'export function live(list: number[]) {\n  let deadLet;\n  const deadConst = 1, kept = 2;\n  class deadClass {}\n  const { deadPart } = Object(list);\n  const [faintItem] = list;\n  for (const faintEach of list) list.pop();\n  return kept;\n}\n',
  },
  'a local function that calls itself': {
    'index.ts': 'export function live() {\n  function dead() { dead(); }\n  return 1;\n}\n',
  },
  'a local with a namesake in another function': {
    'index.ts':
      'export function live() {\n  const dead = 1;\n  return 2;\n}\nexport function more() {\n  const value = 1;\n  return value;\n}\n',
  },
  'a local that another scope shadows': {
    'index.ts':
      'export function live(list: number[]) {\n  const dead = 1;\n  return list.map((kept) => { const dead1 = kept; return kept; });\n}\n',
  },
  'a variable that only counts': {
    'index.ts':
      'export function live(list: number[]) {\n  let dead = 0;\n  for (const kept of list) { dead += kept; dead++; }\n}\n',
  },
  'the last parameter of a method': {
    'index.ts':
      'class A {\n  say(kept: number, dead: string) { return kept; }\n}\nconsole.log(new A().say(1, ""));\nexport {};\n',
  },
  'types of a module': {
    'index.ts': 'type Live = 1;\ntype dead = 2;\nenum deadEnum { A }\nexport const x: Live = 1;\n',
  },
  'a file of types that nobody takes': {
    'index.ts': "import type { Live } from './types';\nexport const x: Live = 1;\n",
    'types.ts': 'export interface Live { deada?: 1 }\n',
    'deadtypes.ts': 'export interface B { b?: 1 }\n',
  },
  'an unlisted plug-in of settings': {
    'package.json': pkg('"scripts":{"lint":"eslint ."},"devDependencies":{"eslint":"8"}'),
    '.eslintrc.json': '{"plugins":["dead"]}',
    'index.ts': '',
  },
  'a program behind npx and &&': {
    'package.json': pkg(
      '"scripts":{"a":"npm run b && npx live-tool","b":"cross-env X=1 dead --fix || echo no"},"devDependencies":{"live-tool":"1","cross-env":"7"}',
    ),
    'index.ts': '',
  },
  'settings of knip name the entries': {
    'package.json': '{"name":"x","private":true}',
    'knip.json': '{"entry":["code/start.ts"],"project":["code/**/*.ts"],"ignoreDependencies":["kept"]}',
    'code/start.ts': "import { live } from './a';\nlive();\n",
    'code/a.ts': 'export const live = () => 1;\nexport const dead = 1;\n',
    'code/dead2.ts': 'export const x = 1;\n',
  },
};
