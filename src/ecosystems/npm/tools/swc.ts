import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const swc: NpmTool = {
  id: 'swc',
  packages: ['@swc/core', '@swc/cli'],
  configuration: ['.swcrc', '*.swcrc'],
  read(settings, found) {
    found.uses(pluginNames(valuesAt(settings, 'jsc', 'experimental', 'plugins')), 'swc plug-in');
    if (valuesAt(settings, 'jsc', 'externalHelpers').some((value) => value.kind === 'constant' && value.value === true))
      found.uses(['@swc/helpers'], 'swc helpers');
  },
};
