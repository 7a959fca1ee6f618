import type { NpmTool } from '../tool.ts';

export const vitepress: NpmTool = {
  id: 'vitepress',
  packages: ['vitepress', 'vuepress'],
  configuration: [
    '{,docs/,doc/,website/}.{vitepress,vuepress}/config.{js,ts,mjs,cjs,mts,cts}',
    '**/.vitepress/config{,/index}.{js,ts,mts,mjs}',
  ],
  conventions: [
    {
      globs: [
        '**/.{vitepress,vuepress}/{theme,config}/**/*.{js,ts,mts,vue}',
        '**/*.data.{js,ts,mjs,mts}',
        '**/*.paths.{js,ts}',
      ],
      use: 'tool',
    },
  ],
};
