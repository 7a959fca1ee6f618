import { itemsOf, pluginNames, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const playwright: NpmTool = {
  id: 'playwright',
  packages: ['@playwright/test', 'playwright'],
  configuration: [
    'playwright.config.{js,ts,mjs,cjs,mts,cts}',
    'playwright.*.config.{js,ts,mjs,cjs,mts,cts}',
    'playwright-ct.config.{js,ts,mjs,cjs,mts,cts}',
  ],
  framework: 'playwright',
  conventions: [
    {
      globs: [
        '{tests,test,e2e,playwright}/**/*.?(c|m)[jt]s?(x)',
        '**/*.{e2e,pw}.?(c|m)[jt]s?(x)',
        'playwright/index.{js,ts,tsx,jsx}',
      ],
      use: 'test',
    },
  ],
  read(settings, found) {
    const folders = [settings, ...itemsOf(valuesAt(settings, 'projects'))].flatMap((one) => stringsAt(one, 'testDir'));
    found.tests({
      include: folders.map((folder) => `${folder.replace(/^\.\//, '')}/**/*.?(c|m)[jt]s?(x)`),
      setup: [...stringsAt(settings, 'globalSetup'), ...stringsAt(settings, 'globalTeardown')],
    });
    found.uses(
      pluginNames(valuesAt(settings, 'reporter')).filter((name) => /[-/.]/.test(name)),
      'playwright reporter',
    );
  },
};
