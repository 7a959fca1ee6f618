import type { NpmTool } from '../tool.ts';

export const serverless: NpmTool = {
  id: 'serverless',
  packages: ['serverless', 'aws-cdk', 'aws-cdk-lib', 'sst'],
  configuration: ['serverless.{ts,js}', 'sst.config.ts', 'cdk.json'],
  conventions: [{ globs: ['{functions,lambda,lambdas,handlers}/**/*.{js,ts,mjs}', 'bin/*.{ts,js}'], use: 'program' }],
};
