import { alternatives, entriesOf, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const svelteKit: NpmTool = {
  id: 'svelte-kit',
  packages: ['@sveltejs/kit', 'svelte'],
  configuration: ['svelte.config.{js,mjs,cjs,ts}'],
  conventions: [
    { globs: ['src/routes/**/+{page,layout}{,@*}.svelte', 'src/routes/**/+error.svelte'], use: 'tool' },
    {
      globs: ['src/routes/**/+{page,layout}{,.server}.{js,ts}'],
      use: 'tool',
      exports: ['load', 'actions', 'prerender', 'ssr', 'csr', 'trailingSlash', 'config', 'entries'],
    },
    {
      globs: ['src/routes/**/+server.{js,ts}'],
      use: 'tool',
      exports: [
        'GET',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'HEAD',
        'fallback',
        'prerender',
        'trailingSlash',
        'config',
        'entries',
      ],
    },
    {
      globs: [
        'src/hooks{,.server,.client}.{js,ts}',
        'src/params/**/*.{js,ts}',
        'src/service-worker{,/index}.{js,ts}',
        'src/instrumentation.server.{js,ts}',
        'src/app.d.ts',
      ],
      use: 'tool',
    },
  ],
  read(settings, found) {
    for (const [name, target] of entriesOf(valuesAt(settings, 'kit', 'alias')))
      for (const path of stringsOf(alternatives(target)))
        found.alias(name.endsWith('/*') ? name : `${name}/*`, [path.endsWith('/*') ? path : `${path}/*`]);
    found.alias('$lib/*', ['src/lib/*']);
    found.alias('$lib', ['src/lib/index']);
  },
};
