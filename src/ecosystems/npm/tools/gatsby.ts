import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const gatsby: NpmTool = {
  id: 'gatsby',
  packages: ['gatsby'],
  configuration: ['gatsby-config.{js,ts,mjs}', 'gatsby-{node,browser,ssr}.{js,jsx,ts,tsx,mjs}'],
  conventions: [{ globs: ['src/{pages,api,templates}/**/*.{js,jsx,ts,tsx}', 'src/html.{js,jsx,tsx}'], use: 'tool' }],
  read(settings, found) {
    found.uses(pluginNames(valuesAt(settings, 'plugins')), 'gatsby plug-in');
  },
};
