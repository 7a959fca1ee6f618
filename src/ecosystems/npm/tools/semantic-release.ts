import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const semanticRelease: NpmTool = {
  id: 'semantic-release',
  packages: ['semantic-release'],
  configuration: ['.releaserc', '.releaserc.{json,yaml,yml,js,cjs,mjs}', 'release.config.{js,cjs,mjs,ts}'],
  manifestKey: 'release',
  read(settings, found) {
    found.uses(
      pluginNames([...valuesAt(settings, 'plugins'), ...valuesAt(settings, 'extends')]),
      'semantic-release plug-in',
    );
  },
};
