import { pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const nest: NpmTool = {
  id: 'nest',
  packages: [/^@nestjs\//],
  configuration: ['nest-cli.json'],
  conventions: [{ globs: ['src/main.ts', 'apps/*/src/main.ts', '**/*.module.ts'], use: 'program' }],
  read(settings, found) {
    found.uses(stringsAt(settings, 'collection'), 'nest setting');
    found.uses(pluginNames(valuesAt(settings, 'compilerOptions', 'plugins')), 'nest plug-in');
  },
};
