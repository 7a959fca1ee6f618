import { adonis } from './tools/adonis.ts';
import { angular } from './tools/angular.ts';
import { astro } from './tools/astro.ts';
import { ava } from './tools/ava.ts';
import { babel } from './tools/babel.ts';
import { changesets } from './tools/changesets.ts';
import { commitizen } from './tools/commitizen.ts';
import { commitlint } from './tools/commitlint.ts';
import { cucumber } from './tools/cucumber.ts';
import { cypress } from './tools/cypress.ts';
import { deno } from './tools/deno.ts';
import { dependencyCruiser } from './tools/dependency-cruiser.ts';
import { docusaurus } from './tools/docusaurus.ts';
import { drizzle } from './tools/drizzle.ts';
import { electron } from './tools/electron.ts';
import { eleventy } from './tools/eleventy.ts';
import { ember } from './tools/ember.ts';
import { esbuild } from './tools/esbuild.ts';
import { eslint } from './tools/eslint.ts';
import { firebase } from './tools/firebase.ts';
import { gatsby } from './tools/gatsby.ts';
import { graphqlCodegen } from './tools/graphql-codegen.ts';
import { gulp } from './tools/gulp.ts';
import { i18n } from './tools/i18n.ts';
import { jest } from './tools/jest.ts';
import { karma } from './tools/karma.ts';
import { knex } from './tools/knex.ts';
import { knip } from './tools/knip.ts';
import { lintStaged } from './tools/lint-staged.ts';
import { linters } from './tools/linters.ts';
import { microbundle } from './tools/microbundle.ts';
import { mocha } from './tools/mocha.ts';
import { monorepo } from './tools/monorepo.ts';
import { msw } from './tools/msw.ts';
import { nest } from './tools/nest.ts';
import { netlify } from './tools/netlify.ts';
import { next } from './tools/next.ts';
import { nitro } from './tools/nitro.ts';
import { nodeTest } from './tools/node-test.ts';
import { nodemon } from './tools/nodemon.ts';
import { nuxt } from './tools/nuxt.ts';
import { nx } from './tools/nx.ts';
import { nyc } from './tools/nyc.ts';
import { plasmo } from './tools/plasmo.ts';
import { playwright } from './tools/playwright.ts';
import { plop } from './tools/plop.ts';
import { pm2 } from './tools/pm2.ts';
import { postcss } from './tools/postcss.ts';
import { prettier } from './tools/prettier.ts';
import { prisma } from './tools/prisma.ts';
import { qwik } from './tools/qwik.ts';
import { reactNative } from './tools/react-native.ts';
import { reactScripts } from './tools/react-scripts.ts';
import { releaseIt } from './tools/release-it.ts';
import { remix } from './tools/remix.ts';
import { rolldown } from './tools/rolldown.ts';
import { rollup } from './tools/rollup.ts';
import { semanticRelease } from './tools/semantic-release.ts';
import { sentry } from './tools/sentry.ts';
import { serverless } from './tools/serverless.ts';
import { sizeLimit } from './tools/size-limit.ts';
import { solid } from './tools/solid.ts';
import { storybook } from './tools/storybook.ts';
import { strapi } from './tools/strapi.ts';
import { stryker } from './tools/stryker.ts';
import { stylelint } from './tools/stylelint.ts';
import { svelteKit } from './tools/svelte-kit.ts';
import { svgo } from './tools/svgo.ts';
import { swc } from './tools/swc.ts';
import { tailwind } from './tools/tailwind.ts';
import { tanstackRouter } from './tools/tanstack-router.ts';
import { tap } from './tools/tap.ts';
import { tsup } from './tools/tsup.ts';
import { typedoc } from './tools/typedoc.ts';
import { typescript } from './tools/typescript.ts';
import { unbuild } from './tools/unbuild.ts';
import { vercel } from './tools/vercel.ts';
import { vite } from './tools/vite.ts';
import { vitepress } from './tools/vitepress.ts';
import { vitest } from './tools/vitest.ts';
import { vueCli } from './tools/vue-cli.ts';
import { wdio } from './tools/wdio.ts';
import { webTestRunner } from './tools/web-test-runner.ts';
import { webpack } from './tools/webpack.ts';
import { wrangler } from './tools/wrangler.ts';
import type { NpmTool } from './tool.ts';

/** Tools of the JavaScript world, one file each. */
export const npmTools: readonly NpmTool[] = [
  adonis,
  angular,
  astro,
  ava,
  babel,
  changesets,
  commitizen,
  commitlint,
  cucumber,
  cypress,
  deno,
  dependencyCruiser,
  docusaurus,
  drizzle,
  electron,
  eleventy,
  ember,
  esbuild,
  eslint,
  firebase,
  gatsby,
  graphqlCodegen,
  gulp,
  i18n,
  jest,
  karma,
  knex,
  knip,
  lintStaged,
  linters,
  microbundle,
  mocha,
  monorepo,
  msw,
  nest,
  netlify,
  next,
  nitro,
  nodeTest,
  nodemon,
  nuxt,
  nx,
  nyc,
  plasmo,
  playwright,
  plop,
  pm2,
  postcss,
  prettier,
  prisma,
  qwik,
  reactNative,
  reactScripts,
  releaseIt,
  remix,
  rolldown,
  rollup,
  semanticRelease,
  sentry,
  serverless,
  sizeLimit,
  solid,
  storybook,
  strapi,
  stryker,
  stylelint,
  svelteKit,
  svgo,
  swc,
  tailwind,
  tanstackRouter,
  tap,
  tsup,
  typedoc,
  typescript,
  unbuild,
  vercel,
  vite,
  vitepress,
  vitest,
  vueCli,
  wdio,
  webTestRunner,
  webpack,
  wrangler,
];
