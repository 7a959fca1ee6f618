import type { CloneGroup, CloneMember, ClonePair } from '#model/search.ts';
import { fit, ink, padEnd, plain, type Terminal } from './terminal-canvas.ts';

export interface ClonesView {
  readonly total: number;
  readonly counts: Readonly<Partial<Record<ClonePair['kind'], number>>>;
  readonly groupCount: number;
  readonly groups: readonly (Omit<CloneGroup, 'members'> & {
    readonly members: readonly (CloneMember & { readonly text?: string })[];
  })[];
  readonly pairs: readonly (ClonePair & { readonly texts?: readonly [string, string] })[];
}

/** Lines of a pair that are shown side by side. */
const SHOWN_LINES = 40;

export function clonesForTerminal(view: ClonesView, terminal: Terminal): string {
  const { total, counts, groupCount, groups, pairs } = view;
  if (total === 0) return 'No two functions are copies of each other, by the limits given.\n';
  const asPairs = pairs.length > 0;
  const lines = asPairs
    ? pairs.flatMap((pair) => pairLines(pair, terminal))
    : groups.flatMap((group) => groupLines(group, terminal));
  const sums = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  const [all, shown] = asPairs ? [total, pairs.length] : [groupCount, groups.length];
  const rest = all > shown ? `; shown: ${shown}, more with --limit` : '';
  const count = `${groupCount} ${groupCount === 1 ? 'group' : 'groups'} of ${total} ${total === 1 ? 'pair' : 'pairs'}`;
  return `${lines.join('\n')}\n${ink(terminal, `${count}: ${sums.join(', ')}${rest}`, 'dim')}\n`;
}

/** Members of a group that are listed. */
const SHOWN_MEMBERS = 12;

function groupLines({ kind, type, similarity, members }: ClonesView['groups'][number], terminal: Terminal): string[] {
  const [representative, ...rest] = members;
  const head = `${ink(terminal, `${members.length} functions`, 'bold')}, ${kind} (type ${type})${similarity < 1 ? `, ${percent(similarity)} or more alike` : ''}`;
  const shown = rest
    .slice(0, SHOWN_MEMBERS)
    .flatMap((member) => [
      `  ${ink(terminal, percent(member.similarity).padStart(5), 'yellow')} ${placeOf(member, terminal)}`,
      ...(member.text === undefined ? [] : sideBySide([representative!.text ?? '', member.text], terminal)),
    ]);
  const more = rest.length > SHOWN_MEMBERS ? [`        … and ${rest.length - SHOWN_MEMBERS} more`] : [];
  return [head, `      = ${placeOf(representative!, terminal)}`, ...shown, ...more, ''];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function placeOf({ name, path, line, endLine }: ClonePair['left'], terminal: Terminal): string {
  return `${ink(terminal, plain(name), 'bold')}  ${ink(terminal, `${plain(path)}:${line}-${endLine}`, 'cyan')}`;
}

function pairLines(
  { kind, similarity, left, right, texts }: ClonesView['pairs'][number],
  terminal: Terminal,
): string[] {
  const head = `${ink(terminal, `${percent(similarity)}`, 'yellow')} ${kind}`;
  return [
    head,
    `  ${placeOf(left, terminal)}`,
    `  ${placeOf(right, terminal)}`,
    ...(texts ? sideBySide(texts, terminal) : []),
    '',
  ];
}

function sideBySide([left, right]: readonly [string, string], terminal: Terminal): string[] {
  const width = Math.max(20, Math.floor((terminal.width - 5) / 2));
  const [a, b] = [left.split('\n'), right.split('\n')];
  const rows = Math.min(SHOWN_LINES, Math.max(a.length, b.length));
  const bar = terminal.unicode ? '│' : '|';
  return Array.from({ length: rows }, (_, row) => {
    const [one, other] = [plain(a[row] ?? ''), plain(b[row] ?? '')];
    const mark = one.trim() === other.trim() ? bar : ink(terminal, '≠', 'red');
    return `  ${padEnd(fit(one, width), width)} ${mark} ${fit(other, width)}`;
  });
}
