import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const astro: NpmTool = {
  id: 'astro',
  packages: ['astro'],
  configuration: ['astro.config.{js,ts,mjs,cjs,mts,cts}'],
  conventions: [
    {
      globs: [
        'src/pages/**/*.{astro,mdx,md,js,ts,jsx,tsx}',
        'src/content/config.{ts,js,mjs}',
        'src/content.config.{ts,js,mjs}',
        'src/middleware.{js,ts}',
        'src/middleware/index.{js,ts}',
        'src/actions/index.{js,ts}',
        'src/env.d.ts',
        'src/live.config.ts',
      ],
      use: 'tool',
    },
  ],
  read(settings, found) {
    found.uses(pluginNames(valuesAt(settings, 'integrations')), 'astro integration');
    found.uses(
      pluginNames([
        ...valuesAt(settings, 'markdown', 'remarkPlugins'),
        ...valuesAt(settings, 'markdown', 'rehypePlugins'),
      ]),
      'markdown plug-in',
    );
  },
};
