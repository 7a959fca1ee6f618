import type { PythonTool } from '../tool.ts';

export const awsLambda: PythonTool = {
  id: 'aws-lambda',
  packages: ['aws-lambda-powertools', 'chalice', 'mangum', 'boto3'],
  conventions: [{ globs: ['**/{lambda_function,handler,lambda_handler}.py'], use: 'program' }],
};
