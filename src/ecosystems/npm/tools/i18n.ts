import type { NpmTool } from '../tool.ts';

export const i18n: NpmTool = {
  id: 'i18n',
  packages: [
    'i18next',
    'i18next-parser',
    '@lingui/cli',
    '@lingui/core',
    'next-intl',
    'typesafe-i18n',
    '@formatjs/cli',
    'next-i18next',
  ],
  configuration: ['{i18next-parser,i18next,lingui,next-i18next,inlang}.config.{js,ts,mjs,cjs}'],
  conventions: [{ globs: ['{,src/}i18n/request.{ts,js}', '{,src/}i18n.{ts,js}'], use: 'tool' }],
};
