import {
  alternatives,
  entriesOf,
  itemsOf,
  pluginNames,
  stringsOf,
  stringsWithin,
  valuesAt,
} from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const webpack: NpmTool = {
  id: 'webpack',
  packages: ['webpack', 'webpack-cli', '@rspack/core', '@rspack/cli'],
  configuration: [
    '{webpack,rspack}.config{,.*}.{js,ts,mjs,cjs,mts,cts}',
    'webpack.*.{js,ts,cjs,mjs}',
    '{config,build,webpack,scripts}/webpack*.{js,ts,cjs,mjs}',
    'webpackfile.js',
  ],
  read(settings, found) {
    for (const one of itemsOf(valuesAt(settings))) {
      for (const value of stringsWithin(valuesAt(one, 'entry')))
        if (/^\.|\.[cm]?[jt]sx?$/.test(value)) found.entry([value], 'program', 'webpack entry');
        else found.uses([value], 'webpack entry');
      for (const rule of itemsOf(valuesAt(one, 'module', 'rules'))) {
        for (const inner of [rule, ...itemsOf(valuesAt(rule, 'oneOf')), ...itemsOf(valuesAt(rule, 'rules'))])
          found.uses(
            pluginNames([...valuesAt(inner, 'use'), ...valuesAt(inner, 'loader'), ...valuesAt(inner, 'loaders')]).map(
              (name) => name.replace(/\?.*$/, ''),
            ),
            'webpack loader',
          );
      }
      for (const [name, target] of entriesOf(valuesAt(one, 'resolve', 'alias')))
        for (const path of stringsOf(alternatives(target)))
          found.alias(name.endsWith('$') ? name.slice(0, -1) : `${name}/*`, [name.endsWith('$') ? path : `${path}/*`]);
    }
    found.uses(['webpack-cli'], 'webpack command line');
  },
};
