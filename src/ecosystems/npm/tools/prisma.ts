import type { NpmTool } from '../tool.ts';

export const prisma: NpmTool = {
  id: 'prisma',
  packages: ['prisma', '@prisma/client'],
  configuration: ['prisma.config.{ts,js,mjs}', 'prisma/seed.{ts,js}'],
  conventions: [{ globs: ['prisma/seed.{ts,js}'], use: 'program' }],
};
