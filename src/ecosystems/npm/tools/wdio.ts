import { pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const wdio: NpmTool = {
  id: 'wdio',
  packages: ['@wdio/cli', 'webdriverio'],
  configuration: ['wdio*.conf.{js,ts,mjs,cjs}'],
  conventions: [{ globs: ['**/*.e2e.{js,ts}'], use: 'test' }],
  read(settings, found) {
    found.entry(stringsAt(settings, 'specs'), 'test');
    found.uses(
      stringsAt(settings, 'framework').map((name) => `@wdio/${name}-framework`),
      'wdio framework',
    );
    found.uses(
      [
        ...pluginNames(valuesAt(settings, 'services')).map((name) => `@wdio/${name}-service`),
        ...pluginNames(valuesAt(settings, 'reporters')).map((name) => `@wdio/${name}-reporter`),
      ],
      'wdio setting',
    );
  },
};
