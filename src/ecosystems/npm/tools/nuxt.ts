import { pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const nuxt: NpmTool = {
  id: 'nuxt',
  packages: ['nuxt', 'nuxt3', 'nuxi', 'nuxt-edge'],
  configuration: ['nuxt.config.{js,ts,mjs,cjs,mts,cts}'],
  conventions: [
    {
      globs: [
        '{,app/,src/}{pages,layouts,middleware,plugins,components,composables,utils,server,modules,layers,store,stores,shared}/**/*.{vue,js,jsx,ts,tsx,mjs}',
        '{,app/,src/}{app,error}.vue',
        '{,app/,src/}app.config.{js,ts}',
        '{,app/,src/}router.options.ts',
      ],
      use: 'tool',
    },
  ],
  read(settings, found) {
    found.uses(
      pluginNames([
        ...valuesAt(settings, 'modules'),
        ...valuesAt(settings, 'buildModules'),
        ...valuesAt(settings, 'extends'),
      ]),
      'nuxt module',
    );
    found.entry(stringsAt(settings, 'plugins'), 'tool');
    found.uses(
      stringsAt(settings, 'css').filter((name) => !/^[~@]\//.test(name)),
      'nuxt style',
    );
  },
};
