import { pluginNames, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const reactNative: NpmTool = {
  id: 'react-native',
  packages: ['react-native', 'expo', 'expo-router'],
  configuration: ['{metro,react-native,app}.config.{js,ts,cjs}', 'app.json'],
  conventions: [
    {
      globs: ['{index,App,app}{,.ios,.android,.web,.native}.{js,jsx,ts,tsx}', '{,src/}app/**/*.{js,jsx,ts,tsx}'],
      use: 'program',
    },
    { globs: ['**/*.{ios,android,web,native,macos,windows}.{js,jsx,ts,tsx}'], use: 'tool' },
  ],
  read(settings, found) {
    found.uses(
      pluginNames([...valuesAt(settings, 'expo', 'plugins'), ...valuesAt(settings, 'plugins')]),
      'expo plug-in',
    );
  },
};
