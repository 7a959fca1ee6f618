import { entriesOf, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

/** What people told knip holds for others as well: where use begins, and what to leave alone. */
export const knip: NpmTool = {
  id: 'knip',
  packages: [],
  configuration: ['knip.{json,jsonc,ts,js}', '.knip.{json,jsonc}', 'knip.config.{ts,js}'],
  manifestKey: 'knip',
  read(settings, found) {
    found.uses(['knip'], 'knip in use');
    const parts: [string, typeof settings][] = [
      ['', settings],
      ...entriesOf(valuesAt(settings, 'workspaces')).filter(([folder]) => folder !== '.'),
      ...entriesOf(valuesAt(settings, 'workspaces')).flatMap(([folder, value]): [string, typeof settings][] =>
        folder === '.' ? [['', value]] : [],
      ),
    ];
    for (const [folder, part] of parts) {
      const inside = (glob: string): string => (folder === '' ? '' : `${folder}/`) + glob.replace(/!$/, '');
      const globs = (key: string): string[] =>
        stringsAt(part, key)
          .filter((glob) => !glob.startsWith('!'))
          .map(inside);
      found.entry(globs('entry'), 'program', 'knip entry');
      found.entry([...globs('ignore'), ...globs('ignoreFiles')], 'tool', 'left out by knip settings');
      found.uses(
        stringsAt(part, 'ignoreDependencies').filter((name) => !/[*/]\*|[\\^$]/.test(name)),
        'left out by knip settings',
      );
    }
  },
};
