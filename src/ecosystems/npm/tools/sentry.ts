import type { NpmTool } from '../tool.ts';

export const sentry: NpmTool = {
  id: 'sentry',
  packages: [/^@sentry\//],
  configuration: ['sentry.*.config.{js,ts,mjs}', '{,src/}instrumentation{,-client}.{js,ts}'],
};
