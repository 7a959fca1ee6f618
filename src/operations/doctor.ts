import { existsSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { painter, printable } from '#base/paint.ts';
import type { MachineCheck } from '#machine/machine-report.ts';
import type { LanguageLevel } from './language-levels.ts';
import { locateTree } from '#workspace/locate-tree.ts';
import { defineOperation } from './operation.ts';

const input = z.object({
  path: z.string().optional().describe('The tree to look at; default: the repository that you are in.'),
  languages: z
    .boolean()
    .default(false)
    .describe('List every language and how deep Trowel reads it, found by running each extractor.'),
});

export interface DoctorOutput {
  readonly checks: readonly MachineCheck[];
  readonly languages: readonly LanguageLevel[];
}

export const operation = defineOperation<typeof input, DoctorOutput>({
  name: 'doctor',
  group: 'run',
  summary: 'Say what this machine offers, what is missing and what it is needed for.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel doctor', explains: 'Node, git, memory, disk, file systems, optional tools.' },
    { command: 'trowel doctor --languages', explains: 'What Trowel knows of each language.' },
  ],
  async run({ path: given, languages }, { services }) {
    if (languages) {
      const { languageLevels } = await import('./language-levels.ts');
      return { checks: [], languages: await languageLevels() };
    }
    const { machineReport } = await import('#machine/machine-report.ts');
    const checks = await machineReport({
      dataFolder: services.folders.data,
      tree: locateTree(services.workingFolder, given).root,
      grammars: await grammarPlaces(),
      platform: process.platform,
      sandbox: { environment: services.environment, image: services.configFor().values.sandbox.image },
    });
    return { checks, languages: [] };
  },
  render: (output, { color, width }) =>
    output.checks.length > 0 ? checkLines(output.checks, color) : languageLines(output.languages, color, width),
  exitCode: ({ checks }) => (checks.some(({ required, status }) => required && status === 'missing') ? 1 : 0),
});

/** Where each grammar lies: beside the bundle, or in the development packages when running from source. */
async function grammarPlaces(): Promise<ReadonlyMap<string, string | undefined>> {
  const { grammarFiles } = await import('#languages/grammars.ts');
  return new Map(
    grammarFiles().map(({ source, target }) => {
      const places = [
        path.join(import.meta.dirname, 'grammars', target),
        path.join(import.meta.dirname, '../../node_modules', source),
      ];
      return [target.replace(/\.wasm$/, ''), places.find((place) => existsSync(place))];
    }),
  );
}

function checkLines(checks: readonly MachineCheck[], color: boolean): string {
  const paint = painter(color);
  const marks = { ok: paint.green('ok     '), warn: paint.yellow('warn   '), missing: paint.red('missing') };
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, found, neededFor, required, hint }) => {
    const mark = status === 'missing' && !required ? paint.yellow('missing') : marks[status];
    const line = `${mark}  ${name.padEnd(width)}  ${printable(found)}  ${paint.dim(`for ${neededFor}`)}`;
    return hint === undefined ? [line] : [line, `${' '.repeat(width + 11)}${printable(hint)}`];
  });
  return `${lines.join('\n')}\n`;
}

function languageLines(languages: readonly LanguageLevel[], color: boolean, width: number): string {
  const paint = painter(color);
  const nameWidth = Math.max(...languages.map(({ name }) => name.length));
  const rest = width - nameWidth - 12;
  const lines = languages.map(({ name, level, extensions }) => {
    const known = extensions.map((extension) => `.${extension}`).join(' ');
    return `${paint.cyan(name.padEnd(nameWidth))}  ${level.padEnd(8)}  ${paint.dim(known.length > rest ? `${known.slice(0, Math.max(0, rest - 1))}…` : known)}`.trimEnd();
  });
  return `${lines.join('\n')}\n`;
}
