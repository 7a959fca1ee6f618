import type { NpmTool } from '../tool.ts';

export const dependencyCruiser: NpmTool = {
  id: 'dependency-cruiser',
  packages: ['dependency-cruiser'],
  configuration: ['.dependency-cruiser.{js,cjs,mjs,json}'],
};
