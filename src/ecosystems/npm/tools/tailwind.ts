import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const tailwind: NpmTool = {
  id: 'tailwind',
  packages: ['tailwindcss'],
  configuration: ['tailwind.config.{js,ts,mjs,cjs,mts,cts}'],
  read(settings, found) {
    found.uses(pluginNames([...valuesAt(settings, 'plugins'), ...valuesAt(settings, 'presets')]), 'tailwind plug-in');
  },
};
