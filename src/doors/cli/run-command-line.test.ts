import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemClock } from '#base/clock.ts';
import { throwIfAborted } from '#base/abort.ts';
import type { Operation } from '#operations/operation.ts';
import { defineOperation } from '#operations/operation.ts';
import { resolveConfig } from '#config/resolve.ts';
import { runCommandLine } from './run-command-line.ts';

const echo = defineOperation({
  name: 'echo',
  group: 'run',
  summary: 'Say a word again',
  effect: 'read',
  input: z.object({
    word: z.string().describe('The word.'),
    times: z.int().min(1).default(1).describe('How often.'),
    fail: z.enum(['no', 'bug', 'late', 'findings']).default('no').describe('How to end.'),
  }),
  positional: ['word'],
  examples: [{ command: 'trowel echo hello', explains: 'Says hello.' }],
  run: async ({ word, times, fail }, { emit, signal }) => {
    emit({ type: 'warning', message: 'odd\u001b[2J', path: 'a.py' });
    emit({ type: 'warning', message: 'odd\u001b[2J', path: 'a.py' });
    emit({ type: 'note', message: 'noted' });
    emit({ type: 'stage-done', stage: 'scan', milliseconds: 3 });
    if (fail === 'bug') throw new RangeError('off by one');
    throwIfAborted(signal);
    if (fail === 'late') {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('torn down')));
      });
    }
    return { words: Array.from({ length: times }, () => word), fail };
  },
  render: ({ words }, { width }) => `${words.join(' ')} ${width}`,
  exitCode: ({ fail }) => (fail === 'findings' ? 1 : 0),
});
const survey = defineOperation({
  ...echo,
  name: 'survey',
  input: z.object({ word: z.string().default('here') }),
  run: ({ word }) => Promise.resolve({ words: [word], fail: 'no' as const }),
});

async function run(
  words: string[],
  more: {
    environment?: Record<string, string>;
    terminal?: boolean;
    signal?: AbortSignal;
    operations?: Operation[];
  } = {},
): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const stream = (
    take: (text: string) => void,
  ): { isTTY: boolean; columns: number; write(text: string, done?: () => void): boolean } => ({
    isTTY: more.terminal ?? false,
    columns: 72,
    write(text, done) {
      take(text);
      done?.();
      return true;
    },
  });
  const operations = more.operations ?? [echo as unknown as Operation, survey as unknown as Operation];
  const code = await runCommandLine({
    words,
    stdout: stream((text) => (out += text)),
    stderr: stream((text) => (err += text)),
    environment: more.environment ?? {},
    version: '1.2.3',
    catalogue: {
      names: operations.map(({ name }) => name),
      load: (name) => Promise.resolve(operations.find((operation) => operation.name === name)),
    },
    signal: more.signal ?? new AbortController().signal,
    services: (flags) => {
      const place = { userFile: '/nowhere/config.json', environment: {}, workingFolder: '/', home: '/' };
      const config = resolveConfig({ ...place, flags });
      return {
        clock: systemClock,
        version: '1.2.3',
        environment: {},
        workingFolder: '/',
        operations: { names: [], load: () => Promise.resolve(undefined) },
        folders: { data: '/d', cache: '/c', configuration: '/e' },
        configFor: () => config,
      };
    },
  });
  return { code, out, err };
}

describe('runCommandLine', () => {
  it('prints text for people and one JSON document for programs', async () => {
    expect(await run(['echo', 'a', '--times', '2'])).toMatchObject({ code: 0, out: 'a a 72\n' });
    const { out, code } = await run(['--json', 'echo', 'a']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ words: ['a'], fail: 'no' });
    expect(out.trimEnd()).not.toContain('\n');
  });

  it('prints an error once as text, and with --json as the one document', async () => {
    const { code, out, err } = await run(['echo', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: { code: 'usage', message: '<word> is missing.', hint: 'Usage: trowel echo <word> [flags]' },
    });
    expect(err).toContain('<word> is missing.');
    expect((await run(['echo'])).out).toBe('');
    expect(JSON.parse((await run(['ecco', '--json'])).out)).toMatchObject({
      error: { code: 'usage', hint: 'Did you mean `trowel echo`?' },
    });
  });

  it('keeps exit codes apart: findings 1, usage 2, bug 70, interrupted 130', async () => {
    expect((await run(['echo', 'a', '--fail', 'findings'])).code).toBe(1);
    expect((await run(['echo', 'a', '--nope'])).code).toBe(2);
    expect((await run(['echo', 'a', '--config', 'nope=1'])).code).toBe(2);
    const bug = await run(['echo', 'a', '--fail', 'bug', '--json']);
    expect(bug.code).toBe(70);
    expect(bug.err).toContain('This is a bug in Trowel: off by one');
    expect(bug.err).not.toContain('    at ');
    expect(JSON.parse(bug.out)).toEqual({ error: { code: 'bug', message: 'off by one' } });
    expect((await run(['echo', 'a', '--fail', 'bug', '--verbose'])).err).toContain('    at ');
    const controller = new AbortController();
    const late = run(['echo', 'a', '--fail', 'late'], { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    expect(await late).toMatchObject({ code: 130, out: '' });
  });

  it('shows a warning once, made safe, and nothing when quiet', async () => {
    const { err } = await run(['echo', 'a']);
    expect(err.match(/a\.py: odd/g)).toHaveLength(1);
    expect(err).not.toContain('\u001b');
    expect(err).toContain('noted');
    expect((await run(['echo', 'a', '--quiet'])).err).toBe('');
    expect((await run(['echo', 'a', '--verbose'])).err).toContain('walking the tree: 3 ms');
  });

  it('obeys --color, NO_COLOR and FORCE_COLOR', async () => {
    const isColored = async (
      words: string[],
      environment: Record<string, string>,
      terminal: boolean,
    ): Promise<boolean> => /\u001b\[/.test((await run(['echo', '--help', ...words], { environment, terminal })).out);
    expect(await isColored([], {}, true)).toBe(true);
    expect(await isColored([], {}, false)).toBe(false);
    expect(await isColored([], { NO_COLOR: '1' }, true)).toBe(false);
    expect(await isColored([], { TERM: 'dumb' }, true)).toBe(false);
    expect(await isColored([], { FORCE_COLOR: '1' }, false)).toBe(true);
    expect(await isColored(['--no-color'], { FORCE_COLOR: '1' }, true)).toBe(false);
    expect(await isColored(['--color'], { NO_COLOR: '1' }, false)).toBe(true);
  });

  it('helps: usage, subject, flags with defaults, examples', async () => {
    const { out, code } = await run(['echo', '-h']);
    expect(code).toBe(0);
    for (const part of [
      'Say a word again.',
      'trowel echo <word> [flags]',
      '--times <n>',
      'default 1',
      '--fail <no|bug|late|findings>',
      'trowel echo hello',
      '--data-folder',
    ]) {
      expect(out).toContain(part);
    }
    expect((await run(['help', 'echo'])).out).toBe(out);
    expect((await run(['--help'])).out).toContain('echo');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
  });

  it('surveys where no operation is named, or only a path', async () => {
    expect((await run([])).out).toBe('here 72\n');
    expect((await run(['./some'])).out).toBe('./some 72\n');
    expect((await run(['https://example.org/x.git', '--json'])).out).toContain('example.org');
    expect((await run([], { operations: [] })).out).toContain('Usage');
  });

  it('tells its version', async () => {
    expect((await run(['--version'])).out).toBe('1.2.3\n');
    expect(JSON.parse((await run(['-V', '--json'])).out)).toEqual({ version: '1.2.3' });
  });
});
