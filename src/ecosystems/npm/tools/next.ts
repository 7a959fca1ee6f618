import { pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const next: NpmTool = {
  id: 'next',
  packages: ['next'],
  configuration: ['next.config.{js,mjs,cjs,ts}'],
  conventions: [
    {
      globs: ['{,src/}pages/**/*.{js,jsx,ts,tsx,mdx}'],
      use: 'tool',
      exports: [
        'default',
        'config',
        'getStaticProps',
        'getStaticPaths',
        'getServerSideProps',
        'reportWebVitals',
        'getInitialProps',
      ],
    },
    {
      globs: [
        '{,src/}app/**/{page,layout,template,error,loading,not-found,global-error,default,forbidden,unauthorized}.{js,jsx,ts,tsx}',
        '{,src/}app/**/{icon,apple-icon,opengraph-image,twitter-image,sitemap,robots,manifest}.{js,jsx,ts,tsx}',
        '{,src/}app/{sitemap,robots,manifest,favicon}.{js,ts}',
      ],
      use: 'tool',
      exports: [
        'default',
        'metadata',
        'viewport',
        'generateMetadata',
        'generateViewport',
        'generateStaticParams',
        'generateImageMetadata',
        'generateSitemaps',
        'dynamic',
        'dynamicParams',
        'revalidate',
        'fetchCache',
        'runtime',
        'preferredRegion',
        'maxDuration',
        'experimental_ppr',
        'alt',
        'size',
        'contentType',
        'unstable_settings',
      ],
    },
    {
      globs: ['{,src/}app/**/route.{js,ts}'],
      use: 'tool',
      exports: [
        'GET',
        'HEAD',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'dynamic',
        'dynamicParams',
        'revalidate',
        'fetchCache',
        'runtime',
        'preferredRegion',
        'maxDuration',
        'generateStaticParams',
      ],
    },
    {
      globs: ['{,src/}{middleware,proxy,instrumentation,instrumentation-client,mdx-components}.{js,ts,jsx,tsx}'],
      use: 'tool',
    },
    { globs: ['next-env.d.ts'], use: 'tool' },
  ],
  read(settings, found) {
    found.uses(pluginNames(valuesAt(settings, 'plugins')), 'next plug-in');
    found.uses(stringsAt(settings, 'transpilePackages'), 'next setting');
  },
};
