import type { NpmTool } from '../tool.ts';

export const gulp: NpmTool = {
  id: 'gulp',
  packages: ['gulp', 'grunt', 'jake'],
  configuration: [
    '{gulpfile,Gruntfile,Jakefile,gruntfile}{,.babel,.esm}.{js,ts,mjs,cjs,coffee}',
    'gulpfile.js/index.js',
  ],
};
