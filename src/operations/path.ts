import * as z from 'zod';
import { choiceOf, chooseSymbol } from '#inspect/choose-symbol.ts';
import { findPath } from '#inspect/find-path.ts';
import type { PathStep, SymbolChoice } from '#model/inspection.ts';
import type { EdgeKind } from '#model/vocabulary.ts';
import { choicesForTerminal } from '#report/symbol-terminal.ts';
import { ink, plain } from '#report/terminal-canvas.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';
import { place, some } from './tools/places.ts';
import { briefChoices } from './tools/show-tool.ts';

const calls: readonly EdgeKind[] = ['calls', 'instantiates', 'overrides'];
const everything: readonly EdgeKind[] = [
  'calls',
  'instantiates',
  'inherits',
  'implements',
  'overrides',
  'reads',
  'writes',
  'decorates',
  'types',
  'imports',
  'imports-types',
  'contains',
];

const input = z.object({
  from: z.string().describe('The symbol to start from: a name, Type.method, path:line, or a key.'),
  to: z.string().describe('The symbol to reach.'),
  path: z.string().optional().describe('A folder of the repository; default: where you are.'),
  all: z.boolean().default(false).describe('Follow every kind of use (types, imports, reads …), not calls alone.'),
});

export type PathOutput =
  | { readonly status: 'ambiguous'; readonly end: 'from' | 'to'; readonly choices: readonly SymbolChoice[] }
  | { readonly status: 'found'; readonly reversed: boolean; readonly steps: readonly PathStep[] }
  | { readonly status: 'none'; readonly from: SymbolChoice; readonly to: SymbolChoice };

export const operation = defineOperation<typeof input, PathOutput>({
  name: 'path',
  group: 'understand',
  summary: 'Find the shortest way from one symbol to another along calls.',
  effect: 'read',
  input,
  positional: ['from', 'to', 'path'],
  examples: [
    { command: 'trowel path main parseConfig', explains: 'How main comes to call parseConfig.' },
    { command: 'trowel path Model Field --all', explains: 'Along any kind of use.' },
  ],
  async run({ from, to, path, all }, context) {
    const { snapshot, scope } = await openTree(context, path);
    try {
      const start = chooseSymbol(snapshot, from, scope);
      if (start.status === 'ambiguous') return { status: 'ambiguous', end: 'from', choices: start.choices };
      const goal = chooseSymbol(snapshot, to, scope);
      if (goal.status === 'ambiguous') return { status: 'ambiguous', end: 'to', choices: goal.choices };
      const kinds = all ? everything : calls;
      const steps = findPath(snapshot, start.symbol, goal.symbol, kinds);
      if (steps) return { status: 'found', reversed: false, steps };
      const back = findPath(snapshot, goal.symbol, start.symbol, kinds);
      if (back) return { status: 'found', reversed: true, steps: back };
      return { status: 'none', from: choiceOf(start.symbol), to: choiceOf(goal.symbol) };
    } finally {
      snapshot.close();
    }
  },
  render(output, terminal) {
    if (output.status === 'ambiguous') return choicesForTerminal(output.choices, terminal);
    if (output.status === 'none')
      return `No way leads from ${plain(output.from.name)} to ${plain(output.to.name)}, nor back.\n`;
    const lines = output.steps.flatMap(({ symbol, relation, provenance, line }) => {
      const place = `${ink(terminal, plain(symbol.name), 'bold')}  ${ink(terminal, `${plain(symbol.path)}:${symbol.line}`, 'dim')}`;
      if (relation === undefined) return [place];
      return [
        place,
        `  ${terminal.unicode ? '↓' : '|'} ${relation}${provenance === 'inferred' ? ' (by data flow)' : ''}${line ? ` on line ${line}` : ''}`,
      ];
    });
    const note = output.reversed ? [ink(terminal, 'No way leads there; this is the way back:', 'yellow')] : [];
    return `${[...note, ...lines].join('\n')}\n`;
  },
  exitCode: ({ status }) => (status === 'ambiguous' ? 2 : 0),
  tool: {
    description: 'The shortest way from one symbol to another along calls (all: along any use).',
    takes: ['from', 'to', 'all', 'path'],
    output: z.object({
      status: z.enum(['found', 'none', 'ambiguous']),
      end: z.string().optional(),
      choices: z.array(z.string()).optional(),
      reversed: z.boolean().optional(),
      steps: z.array(z.string()).optional(),
    }),
    brief(output) {
      if (output.status === 'ambiguous') return { ...briefChoices(output.choices), end: output.end };
      if (output.status === 'none') return { status: 'none' };
      const steps = some(
        output.steps,
        60,
        ({ symbol, relation, line }) =>
          `${place(symbol)}${relation === undefined ? '' : ` ${relation} on line ${line}`}`,
      );
      return { status: 'found', ...(output.reversed ? { reversed: true } : {}), steps };
    },
  },
});
