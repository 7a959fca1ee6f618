import type { Flag } from './flags.ts';

const flag = (name: string, description: string, more: Partial<Flag> = {}): Flag & { readonly short?: string } => ({
  key: name,
  name,
  type: 'boolean',
  repeated: false,
  required: false,
  choices: undefined,
  default: undefined,
  description,
  ...more,
});

/** Flags that every command takes. */
export const globalFlags = [
  flag('help', 'Show this help (-h).'),
  flag('version', 'Show the version (-V).'),
  flag('json', 'Print exactly one JSON document on stdout, errors included.'),
  flag('color', 'Use colours, or not (--no-color), whatever the terminal says.'),
  flag('quiet', 'Say nothing on stderr but errors.'),
  flag('verbose', 'Say more on stderr: every stage and warning, and the stack of an unexpected error.'),
  flag('data-folder', 'Where indexes and clones lie.', { type: 'string' }),
  flag('config', 'A setting as key=value.', { type: 'string', repeated: true }),
] as const satisfies readonly Flag[];
