import { itemsOf, pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const linters: NpmTool = {
  id: 'linters',
  packages: [
    '@biomejs/biome',
    'oxlint',
    'xo',
    'standard',
    'tslint',
    'cspell',
    'markdownlint-cli',
    'markdownlint-cli2',
    'remark-cli',
    'htmlhint',
    'publint',
    'ls-lint',
    'secretlint',
  ],
  configuration: [
    '{biome,tslint,cspell,.oxlintrc,oxlintrc,.cspell}.{json,jsonc}',
    '{cspell,oxlint}.config.{ts,js,mjs,cjs}',
    '.remarkrc{,.js,.cjs,.mjs,.json,.yml}',
    '.markdownlint{,-cli2}.{json,jsonc,yaml,cjs,mjs}',
    '.secretlintrc{,.json,.js}',
  ],
  read(settings, found) {
    found.uses(
      stringsAt(settings, 'extends').filter((name) => name !== 'recommended' && !name.startsWith('tslint:')),
      'linter setting',
    );
    found.uses([...stringsAt(settings, 'rulesDirectory'), ...stringsAt(settings, 'import')], 'linter setting');
    found.uses(pluginNames([...valuesAt(settings, 'jsPlugins')]), 'linter plug-in');
    found.uses(
      itemsOf(valuesAt(settings, 'rules'))
        .flatMap((rule) => stringsAt(rule, 'id'))
        .filter((id) => id.startsWith('@secretlint/')),
      'secretlint rule',
    );
    for (const name of found.path.includes('remark') ? pluginNames(valuesAt(settings, 'plugins')) : [])
      found.uses([/^[./@]|^remark-/.test(name) ? name : `remark-${name}`], 'remark plug-in');
  },
};
