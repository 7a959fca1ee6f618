import type { FindingPlace } from '#model/finding.ts';
import { counted, fit, ink, plain, type Terminal } from './terminal-canvas.ts';

export interface DeadView {
  readonly found: readonly {
    readonly rule: string;
    readonly message: string;
    readonly place: FindingPlace;
    readonly confidence: number;
  }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly unsure: number;
  readonly accepted: number;
  readonly suppressed: number;
  readonly all: boolean;
}

/** Findings of one kind that are shown unless all are asked for. */
const SHOWN = 5;

/** Grouped by kind, those with most to delete first. */
const order = [
  'unresolved-import',
  'unlisted-dependency',
  'unlisted-binary',
  'unused-file',
  'unused-dependency',
  'unused-class',
  'unused-function',
  'unused-method',
  'unused-export',
  'unused-enum-member',
  'unreachable-code',
  'never-taken-branch',
  'unused-variable',
  'unused-local',
  'unused-parameter',
  'unused-import',
  'duplicate-export',
  'unused-type-member',
  'unused-binding',
];

export function deadForTerminal(view: DeadView, terminal: Terminal): string {
  const { found, counts, unsure, all } = view;
  if (found.length === 0)
    return `Nothing dead was found.${unsure > 0 ? ` ${unsure} places may be dead: --confidence 0.5 shows them.` : ''}\n`;
  const lines: string[] = [];
  for (const rule of order) {
    const own = found.filter((each) => each.rule === rule);
    if (own.length === 0) continue;
    lines.push(ink(terminal, `${titleOf(rule)} (${own.length})`, 'bold'));
    for (const { message, place, confidence } of all ? own : own.slice(0, SHOWN)) {
      const where = `${plain(place.path)}${place.startLine > 1 || place.startColumn > 0 ? `:${place.startLine}` : ''}`;
      lines.push(
        `  ${ink(terminal, where, 'cyan')}`,
        `    ${fit(plain(message), Math.max(40, terminal.width - 12))} ${ink(terminal, `${Math.round(confidence * 100)} %`, 'dim')}`,
      );
    }
    if (!all && own.length > SHOWN) lines.push(ink(terminal, `  … ${own.length - SHOWN} more: --all`, 'dim'));
  }
  const notes = [
    `${counted(found.length, 'finding')} of ${counted(Object.keys(counts).length, 'kind')}`,
    ...(unsure > 0 ? [`${unsure} less sure (--confidence)`] : []),
    ...(view.accepted > 0 ? [`${view.accepted} accepted in the baseline`] : []),
    ...(view.suppressed > 0 ? [`${view.suppressed} silenced with a reason`] : []),
  ];
  return `${lines.join('\n')}\n\n${ink(terminal, notes.join(' · '), 'dim')}\n`;
}

function titleOf(rule: string): string {
  const words = rule.replaceAll('-', ' ');
  return words[0]!.toUpperCase() + words.slice(1);
}
