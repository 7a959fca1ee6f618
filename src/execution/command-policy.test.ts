import { describe, expect, it } from 'vitest';
import { refusalOf } from './command-policy.ts';

const refused = (line: readonly string[], policy: { allow?: string[]; block?: string[] }): boolean =>
  refusalOf(line, { allow: policy.allow ?? [], block: policy.block ?? [] }) !== undefined;

describe('the policy', () => {
  it('lets all run that is not blocked', () => {
    expect(refused(['npm', 'test'], {})).toBe(false);
    expect(refused(['npm', 'publish'], { block: ['npm publish'] })).toBe(true);
    expect(refused(['npm', 'publish', '--tag', 'x'], { block: ['npm publish'] })).toBe(true);
    expect(refused(['/usr/bin/npm', 'publish'], { block: ['npm publish'] })).toBe(true);
    expect(refused(['npm', 'publisher'], { block: ['npm publish'] })).toBe(false);
    expect(refused(['python3', 'setup.py', 'upload'], { block: ['*upload*'] })).toBe(true);
  });

  it('reads a shell’s line as the commands in it', () => {
    for (const line of [
      'cd x && npm publish',
      'true; npm publish',
      'A=1 npm publish',
      'echo $(npm publish)',
      '(npm publish)',
    ])
      expect(refused(['sh', '-c', line], { block: ['npm publish'] }), line).toBe(true);
    expect(refused(['sh', '-c', 'echo npm'], { block: ['npm publish'] })).toBe(false);
    expect(refused(['sh', '-c', 'npm test && pytest'], { allow: ['npm test', 'pytest'] })).toBe(false);
    expect(refused(['sh', '-c', 'npm test && curl x'], { allow: ['npm test'] })).toBe(true);
  });

  it('lets only what is allowed run where there is a list, and blocks win', () => {
    expect(refused(['pytest', '-x'], { allow: ['pytest'] })).toBe(false);
    expect(refused(['node', 'x.js'], { allow: ['pytest'] })).toBe(true);
    expect(refused(['npm', 'run', 'x'], { allow: ['npm *'], block: ['npm run x'] })).toBe(true);
    // A pattern's signs are signs, not an expression.
    expect(refused(['a+b'], { block: ['a+b'] })).toBe(true);
    expect(refused(['aab'], { block: ['a+b'] })).toBe(false);
  });
});
