import { formatCount } from '#base/format-count.ts';
import type { CheckedFinding, CheckReport, JudgedRule, SourceLine } from '#model/check.ts';
import { counted, fit, ink, plain, type Terminal, wrap } from './terminal-canvas.ts';

/** Lines of a screen that a report takes unless all is asked for. */
const SCREEN = 32;
const words = ['', 'taste', 'in passing', 'soon', 'before merging', 'now'] as const;

interface Group {
  readonly rule: JudgedRule;
  readonly findings: readonly { readonly finding: CheckedFinding; readonly index: number }[];
}

/** Findings grouped by rule, what to do first on top, with the code and the reason. */
export function checkForTerminal(report: CheckReport, terminal: Terminal, all: boolean): string {
  const head = headline(report, terminal);
  const tail = footer(report, terminal);
  const groups = groupsOf(report);
  const body: string[] = [];
  const room = all ? Number.POSITIVE_INFINITY : SCREEN - head.length - tail.length - 3;
  let left = groups.reduce((sum, { findings }) => sum + findings.length, 0);
  let told = 0;
  for (const [at, group] of groups.entries()) {
    const block = groupLines(group, report, terminal, all, at);
    if (body.length + block.lines.length > room) break;
    body.push(...block.lines);
    left -= block.shown;
    told++;
  }
  if (left > 0) {
    body.push('', ...restLines(groups.slice(told), terminal));
    body.push(ink(terminal, `${formatCount(left)} more: --all lists them, --category and --severity choose.`, 'dim'));
  }
  return `${[...head, ...body, ...tail].join('\n')}\n`;
}

/** Groups that have no room, by their rules: what `--rule` takes. */
const NAMED = 8;

function restLines(groups: readonly Group[], terminal: Terminal): string[] {
  if (groups.length === 0) return [];
  const named = groups.slice(0, NAMED).map(({ rule, findings }) => `${rule.id} ×${formatCount(findings.length)}`);
  const rest = groups.length > NAMED ? ` and ${counted(groups.length - NAMED, 'rule')} more` : '';
  return wrap(terminal, `Then ${named.join(', ')}${rest}.`, '');
}

