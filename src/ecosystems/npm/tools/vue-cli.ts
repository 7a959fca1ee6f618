import type { NpmTool } from '../tool.ts';

export const vueCli: NpmTool = {
  id: 'vue',
  packages: ['vue', '@vue/cli-service', 'quasar'],
  configuration: ['{vue,quasar}.config.{js,ts,cjs,mjs}'],
  conventions: [
    { globs: ['src/main.{js,ts}', 'src/{boot,plugins}/**/*.{js,ts}', 'src/router/index.{js,ts}'], use: 'program' },
  ],
};
