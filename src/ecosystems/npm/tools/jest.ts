import { alternatives, entriesOf, itemsOf, pluginNames, stringsAt, stringsOf, valuesAt } from '../../static-value.ts';
import type { NpmTool } from '../tool.ts';

export const jest: NpmTool = {
  id: 'jest',
  packages: ['jest', 'react-scripts', '@jest/core', 'ts-jest', 'jest-cli'],
  configuration: ['jest.config.{js,ts,mjs,cjs,json}', 'jest.*.config.{js,ts,mjs,cjs,json}', '.jestrc.json'],
  manifestKey: 'jest',
  framework: 'jest',
  conventions: [
    { globs: ['**/__tests__/**/*.[jt]s?(x)', '**/?(*.)+(spec|test).?(c|m)[jt]s?(x)'], use: 'test' },
    { globs: ['**/__mocks__/**/*.[jt]s?(x)'], use: 'test' },
    {
      globs: ['src/setupTests.{js,jsx,ts,tsx,mjs,cjs,mts,cts}', 'jest.setup.{js,jsx,ts,tsx,mjs,cjs,mts,cts}'],
      use: 'tool',
    },
  ],
  read(settings, found) {
    const all = [settings, ...itemsOf(valuesAt(settings, 'projects'))];
    for (const one of all) {
      found.tests({
        include: stringsAt(one, 'testMatch').map((glob) => glob.replace('<rootDir>/', '')),
        setup: [
          'setupFiles',
          'setupFilesAfterEnv',
          'globalSetup',
          'globalTeardown',
          'setupTestFrameworkScriptFile',
        ].flatMap((key) => stringsAt(one, key)),
      });
      const preset = stringsAt(one, 'preset')[0];
      if (preset !== undefined)
        found.uses(
          [preset.startsWith('.') ? preset : preset.replace(/\/jest-preset$|\/presets\/.*$/, '')],
          'jest preset',
        );
      for (const environment of stringsAt(one, 'testEnvironment'))
        found.uses(
          [/^(?:node|jsdom)$/.test(environment) ? `jest-environment-${environment}` : environment],
          'jest environment',
        );
      found.uses(
        [
          'runner',
          'testRunner',
          'resolver',
          'snapshotSerializers',
          'testSequencer',
          'prettierPath',
          'testResultsProcessor',
          'dependencyExtractor',
          'coverageProvider',
        ].flatMap((key) => stringsAt(one, key)),
        'jest setting',
      );
      found.uses(
        pluginNames([...valuesAt(one, 'reporters'), ...valuesAt(one, 'watchPlugins')]).filter(
          (name) => name !== 'default' && name !== 'summary',
        ),
        'jest reporter',
      );
      for (const [, transform] of entriesOf(valuesAt(one, 'transform')))
        found.uses(
          pluginNames(transform.kind === 'list' ? [{ kind: 'list', items: [transform] }] : [transform]),
          'jest transform',
        );
      for (const [pattern, target] of entriesOf(valuesAt(one, 'moduleNameMapper')))
        for (const path of stringsOf(alternatives(target))) {
          const prefix = /^\^([\w@#~/-]+)\/?\(\.\*\)\$?$/.exec(pattern.replaceAll('\\/', '/'))?.[1];
          if (prefix !== undefined && path.includes('<rootDir>'))
            found.alias(`${prefix.replace(/\/$/, '')}/*`, [path.replace('<rootDir>', '.').replace(/\$1.*$/, '*')]);
          else if (!path.includes('$')) found.uses([path], 'jest mapper');
        }
    }
  },
};
