import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const docusaurus: NpmTool = {
  id: 'docusaurus',
  packages: [/^@docusaurus\//],
  configuration: ['docusaurus.config.{js,ts,mjs,cjs,mts,cts}', 'sidebars.{js,ts,cjs,mjs}'],
  conventions: [
    { globs: ['src/{pages,theme}/**/*.{js,jsx,ts,tsx,mdx}', '{docs,blog}/**/*.{js,jsx,ts,tsx,mdx}'], use: 'tool' },
  ],
  read(settings, found) {
    found.uses(pluginNames([...valuesAt(settings, 'plugins'), ...valuesAt(settings, 'themes')]), 'docusaurus plug-in');
    for (const name of pluginNames(valuesAt(settings, 'presets')))
      found.uses([name === 'classic' ? '@docusaurus/preset-classic' : name], 'docusaurus preset');
  },
};