function headline({ counts, judgedFiles, since, baseline }: CheckReport, terminal: Terminal): string[] {
  const { shown, fresh, gating, accepted, suppressed, byCategory } = counts;
  const kinds = Object.entries(byCategory)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${formatCount(count)} ${name}`)
    .join(', ');
  const about = since === undefined && !baseline.isThere ? '' : `, ${formatCount(fresh)} new`;
  const lines = [
    shown === 0
      ? ink(terminal, `Nothing found in ${counted(judgedFiles, 'judged file')}.`, 'bold', 'green')
      : ink(terminal, `${counted(shown, 'finding')}${about} in ${counted(judgedFiles, 'judged file')}`, 'bold') +
        `: ${kinds}`,
  ];
  const notes = [
    gating > 0 ? ink(terminal, `${formatCount(gating)} fail the check`, 'red') : '',
    accepted > 0 ? `${formatCount(accepted)} accepted in ${plain(baseline.path)}` : '',
    baseline.gone > 0 ? `${formatCount(baseline.gone)} of those accepted are gone (--write-baseline prunes)` : '',
    suppressed > 0 ? `${formatCount(suppressed)} suppressed with a reason` : '',
    baseline.written ? `${plain(baseline.path)} written` : '',
  ].filter((note) => note !== '');
  if (notes.length > 0) lines.push(notes.join(' · '));
  return lines;
}

/** Groups in the order of their first finding, which is the order of what to do first; a rule's lesser findings are a group of their own. */
function groupsOf(report: CheckReport): readonly Group[] {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const isNewOnly = report.since !== undefined || report.baseline.isThere;
  const groups = new Map<string, { finding: CheckedFinding; index: number }[]>();
  for (const [index, finding] of report.findings.entries()) {
    if (isNewOnly && !finding.isNew) continue;
    const key = `${finding.rule} ${finding.severity >= 4}`;
    const list = groups.get(key) ?? [];
    list.push({ finding, index });
    groups.set(key, list);
  }
  return Array.from(groups.values(), (findings) => ({ rule: rules.get(findings[0]!.finding.rule)!, findings }));
}

function groupLines(
  { rule, findings }: Group,
  report: CheckReport,
  terminal: Terminal,
  all: boolean,
  at: number,
): { readonly lines: string[]; readonly shown: number } {
  const { severity } = findings[0]!.finding;
  const mark = severity >= 4 ? 'red' : severity === 3 ? 'yellow' : 'cyan';
  const count = findings.length === 1 ? '' : ` ×${formatCount(findings.length)}`;
  const lines = [
    '',
    ink(terminal, `${rule.title}${count}`, 'bold', mark) +
      ink(terminal, `  ${rule.id} · ${rule.category} · ${words[severity]}`, 'dim'),
  ];
  if (at < 3 || all)
    lines.push(
      ...wrap(terminal, `  ${all ? rule.reason : firstSentence(rule.reason)}`, '  ').map((line) =>
        ink(terminal, line, 'dim'),
      ),
    );
  const most = all ? findings.length : at === 0 ? 3 : at < 4 ? 2 : 1;
  for (const { finding, index } of findings.slice(0, most)) {
    const { path, startLine, startColumn } = finding.place;
    lines.push(
      `  ${ink(terminal, `${plain(path)}:${startLine}:${startColumn + 1}`, 'underline')}  ${fit(plain(finding.message), Math.max(40, terminal.width * 2))}`,
    );
    const frame = report.frames[index] ?? [];
    if (at < 3 || all) lines.push(...frameLines(frame.slice(0, at === 0 || all ? 3 : 1), finding, terminal));
  }
  if (findings.length > most) lines.push(ink(terminal, `  and ${formatCount(findings.length - most)} more`, 'dim'));
  return { lines, shown: most < findings.length ? most : findings.length };
}

function frameLines(frame: readonly SourceLine[], { place }: CheckedFinding, terminal: Terminal): string[] {
  const width = String(frame.at(-1)?.line ?? 0).length;
  const room = Math.max(20, terminal.width - width - 8);
  return frame.flatMap(({ line, text }) => {
    const shown = fit(plain(text), room);
    const row = `    ${ink(terminal, String(line).padStart(width), 'dim')} │ ${shown}`;
    if (frame.length > 1 || line !== place.startLine || place.startLine !== place.endLine) return [row];
    const start = Math.min(place.startColumn, room - 1);
    const length = Math.max(1, Math.min(place.endColumn, room) - start);
    return [row, `    ${' '.repeat(width)} │ ${' '.repeat(start)}${ink(terminal, '^'.repeat(length), 'yellow')}`];
  });
}

function firstSentence(text: string): string {
  return /^.*?[.:](?= |$)/.exec(text)?.[0].replace(/:$/, '.') ?? text;
}

function failureLine({ rule, path, message }: CheckReport['failures'][number]): string {
  const reason = plain(message.split('\n')[0]!);
  if (rule === '*') return `Not all rules could judge ${plain(path)}: ${reason}`;
  return `The rule ${plain(rule)} failed${path === '' ? '' : ` on ${plain(path)}`}: ${reason}`;
}

function footer({ failures, partialFiles, missing, inputs }: CheckReport, terminal: Terminal): string[] {
  const lines: string[] = [];
  for (const failure of failures.slice(0, 3)) lines.push(ink(terminal, failureLine(failure), 'red'));
  if (failures.length > 3)
    lines.push(ink(terminal, `and ${formatCount(failures.length - 3)} more failures (--json)`, 'red'));
  if (partialFiles.length > 0)
    lines.push(
      ink(
        terminal,
        `${counted(partialFiles.length, 'file')} ${partialFiles.length === 1 ? 'parses' : 'parse'} only in part: ${partialFiles.slice(0, 3).map(plain).join(', ')}${partialFiles.length > 3 ? ' …' : ''}`,
        'dim',
      ),
    );
  for (const name of missing) lines.push(ink(terminal, `Required and not there: ${plain(name)}`, 'red'));
  lines.push(
    ink(
      terminal,
      `Judged: ${inputs.map((each) => plain(each).replace(/\b([0-9a-f]{12})[0-9a-f]{20,}\b/g, '$1')).join(', ')}`,
      'dim',
    ),
  );
  return ['', ...lines];
}
