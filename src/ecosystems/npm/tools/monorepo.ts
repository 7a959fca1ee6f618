import type { NpmTool } from '../tool.ts';

export const monorepo: NpmTool = {
  id: 'monorepo',
  packages: ['lerna', 'turbo', '@moonrepo/cli', 'syncpack', '@manypkg/cli', 'bolt'],
  configuration: ['{turbo,lerna}.json', '.syncpackrc{,.json,.js,.cjs}', 'syncpack.config.{ts,js,cjs}'],
};
