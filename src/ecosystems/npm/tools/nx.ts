import { entriesOf, pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const nx: NpmTool = {
  id: 'nx',
  packages: ['nx', /^@nx\//, /^@nrwl\//],
  configuration: ['nx.json', 'project.json'],
  read(settings, found) {
    for (const [, target] of [
      ...entriesOf(valuesAt(settings, 'targets')),
      ...entriesOf(valuesAt(settings, 'targetDefaults')),
    ]) {
      found.uses(
        stringsAt(target, 'executor').map((name) => name.replace(/:.*/, '')),
        'nx executor',
      );
      found.entry(stringsAt(target, 'options', 'main'), 'program');
    }
    found.uses(
      pluginNames(valuesAt(settings, 'plugins')).map((name) => name.replace(/\/plugin$/, '')),
      'nx plug-in',
    );
  },
};
