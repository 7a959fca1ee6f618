/** All settings, once: types, defaults, the JSON schema and the reference page are made from this. */
import * as z from 'zod';

/** A setting about the user's machine or taste: a repository's own file must not choose it for the people who clone it. */
const userOnly = { scope: 'user' } as const;

export const configSchema = z.strictObject({
  dataFolder: z
    .string()
    .min(1)
    .optional()
    .meta({
      ...userOnly,
      variable: 'TROWEL_DATA',
      description: 'Where indexes and clones lie. Without it, the place that the platform has for data.',
    }),
  color: z
    .enum(['auto', 'always', 'never'])
    .default('auto')
    .meta({
      ...userOnly,
      description: 'Colours on the terminal: `auto` looks at NO_COLOR, FORCE_COLOR, TERM and the stream.',
    }),
  scan: z.strictObject({
    maxFileBytes: z
      .int()
      .min(1024)
      .max(1024 ** 3)
      .default(4 * 1024 * 1024)
      .describe('Larger files are listed, but not read. Bytes.'),
    exclude: z
      .array(z.string().min(1))
      .default([])
      .describe('Patterns, as in .gitignore, of what to leave out besides what .gitignore and .trowelignore name.'),
    includeIgnored: z.boolean().default(false).describe('Index what .gitignore leaves out, too.'),
  }),
  parse: z.strictObject({
    workers: z
      .int()
      .min(0)
      .max(256)
      .default(0)
      .meta({ ...userOnly, description: 'Threads that read source files; 0 for one a core, at most 8.' }),
  }),
  search: z.strictObject({
    model: z
      .string()
      .min(1)
      .default('default')
      .meta({
        ...userOnly,
        description: 'What turns code into vectors: `default`, the one that is shipped; the id of your own; or `none`.',
      }),
  }),
  history: z.strictObject({
    enabled: z.boolean().default(true).describe('Read the git history: authors, churn, ownership, coupling.'),
    maxCommits: z.int().min(0).default(50_000).describe('How many commits to read, newest first; 0 for all.'),
  }),
});

export type Config = z.output<typeof configSchema>;

export interface Setting {
  /** Dotted: `scan.maxFileBytes`. */
  readonly key: string;
  readonly schema: z.ZodType;
  readonly description: string;
  /** The environment's name for it: `TROWEL_SCAN_MAX_FILE_BYTES`. */
  readonly variable: string;
  /** Undefined where the setting is optional. */
  readonly default: unknown;
  /** False: a repository's own file may not set it. */
  readonly project: boolean;
}

function variableOf(key: string): string {
  return `TROWEL_${key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;
}

function collect(shape: Readonly<Record<string, z.core.$ZodType>>, prefix: string): Setting[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const key = prefix + name;
    if (schema instanceof z.ZodObject) return collect(schema.shape, `${key}.`);
    const leaf = schema as z.ZodType;
    const meta = leaf.meta() ?? {};
    const named = meta['variable'];
    return [
      {
        key,
        schema: leaf,
        description: meta.description ?? '',
        variable: typeof named === 'string' ? named : variableOf(key),
        default: leaf.safeParse(undefined).data,
        project: meta['scope'] !== 'user',
      },
    ];
  });
}

export const settings: readonly Setting[] = collect(configSchema.shape, '');
