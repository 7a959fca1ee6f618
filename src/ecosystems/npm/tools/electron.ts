import type { NpmTool } from '../tool.ts';

export const electron: NpmTool = {
  id: 'electron',
  packages: ['electron', 'electron-builder', 'electron-vite', /^@electron-forge\//],
  configuration: ['{electron.vite.config,forge.config,electron-builder,electron-builder.config}.{js,ts,cjs,mjs,json}'],
  conventions: [
    {
      globs: ['{,src/}{main,preload,renderer}/index.{js,ts}', '{,electron/}{main,preload}.{js,ts,cjs,mjs}'],
      use: 'program',
    },
  ],
};
