import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const webTestRunner: NpmTool = {
  id: 'web-test-runner',
  packages: ['@web/test-runner', '@web/dev-server'],
  configuration: ['web-test-runner.config.{js,mjs,cjs}', 'web-dev-server.config.{js,mjs,cjs}'],
  read(settings, found) {
    found.entry(stringsAt(settings, 'files'), 'test');
  },
};
