import { ink, plain, type Terminal } from './terminal-canvas.ts';

export interface DuplicatesView {
  readonly total: number;
  readonly accepted: number;
  readonly files: number;
  readonly lines: number;
  readonly duplicatedLines: number;
  readonly classes: readonly {
    readonly kind: 'exact' | 'renamed' | 'gapped';
    readonly lines: number;
    readonly tokens: number;
    readonly similarity: number;
    readonly isNew: boolean;
    readonly places: readonly { readonly path: string; readonly startLine: number; readonly endLine: number }[];
  }[];
}

const SHOWN_PLACES = 4;
const words = { exact: 'the same', renamed: 'the same but for names and literals', gapped: 'alike' } as const;

export function duplicatesForTerminal(view: DuplicatesView, terminal: Terminal): string {
  const share = view.lines === 0 ? 0 : (100 * view.duplicatedLines) / view.lines;
  const sum = `${view.duplicatedLines} of ${view.lines} lines in ${view.files} files (${share.toFixed(1)} %) stand in copies`;
  const accepted = view.accepted > 0 ? ` · ${view.accepted} accepted in the baseline` : '';
  if (view.total === 0 && view.accepted > 0) return `No new copies${accepted}.\n`;
  if (view.total === 0)
    return `No copies, by the limits given. ${view.lines} lines in ${view.files} files were compared.\n`;
  const lines = view.classes.flatMap(({ kind, lines: length, places, similarity, isNew }) => [
    `${ink(terminal, `${length} lines`, 'bold')} × ${places.length}, ${kind === 'gapped' ? `${Math.round(similarity * 100)} % ` : ''}${words[kind]}${isNew ? '' : ' (accepted)'}`,
    ...places
      .slice(0, SHOWN_PLACES)
      .map(({ path, startLine, endLine }) => `  ${ink(terminal, `${plain(path)}:${startLine}-${endLine}`, 'cyan')}`),
    ...(places.length > SHOWN_PLACES ? [ink(terminal, `  … ${places.length - SHOWN_PLACES} more`, 'dim')] : []),
  ]);
  const rest = view.total > view.classes.length ? ` · ${view.total - view.classes.length} more classes: --limit` : '';
  return `${lines.join('\n')}\n\n${ink(terminal, `${view.total} classes · ${sum}${accepted}${rest}`, 'dim')}\n`;
}
