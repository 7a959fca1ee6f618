import type { NpmTool } from '../tool.ts';

export const reactScripts: NpmTool = {
  id: 'react-scripts',
  packages: ['react-scripts', 'react-app-rewired', '@craco/craco'],
  configuration: ['{craco.config,config-overrides}.{js,ts}'],
  conventions: [
    {
      globs: [
        'src/{index,setupTests,setupProxy,reportWebVitals,react-app-env.d,service-worker,serviceWorkerRegistration}.{js,jsx,ts,tsx}',
      ],
      use: 'program',
    },
  ],
};
