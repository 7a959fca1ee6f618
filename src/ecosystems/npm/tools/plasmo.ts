import type { NpmTool } from '../tool.ts';

export const plasmo: NpmTool = {
  id: 'browser-extension',
  packages: ['plasmo', 'wxt', '@crxjs/vite-plugin', 'web-ext'],
  configuration: ['{wxt.config,manifest.config}.{ts,js}'],
  conventions: [
    {
      globs: [
        '{,src/}{entrypoints,contents,tabs,background,popup,options,sidepanel}/**/*.{ts,tsx,js,jsx}',
        '{,src/}{background,popup,options,content,newtab,sidepanel,devtools}.{ts,tsx,js,jsx}',
      ],
      use: 'program',
    },
  ],
};
