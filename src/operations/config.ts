import * as z from 'zod';
import { painter } from '#base/paint.ts';
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import { settings } from '#config/schema.ts';
import { locateTree } from '#workspace/locate-tree.ts';
import { defineOperation } from './operation.ts';

const input = z.object({
  key: z.string().optional().describe('One setting, or a group of them: `scan.maxFileBytes`, `scan`.'),
  path: z.string().optional().describe('A folder of the repository whose settings to show; default: where you are.'),
});

export interface ConfigOutput {
  readonly files: { readonly user: string; readonly project: string | undefined };
  readonly settings: readonly {
    readonly key: string;
    readonly value: unknown;
    readonly layer: string;
    readonly from: string;
    readonly variable: string;
    readonly description: string;
  }[];
}

export const operation = defineOperation<typeof input, ConfigOutput>({
  name: 'config',
  group: 'run',
  summary: 'Show each setting, its value and where it came from.',
  effect: 'read',
  input,
  positional: ['key', 'path'],
  examples: [
    { command: 'trowel config', explains: 'All settings that hold here.' },
    { command: 'trowel config scan', explains: 'What scan goes by.' },
    { command: 'trowel config --json', explains: 'The same for a program.' },
  ],
  async run({ key, path }, { services }) {
    const root = locateTree(services.workingFolder, path).root;
    const { values, origins, files } = services.configFor(root);
    const wanted = settings.filter(
      (setting) => key === undefined || setting.key === key || setting.key.startsWith(`${key}.`),
    );
    if (wanted.length === 0) {
      const near = nearestName(
        key ?? '',
        settings.map((setting) => setting.key),
      );
      throw new TrowelError('config-invalid', `${key} is no setting.`, {
        hint: near === undefined ? '`trowel config` lists them.' : `Did you mean ${near}?`,
      });
    }
    return {
      files,
      settings: wanted.map((setting) => ({
        key: setting.key,
        value:
          setting.key.split('.').reduce<unknown>((object, name) => (object as Record<string, unknown>)[name], values) ??
          null,
        ...origins.get(setting.key)!,
        variable: setting.variable,
        description: setting.description,
      })),
    };
  },
  render(output, { color }) {
    const paint = painter(color);
    const shown = (value: unknown): string => (value === null ? '(platform default)' : JSON.stringify(value));
    const keyWidth = Math.max(...output.settings.map(({ key }) => key.length));
    const valueWidth = Math.max(...output.settings.map(({ value }) => shown(value).length));
    const lines = output.settings.map(({ key, value, layer, from }) => {
      const origin = layer === 'default' ? paint.dim('default') : `${layer} ${paint.dim(from)}`;
      return `${paint.cyan(key.padEnd(keyWidth))}  ${shown(value).padEnd(valueWidth)}  ${origin}`;
    });
    const files = [
      `user file     ${output.files.user}`,
      `project file  ${output.files.project ?? 'no repository here'}`,
    ];
    return `${lines.join('\n')}\n\n${paint.dim(files.join('\n'))}\n`;
  },
});
