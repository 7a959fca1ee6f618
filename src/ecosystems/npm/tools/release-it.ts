import { entriesOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const releaseIt: NpmTool = {
  id: 'release-it',
  packages: ['release-it'],
  configuration: ['.release-it.{json,js,cjs,ts,yml,yaml,toml}'],
  manifestKey: 'release-it',
  read(settings, found) {
    found.uses(
      entriesOf(valuesAt(settings, 'plugins')).map(([name]) => name),
      'release-it plug-in',
    );
  },
};
