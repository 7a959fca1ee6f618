import type { NpmTool } from '../tool.ts';

export const ember: NpmTool = {
  id: 'ember',
  packages: ['ember-cli', 'ember-source'],
  configuration: ['ember-cli-build.js', 'config/*.js', '.template-lintrc.js', 'testem.js'],
  conventions: [{ globs: ['{app,addon,tests}/**/*.{js,ts,hbs,gjs,gts}'], use: 'tool' }],
};
