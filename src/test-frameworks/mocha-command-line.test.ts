import { expect, it } from 'vitest';
import { mochaCommandLine } from './mocha-command-line.ts';

it.each([
  ['mocha', [], {}],
  ['mocha test.js', ['test.js'], {}],
  ['nyc --reporter=text mocha -t 5000 -s 100 --reporter spec test', ['test'], { timeout: 5000 }],
  [
    'NODE_ENV=test ./node_modules/.bin/_mocha --recursive "spec/**/*.js" && eslint .',
    ['spec/**/*.js'],
    { recursive: true },
  ],
  ["cross-env A=1 mocha -r ./test/setup -u tdd 'a b.js' --exit", ['a b.js'], { ui: 'tdd', require: ['./test/setup'] }],
  [
    'mocha --timeout=2s --require chai/register-expect -b --spec x',
    ['x'],
    { timeout: 2000, require: ['chai/register-expect'] },
  ],
  ['mocha --no-timeouts', [], {}],
])('%s', (command, files, settings) => {
  expect(mochaCommandLine(command)).toEqual({ files, settings });
});

it('is not what other programs are given', () => {
  expect(mochaCommandLine('jest test')).toBeUndefined();
  expect(mochaCommandLine('eslint mocha-things')).toBeUndefined();
});
