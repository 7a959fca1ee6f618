/** Layers of settings, validated once and frozen: default → user file → project file → environment → flags. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import { parseJsonWithComments } from './json-with-comments.ts';
import type { Config, Setting } from './schema.ts';
import { settings } from './schema.ts';
import { settingFromText } from './setting-from-text.ts';

export const layers = ['default', 'user', 'project', 'environment', 'flag'] as const;
export type Layer = (typeof layers)[number];

export interface Origin {
  readonly layer: Layer;
  /** The file, the variable or the flag. */
  readonly from: string;
}

export interface ResolvedConfig {
  readonly values: Config;
  /** By dotted key. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** The files that were looked for. */
  readonly files: { readonly user: string; readonly project: string | undefined };
}

export interface ConfigSources {
  /** config.json of the user; need not exist. */
  readonly userFile: string;
  /** trowel.config.json of the repository; need not exist. */
  readonly projectFile?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `key=value` of each `--config`. */
  readonly flags: readonly string[];
  /** What a relative folder in the environment or a flag is relative to. */
  readonly workingFolder: string;
  readonly home: string;
}

export const PROJECT_FILE = 'trowel.config.json';

export function resolveConfig(sources: ConfigSources): ResolvedConfig {
  const values = new Map<string, unknown>(settings.map((setting) => [setting.key, setting.default]));
  const origins = new Map<string, Origin>(settings.map(({ key }) => [key, { layer: 'default', from: 'built in' }]));
  const put = (setting: Setting, raw: unknown, origin: Origin, base: string): void => {
    const parsed = setting.schema.safeParse(raw);
    if (!parsed.success) {
      const problem = parsed.error.issues.map((issue) => issue.message.replace(/^Invalid input: /, '')).join('; ');
      throw invalid(`${origin.from}: ${setting.key} is ${JSON.stringify(raw)}: ${problem}.`, setting.description);
    }
    const isFolder = setting.key === 'dataFolder' && typeof parsed.data === 'string';
    values.set(setting.key, isFolder ? absolute(parsed.data as string, base, sources.home) : parsed.data);
    origins.set(setting.key, origin);
  };
  readLayer('user', sources.userFile, put);
  if (sources.projectFile !== undefined) readLayer('project', sources.projectFile, put);
  readEnvironment(sources, put);
  for (const flag of sources.flags) {
    const split = flag.indexOf('=');
    if (split < 1)
      throw invalid(`--config ${flag}: expected key=value.`, 'For instance: --config scan.includeIgnored=true');
    const setting = find(flag.slice(0, split).trim(), '--config');
    put(
      setting,
      settingFromText(setting, flag.slice(split + 1)),
      { layer: 'flag', from: '--config' },
      sources.workingFolder,
    );
  }
  return { values: assemble(values), origins, files: { user: sources.userFile, project: sources.projectFile } };
}

type Put = (setting: Setting, raw: unknown, origin: Origin, base: string) => void;

function readLayer(layer: 'user' | 'project', file: string, put: Put): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return;
    throw new TrowelError('config-invalid', `${file} cannot be read: ${String(code ?? error)}.`, { cause: error });
  }
  let content: unknown;
  try {
    content = parseJsonWithComments(text);
  } catch (error) {
    throw new TrowelError('config-invalid', `${file} is not JSON: ${(error as Error).message}.`, {
      hint: 'Comments and trailing commas are allowed.',
      cause: error,
    });
  }
  for (const [key, raw] of leaves(content, file, '')) {
    if (key === '$schema') continue;
    const setting = find(key, file);
    if (layer === 'project' && !setting.project) {
      throw invalid(
        `${file}: ${key} cannot be set by a repository.`,
        'Put it into your own configuration, or pass it as a flag.',
      );
    }
    put(setting, raw, { layer, from: file }, path.dirname(file));
  }
}

function readEnvironment({ environment, workingFolder }: ConfigSources, put: Put): void {
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('TROWEL_') || value === undefined || value === '') continue;
    const setting = settings.find(({ variable }) => variable === name);
    if (!setting)
      throw unknownName(
        `The environment's ${name}`,
        name,
        settings.map(({ variable }) => variable),
      );
    put(setting, settingFromText(setting, value), { layer: 'environment', from: name }, workingFolder);
  }
}

function* leaves(content: unknown, file: string, prefix: string): Generator<[string, unknown]> {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw invalid(`${file}: ${prefix === '' ? 'the whole' : prefix.slice(0, -1)} must be an object { … }.`);
  }
  for (const [name, value] of Object.entries(content)) {
    const key = prefix + name;
    if (settings.some((setting) => setting.key.startsWith(`${key}.`))) yield* leaves(value, file, `${key}.`);
    else yield [key, value];
  }
}

function find(key: string, where: string): Setting {
  const found = settings.find((setting) => setting.key === key);
  if (!found)
    throw unknownName(
      `${where}: ${key}`,
      key,
      settings.map((setting) => setting.key),
    );
  return found;
}

function unknownName(what: string, typed: string, known: readonly string[]): TrowelError {
  const near = nearestName(typed, known);
  return invalid(
    `${what} is no setting.`,
    near === undefined ? '`trowel config` lists them.' : `Did you mean ${near}?`,
  );
}

function invalid(message: string, hint?: string): TrowelError {
  return new TrowelError('config-invalid', message, hint === undefined ? {} : { hint });
}

function absolute(folder: string, base: string, home: string): string {
  return folder === '~' || folder.startsWith('~/') ? path.join(home, folder.slice(1)) : path.resolve(base, folder);
}

function assemble(values: ReadonlyMap<string, unknown>): Config {
  const whole: Record<string, unknown> = {};
  for (const [key, value] of values) {
    const names = key.split('.');
    const last = names.pop()!;
    const inner = names.reduce((object, name) => (object[name] ??= {}) as Record<string, unknown>, whole);
    inner[last] = Array.isArray(value) ? Object.freeze(value) : value;
  }
  for (const value of Object.values(whole)) Object.freeze(value);
  // Every leaf went through its own part of the schema.
  return Object.freeze(whole) as Config;
}
