/** All settings, once: types, defaults, the JSON schema and the reference page are made from this. */
import * as z from 'zod';

/** A setting about the user's machine or taste: a repository's own file must not choose it for the people who clone it. */
const userOnly = { scope: 'user' } as const;

const severitySetting = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
const ruleSettings = z.record(z.string(), z.union([z.literal('off'), z.literal('on'), severitySetting]));

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
        description:
          'What turns code into vectors: `default`, the one that is shipped; the id of your own; `none`; or an encoder: `ollama:…`, `openai:…`, `voyage:…`, `google:…`, `onnx:<folder>`, `transformers:…`.',
      }),
    url: z
      .url()
      .optional()
      .meta({ ...userOnly, description: 'Where the encoder’s service answers, if not at its usual address.' }),
  }),
  check: z.strictObject({
    rules: ruleSettings
      .default({})
      .describe('By rule: `off`, `on`, or a severity from 1 to 5. `trowel check --rules` lists them.'),
    folders: z
      .array(z.strictObject({ paths: z.array(z.string().min(1)).min(1), rules: ruleSettings }))
      .default([])
      .describe('Rules for parts of the tree: patterns as in .gitignore, and what holds there. Later entries win.'),
    custom: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'Files and folders with rules of your own: YAML patterns, or TypeScript modules (only with --trust-rules).',
      ),
    baseline: z
      .string()
      .min(1)
      .default('.trowel/baseline.json')
      .describe('The file of accepted findings, from the root. Written only by `trowel check --write-baseline`.'),
    gate: severitySetting.default(2).describe('New findings of at least this severity fail the check.'),
    layers: z
      .array(z.strictObject({ name: z.string().min(1), paths: z.array(z.string().min(1)).min(1) }))
      .default([])
      .describe('The architecture, from the top down: a layer may import those below it.'),
    require: z
      .array(z.string().min(1))
      .default([])
      .describe('Sources without which the check cannot pass: `history`, or a tool such as `eslint` or `ruff`.'),
  }),
  sandbox: z.strictObject({
    runner: z
      .enum(['auto', 'bubblewrap', 'seatbelt', 'container'])
      .default('auto')
      .meta({
        ...userOnly,
        description: 'Where code of a repository runs: `auto` takes the first that this machine has.',
      }),
    image: z
      .string()
      .min(1)
      .optional()
      .meta({
        ...userOnly,
        description: 'Image of the container runner. Without it, one is made that shows this machine’s own programs.',
      }),
    memory: z
      .int()
      .min(64)
      .default(2048)
      .meta({ ...userOnly, description: 'What a command and all that it starts may use. MiB.' }),
    timeout: z
      .int()
      .min(1)
      .default(600)
      .meta({ ...userOnly, description: 'How long `run` lets a command run. Seconds.' }),
    allow: z
      .array(z.string().min(1))
      .default([])
      .meta({
        ...userOnly,
        description: 'Commands that may run, as patterns in which `*` stands for anything; empty: all but the blocked.',
      }),
    block: z
      .array(z.string().min(1))
      .default([
        'npm publish',
        'pnpm publish',
        'yarn publish',
        'yarn npm publish',
        'twine upload',
        'cargo publish',
        'git push',
        'sudo',
        'ssh',
        'scp',
      ])
      .meta({ ...userOnly, description: 'Commands that never run, as patterns; wins over `allow`.' }),
  }),
  history: z.strictObject({
    enabled: z.boolean().default(true).describe('Read the git history: authors, churn, ownership, coupling.'),
    maxCommits: z.int().min(0).default(50_000).describe('How many commits to read, newest first; 0 for all.'),
  }),
});

export type Config = z.output<typeof configSchema>;

/** The defaults, with these parts over them. */
export function configOf(parts: Readonly<Record<string, unknown>> = {}): Config {
  const sections = Object.entries(configSchema.shape).filter(([, schema]) => schema instanceof z.ZodObject);
  return configSchema.parse({ ...Object.fromEntries(sections.map(([name]) => [name, {}])), ...parts });
}

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
