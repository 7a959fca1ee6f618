import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { defineOperation } from '#operations/operation.ts';
import { checkedInput, parseCommand, splitCommand } from './parse-command-line.ts';

const operation = defineOperation({
  name: 'probe',
  group: 'run',
  summary: 'Probe.',
  effect: 'read',
  input: z.object({
    subject: z.string().describe('What.'),
    paths: z.array(z.string()).default([]).describe('Where.'),
    maxDepth: z.int().min(1).default(3).describe('How deep.'),
    format: z.enum(['text', 'dot', 'mermaid']).default('text').describe('As what.'),
    tests: z.boolean().default(true).describe('Tests, too.'),
    kind: z
      .array(z.enum(['calls', 'imports']))
      .optional()
      .describe('Which.'),
    html: z.string().optional().describe('A page.'),
  }),
  positional: ['subject', 'paths'],
  examples: [],
  run: (input) => Promise.resolve(input),
  render: (output) => JSON.stringify(output),
});

const run = (...words: string[]): Readonly<Record<string, unknown>> =>
  checkedInput(parseCommand(words, operation).input, operation);
const failure = (...words: string[]): TrowelError => {
  try {
    run(...words);
  } catch (error) {
    if (error instanceof TrowelError) return error;
    throw error;
  }
  throw new Error('expected an error');
};

describe('parseCommand', () => {
  it('fills in defaults', () => {
    expect(run('x')).toEqual({ subject: 'x', paths: [], maxDepth: 3, format: 'text', tests: true });
  });

  it('takes every kind of flag in any place', () => {
    expect(
      run(
        '--max-depth',
        '5',
        'x',
        '--no-tests',
        'a',
        '--kind=calls',
        '--kind',
        'imports',
        'b',
        '--format=dot',
        '--html',
        '-',
      ),
    ).toEqual({
      subject: 'x',
      paths: ['a', 'b'],
      maxDepth: 5,
      format: 'dot',
      tests: false,
      kind: ['calls', 'imports'],
      html: '-',
    });
  });

  it('takes words behind -- as they are', () => {
    expect(run('--', '--format', '-x')).toMatchObject({ subject: '--format', paths: ['-x'] });
  });

  it('keeps global flags apart from the input', () => {
    const { globals, input } = parseCommand(
      ['x', '--json', '--no-color', '--config', 'a=1', '--data-folder=/d', '-h'],
      operation,
    );
    expect(globals).toEqual({
      help: true,
      version: false,
      json: true,
      color: false,
      quiet: false,
      verbose: false,
      config: ['a=1', 'dataFolder=/d'],
    });
    expect(input).toEqual({ subject: 'x' });
  });

  it.each([
    [['x', '--formt', 'dot'], 'Unknown flag --formt.', 'Did you mean --format?'],
    [['x', '-z'], 'Unknown flag -z.', '`trowel probe --help` lists the flags.'],
    [['x', '-f', 'dot'], 'Unknown flag -f.', undefined],
    [['x', '--no-format'], 'Unknown flag --no-format.', 'Did you mean --format?'],
    [['x', '--format', 'doot'], '--format cannot be "doot".', 'Did you mean dot? One of: text, dot, mermaid.'],
    [['x', '--max-depth', 'deep'], '--max-depth needs a number, not "deep".', undefined],
    [['x', '--max-depth='], '--max-depth needs a number, not "".', undefined],
    [['x', '--html', '--json'], '--html needs a value.', 'For a value that starts with a dash: --html=…'],
    [['x', '--html'], '--html needs a value.', undefined],
    [['x', '--tests=maybe'], '--tests takes no value.', 'Write --tests, or --no-tests.'],
    [['x', '--max-depth', '0'], '--max-depth: Too small: expected number to be >=1.', undefined],
    [[], '<subject> is missing.', 'Usage: trowel probe <subject> [paths...] [flags]'],
  ])('%j → %s', (words, message, hint) => {
    const error = failure(...words);
    expect(error.code).toBe('usage');
    expect(error.message).toBe(message);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  it('refuses words that nothing takes', () => {
    expect(() => parseCommand(['extra'], undefined)).toThrow('Too many words: "extra".');
  });
});

describe('splitCommand', () => {
  it.each([
    [['show', 'x', '--json'], 'show', ['x', '--json']],
    [['--json', 'show', 'x'], 'show', ['--json', 'x']],
    [['--config', 'a=b', '--no-color', 'show'], 'show', ['--config', 'a=b', '--no-color']],
    [['--config=a=b', 'show'], 'show', ['--config=a=b']],
    [['--html', 'x.html'], undefined, ['--html', 'x.html']],
    [['-h', 'show'], 'show', ['-h']],
    [[], undefined, []],
    [['--', 'show'], undefined, ['--', 'show']],
  ])('%j', (words, name, rest) => {
    expect(splitCommand(words)).toEqual({ name, rest });
  });
});
