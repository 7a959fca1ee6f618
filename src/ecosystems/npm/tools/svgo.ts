import type { NpmTool } from '../tool.ts';

export const svgo: NpmTool = {
  id: 'svgo',
  packages: ['svgo', '@svgr/cli', '@svgr/webpack', 'svg-sprite'],
  configuration: ['{svgo,.svgrrc,svgr}.config.{js,mjs,cjs}', '.svgrrc{,.js,.json}'],
};
