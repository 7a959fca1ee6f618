import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const karma: NpmTool = {
  id: 'karma',
  packages: ['karma', '@angular-devkit/build-angular'],
  configuration: ['karma.conf.{js,ts,cjs,mjs}', '*/karma.conf.{js,cjs}', 'karma.*.conf.{js,ts}'],
  framework: 'karma',
  conventions: [{ globs: ['src/test.ts', 'src/**/*.spec.ts'], use: 'test' }],
  read(settings, found) {
    found.uses(pluginNames(valuesAt(settings, 'plugins')), 'karma plug-in');
  },
};
