import * as z from 'zod';
import { completionScript, shells } from './completion-script.ts';
import type { CompletedCommand } from './completion-script.ts';
import { commandShape } from './flags.ts';
import { globalFlags } from './global-flags.ts';
import { defineOperation } from './operation.ts';

const input = z.object({ shell: z.enum(shells).describe('The shell that the script is for.') });

export interface CompletionOutput {
  readonly shell: (typeof shells)[number];
  readonly script: string;
}

export const operation = defineOperation<typeof input, CompletionOutput>({
  name: 'completion',
  group: 'run',
  summary: 'Print a script that completes operations and flags in your shell.',
  effect: 'read',
  input,
  positional: ['shell'],
  examples: [
    { command: 'trowel completion bash', explains: 'In ~/.bashrc: eval "$(trowel completion bash)"' },
    { command: 'trowel completion zsh', explains: 'In ~/.zshrc, behind compinit: eval "$(trowel completion zsh)"' },
    { command: 'trowel completion fish', explains: 'trowel completion fish > ~/.config/fish/completions/trowel.fish' },
  ],
  async run({ shell }, { services }) {
    const { names, load } = services.operations;
    const operations = await Promise.all(names.map((name) => load(name)));
    const commands = operations
      .filter((operation) => operation !== undefined)
      .map((operation): CompletedCommand => {
        const { flags, positionals } = commandShape(operation);
        return {
          name: operation.name,
          summary: operation.summary,
          flags,
          choices: positionals.flatMap(({ choices }) => choices ?? []),
        };
      });
    return { shell, script: completionScript(shell, commands, globalFlags) };
  },
  render: ({ script }) => script,
});
