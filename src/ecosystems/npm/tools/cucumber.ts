import { entriesOf, stringsAt, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const cucumber: NpmTool = {
  id: 'cucumber',
  packages: ['@cucumber/cucumber'],
  configuration: ['cucumber.{js,cjs,mjs,json,yml,yaml}'],
  conventions: [{ globs: ['features/**/*.{js,ts,mjs,cjs}'], use: 'test' }],
  read(settings, found) {
    for (const [, profile] of [...entriesOf(valuesAt(settings)), ['', settings] as const]) {
      found.entry([...stringsAt(profile, 'import'), ...stringsAt(profile, 'require')], 'test');
      found.uses(stringsAt(profile, 'requireModule'), 'cucumber setting');
    }
  },
};
