import { entriesOf, itemsOf, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const angular: NpmTool = {
  id: 'angular',
  packages: [/^@angular\//],
  configuration: ['angular.json', 'workspace.json', 'project.json'],
  conventions: [
    {
      globs: ['src/{main,polyfills,test,main.server}.ts', 'src/environments/*.ts', 'src/server.ts', 'server.ts'],
      use: 'program',
    },
  ],
  read(settings, found) {
    for (const [, project] of entriesOf(valuesAt(settings, 'projects')))
      for (const [, target] of [
        ...entriesOf(valuesAt(project, 'architect')),
        ...entriesOf(valuesAt(project, 'targets')),
      ]) {
        found.uses(
          stringsAt(target, 'builder').map((name) => name.replace(/:.*/, '')),
          'angular builder',
        );
        for (const options of [
          ...valuesAt(target, 'options'),
          ...entriesOf(valuesAt(target, 'configurations')).map(([, value]) => value),
        ]) {
          found.entry(
            ['main', 'browser', 'server', 'polyfills', 'test', 'karmaConfig', 'entryFile']
              .flatMap((key) => stringsAt(options, key))
              .filter((path) => path.includes('/')),
            'program',
          );
          found.entry(stringsAt(options, 'ssr', 'entry'), 'program');
          found.uses(
            stringsAt(options, 'polyfills').filter((path) => !/\.[jt]s$/.test(path)),
            'angular polyfill',
          );
          found.entry(
            itemsOf(valuesAt(options, 'fileReplacements')).flatMap((each) => stringsAt(each, 'with')),
            'tool',
          );
        }
      }
    found.uses([...stringsAt(settings, 'cli', 'schematicCollections')], 'angular schematics');
  },
};
