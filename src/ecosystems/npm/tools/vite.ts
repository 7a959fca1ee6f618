import { alternatives, entriesOf, itemsOf, stringsAt, stringsOf, stringsWithin, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const vite: NpmTool = {
  id: 'vite',
  packages: ['vite', /^@vitejs\//, 'rolldown-vite'],
  configuration: ['vite.config.{js,ts,mjs,cjs,mts,cts}', 'vite.*.config.{js,ts,mjs,cjs,mts,cts}'],
  read(settings, found) {
    for (const target of stringsWithin([
      ...valuesAt(settings, 'build', 'lib', 'entry'),
      ...valuesAt(settings, 'build', 'rollupOptions', 'input'),
      ...valuesAt(settings, 'build', 'rolldownOptions', 'input'),
    ]))
      if (!target.endsWith('.html')) found.entry([target], 'public', 'vite build entry');
    for (const aliases of valuesAt(settings, 'resolve', 'alias')) {
      for (const [name, target] of entriesOf([aliases]))
        found.alias(
          name.endsWith('/*') ? name : `${name}/*`,
          stringsOf(alternatives(target)).map((each) => `${each}/*`),
        );
      for (const one of itemsOf([aliases]))
        for (const name of stringsAt(one, 'find'))
          found.alias(
            `${name}/*`,
            stringsAt(one, 'replacement').map((each) => `${each}/*`),
          );
    }
    found.uses(
      stringsOf([...valuesAt(settings, 'optimizeDeps', 'include'), ...valuesAt(settings, 'ssr', 'noExternal')]),
      'vite setting',
    );
    const sass = stringsWithin(valuesAt(settings, 'css', 'preprocessorOptions'));
    if (sass.length > 0) found.uses(['sass'], 'vite setting');
    found.entry(['index.html'], 'program');
  },
};
