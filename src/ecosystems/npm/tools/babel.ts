import { entriesOf, itemsOf, pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const babel: NpmTool = {
  id: 'babel',
  packages: ['@babel/core', /^@babel\//, 'babel-core', /^babel-/],
  configuration: ['babel.config.{json,js,cjs,mjs,cts,ts}', '.babelrc', '.babelrc.{json,js,cjs,mjs}'],
  manifestKey: 'babel',
  read(settings, found) {
    const spelled = (kind: 'plugin' | 'preset', name: string): string => {
      if (/^[./]/.test(name)) return name;
      if (name.startsWith('module:')) return name.slice(7);
      const [scope, rest] = name.startsWith('@')
        ? [`${name.split('/')[0]!}/`, name.split('/').slice(1).join('/')]
        : ['', name];
      if (scope === '@babel/') return rest.startsWith(`${kind}-`) ? name : `@babel/${kind}-${rest}`;
      if (scope !== '')
        return rest === ''
          ? `${scope}babel-${kind}`
          : rest.startsWith(`babel-${kind}`) || rest.includes('/') || rest.includes('babel')
            ? name
            : `${scope}babel-${kind}-${rest}`;
      return name.startsWith(`babel-${kind}`) || name.includes('/') || name.includes('babel-')
        ? name
        : `babel-${kind}-${name}`;
    };
    const parts = [
      settings,
      ...entriesOf(valuesAt(settings, 'env')).map(([, part]) => part),
      ...itemsOf(valuesAt(settings, 'overrides')),
    ];
    for (const part of parts) {
      for (const kind of ['plugin', 'preset'] as const) {
        const values = itemsOf(valuesAt(part, `${kind}s`));
        for (const value of values) {
          const isModule = value.kind === 'module' || (value.kind === 'list' && value.items[0]?.kind === 'module');
          found.uses(
            pluginNames([{ kind: 'list', items: [value] }]).map((name) => (isModule ? name : spelled(kind, name))),
            `babel ${kind}`,
          );
        }
      }
      found.uses(stringsAt(part, 'extends'), 'extended by babel settings');
    }
  },
};
