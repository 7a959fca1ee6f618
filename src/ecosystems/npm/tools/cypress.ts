import { stringsAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const cypress: NpmTool = {
  id: 'cypress',
  packages: ['cypress'],
  configuration: ['cypress.config.{js,ts,mjs,cjs}', 'cypress.json'],
  framework: 'cypress',
  conventions: [{ globs: ['cypress/**/*.{js,jsx,ts,tsx}', '**/*.cy.{js,jsx,ts,tsx}'], use: 'test' }],
  read(settings, found) {
    for (const kind of ['e2e', 'component']) {
      found.entry(stringsAt(settings, kind, 'specPattern'), 'test');
      found.entry(stringsAt(settings, kind, 'supportFile'), 'tool');
    }
  },
};
