import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const stryker: NpmTool = {
  id: 'stryker',
  packages: ['@stryker-mutator/core'],
  configuration: ['stryker.conf*.{js,mjs,cjs,json}', 'stryker.config*.{js,mjs,cjs,json}', '.stryker.conf*.json'],
  read(settings, found) {
    const plugins = stringsAt(settings, 'plugins');
    found.uses(
      plugins.filter((name) => !name.includes('*')),
      'stryker plug-in',
    );
    for (const runner of stringsAt(settings, 'testRunner'))
      found.uses([`@stryker-mutator/${runner}-runner`], 'stryker runner');
    for (const checker of stringsAt(settings, 'checkers'))
      found.uses([`@stryker-mutator/${checker}-checker`], 'stryker checker');
  },
};
