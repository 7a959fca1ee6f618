import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const changesets: NpmTool = {
  id: 'changesets',
  packages: ['@changesets/cli'],
  configuration: ['.changeset/config.json'],
  read(settings, found) {
    for (const value of valuesAt(settings, 'changelog'))
      found.uses(pluginNames([{ kind: 'list', items: [value] }]), 'changesets changelog');
  },
};
