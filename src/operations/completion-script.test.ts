import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CompletedCommand } from './completion-script.ts';
import { completionScript } from './completion-script.ts';
import type { Flag } from './flags.ts';

const flag = (name: string, more: Partial<Flag> = {}): Flag => ({
  key: name,
  name,
  type: 'boolean',
  repeated: false,
  required: false,
  choices: undefined,
  default: undefined,
  description: `It's ${name}: really`,
  ...more,
});
const commands: readonly CompletedCommand[] = [
  {
    name: 'show',
    summary: "A symbol's page.",
    flags: [flag('format', { type: 'string', choices: ['text', 'dot'] }), flag('tests', { default: true })],
    choices: [],
  },
  { name: 'survey', summary: 'All.', flags: [flag('html', { type: 'string' })], choices: ['list', 'prune'] },
];
const everywhere = [flag('json'), flag('config', { type: 'string' })];

/** What bash offers for the words, the last of which is being typed. */
function inBash(...words: string[]): string[] {
  const script = `${completionScript('bash', commands, everywhere)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _trowel; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8', cwd: '/' })
    .split('\n')
    .filter((line) => line !== '')
    .toSorted();
}
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;

describe('completionScript', () => {
  it('completes in bash: operations, flags, choices, files', () => {
    expect(inBash('trowel', 's')).toEqual(['show', 'survey']);
    expect(inBash('trowel', 'show', '--')).toEqual(['--config', '--format', '--json', '--no-tests']);
    expect(inBash('trowel', '--json', 'show', '--format', '')).toEqual(['dot', 'text']);
    expect(inBash('trowel', 'survey', 'pr')).toContain('prune');
    expect(inBash('trowel', 'show', 'us')).toEqual(['usr']);
    expect(inBash('trowel', '--j')).toEqual(['--json']);
  });

  it.skipIf(!has('zsh'))('is a program for zsh', () => {
    expect(
      execFileSync('zsh', ['-n'], { input: completionScript('zsh', commands, everywhere), encoding: 'utf8' }),
    ).toBe('');
  });

  it.skipIf(!has('fish'))('completes in fish', () => {
    const offered = (typed: string): string[] => {
      const script = `${completionScript('fish', commands, everywhere)}complete -C ${JSON.stringify(typed)}`;
      const lines = execFileSync('fish', ['--no-config', '-c', script], { encoding: 'utf8', cwd: '/' })
        .trim()
        .split('\n');
      return lines.map((line) => line.split('\t')[0]!).toSorted();
    };
    expect(offered('trowel s')).toEqual(['show', 'survey']);
    expect(offered('trowel show --format ')).toEqual(['dot', 'text']);
    expect(offered('trowel show --no')).toEqual(['--no-tests']);
    expect(offered('trowel survey pru')).toEqual(['prune']);
  });

  it('quotes what help texts hold', () => {
    for (const shell of ['zsh', 'fish'] as const) {
      const script = completionScript(shell, commands, everywhere);
      // The body of a function is read, not run: an odd quote would be an error of syntax in any shell of this family.
      if (shell === 'zsh')
        expect(spawnSync('bash', ['-n'], { input: script.replace(/^#compdef.*$/m, '') }).stderr.toString()).toBe('');
      expect(script).toContain(String.raw`It'\''s`);
    }
  });
});
