import { pluginNames, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const storybook: NpmTool = {
  id: 'storybook',
  packages: [/^@storybook\//, 'storybook'],
  configuration: ['{.,}storybook/{main,preview,manager,test-runner,vitest.setup}.{js,jsx,ts,tsx,mjs,cjs}'],
  conventions: [
    { globs: ['**/*.stories.{js,jsx,ts,tsx,mdx,svelte,vue,mjs}', '.storybook/**/*.{js,jsx,ts,tsx}'], use: 'tool' },
  ],
  read(settings, found) {
    found.entry(stringsOf(valuesAt(settings, 'stories')), 'tool');
    found.uses(
      pluginNames([
        ...valuesAt(settings, 'addons'),
        ...valuesAt(settings, 'framework'),
        ...valuesAt(settings, 'core', 'builder'),
      ]),
      'storybook setting',
    );
  },
};
