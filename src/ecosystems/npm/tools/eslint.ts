import { entriesOf, itemsOf, stringsAt, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const eslint: NpmTool = {
  id: 'eslint',
  packages: ['eslint', /^eslint-/, /^@eslint\//],
  configuration: [
    'eslint.config.{js,cjs,mjs,ts,mts,cts}',
    '.eslintrc',
    '.eslintrc.{js,json,cjs,yml,yaml,mjs}',
    '**/.eslintrc{,.js,.json,.cjs,.yml,.yaml}',
  ],
  manifestKey: 'eslintConfig',
  read(settings, found) {
    const spelled = (kind: 'plugin' | 'config', name: string): string => {
      if (/^[./]/.test(name)) return name;
      const scoped = /^(@[^/]+)(?:\/(.+))?$/.exec(name);
      if (scoped)
        return scoped[2] === undefined
          ? `${scoped[1]}/eslint-${kind}`
          : scoped[2].startsWith(`eslint-${kind}`) || scoped[2].includes('eslint')
            ? name
            : `${scoped[1]}/eslint-${kind}-${scoped[2]}`;
      return name.startsWith(`eslint-${kind}`) ? name : `eslint-${kind}-${name}`;
    };
    const extended = (name: string): string[] => {
      if (name.startsWith('eslint:')) return [];
      // `plugin:@scope/configuration` is of the scope's own plug-in, `plugin:@scope/name/configuration` of a named one.
      const plugin = /^plugin:(@[^/]+\/[^/]+(?=\/)|[^/]+)/.exec(name)?.[1];
      if (plugin !== undefined) return [spelled('plugin', plugin)];
      return [name.startsWith('@') && name.split('/').length > 2 ? name : spelled('config', name)];
    };
    for (const part of [settings, ...itemsOf(valuesAt(settings, 'overrides')), ...itemsOf(valuesAt(settings))]) {
      found.uses(stringsAt(part, 'extends').flatMap(extended), 'extended by eslint settings');
      found.uses(
        stringsAt(part, 'plugins').map((name) => spelled('plugin', name)),
        'eslint plug-in',
      );
      found.uses(
        [...stringsAt(part, 'parser'), ...stringsAt(part, 'parserOptions', 'parser')].filter(
          (name) => name !== 'espree',
        ),
        'eslint parser',
      );
      found.uses(stringsAt(part, 'parserOptions', 'babelOptions', 'presets'), 'babel preset of eslint');
      for (const [name, value] of entriesOf(valuesAt(part, 'settings')))
        if (name === 'import/resolver')
          found.uses(
            [...entriesOf([value]).map(([resolver]) => resolver), ...stringsOf([value])]
              .filter((resolver) => resolver !== 'node')
              .map((resolver) => (/^[./@]/.test(resolver) ? resolver : `eslint-import-resolver-${resolver}`)),
            'eslint resolver',
          );
    }
  },
};
