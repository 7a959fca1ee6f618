/** What judging found, as sections of the survey's page: findings, debt and its trend, dead code, duplication. */
import { formatCount } from '#base/format-count.ts';
import type { CheckedFinding, CheckReport } from '#model/check.ts';
import { type Cell, num, path, type Section, tableOf, text, words } from './page-parts.ts';
import { scoreSections, type ScoresView } from './score-sections.ts';
import { debtTrendSvg, type TrendPoint } from './debt-trend.ts';

export interface JudgementView {
  readonly report: CheckReport;
  readonly scores?: ScoresView;
  readonly debt: {
    readonly sum: {
      readonly findings: number;
      readonly minutes: number;
      readonly ratio: number;
      readonly grade: string;
    };
    /** What to pay back first. */
    readonly items: readonly {
      readonly finding: {
        readonly message: string;
        readonly place: CheckedFinding['place'];
        readonly severity: number;
      };
      readonly minutes: number;
      readonly impact: number;
      readonly risk: number;
    }[];
    /** Oldest first; the last is now. */
    readonly trend: readonly TrendPoint[];
    readonly knowsHistory: boolean;
  };
}

const LISTED = 40;
const LISTED_DEBT = 15;

export function judgementSections(view: JudgementView): Section[] {
  const of = (category: string): CheckedFinding[] => view.report.findings.filter((each) => each.category === category);
  return [
    findingsSection(view.report),
    debtSection(view),
    ...(view.scores ? scoreSections(view.scores) : []),
    deadSection(of('dead-code')),
    duplicationSection(of('duplication')),
  ].filter((section) => section !== undefined);
}

function findingsSection({ findings, rules, counts, judgedFiles }: CheckReport): Section {
  const ofRule = Map.groupBy(findings, ({ rule }) => rule);
  const rows = rules
    .map((rule) => ({ rule, found: ofRule.get(rule.id) ?? [] }))
    .filter(({ found }) => found.length > 0)
    .sort((a, b) => worst(b.found) - worst(a.found) || b.found.length - a.found.length)
    .map(({ rule, found }): Cell[] => [
      severity(worst(found)),
      words(rule.title),
      words(rule.category),
      num(found.length),
      duration(found.reduce((sum, { minutes }) => sum + minutes, 0)),
    ]);
  const listed = findings
    .filter(({ category }) => category !== 'dead-code' && category !== 'duplication')
    .slice(0, LISTED)
    .map((each): Cell[] => [severity(each.severity), prose(each.message), path(each.place.path, each.place.startLine)]);
  const quiet = [
    ...(counts.accepted > 0 ? [`${formatCount(counts.accepted)} more are accepted in the baseline.`] : []),
    ...(counts.suppressed > 0
      ? [`${formatCount(counts.suppressed)} are silenced in the code, each with a reason.`]
      : []),
  ].join(' ');
  return {
    id: 'findings',
    title: 'Findings',
    about:
      findings.length === 0
        ? `Nothing was found in ${formatCount(judgedFiles)} judged files. ${quiet}`
        : `What a careful reviewer would raise: ${formatCount(findings.length)} in ${formatCount(judgedFiles)} judged files. ${quiet} <code>trowel check</code> shows them with their code.`,
    content:
      findings.length === 0
        ? ''
        : tableOf(['severity', 'what', 'category', 'findings', 'work'], rows) +
          (listed.length === 0 ? '' : `<br>${tableOf(['severity', 'what to do first', 'place'], listed)}`),
  };
}

function debtSection({ debt }: JudgementView): Section | undefined {
  const { sum, items, trend, knowsHistory } = debt;
  if (sum.findings === 0) return undefined;
  const rows = items
    .slice(0, LISTED_DEBT)
    .map(({ finding, minutes, impact, risk }): Cell[] => [
      prose(finding.message),
      path(finding.place.path, finding.place.startLine),
      duration(minutes),
      ...(knowsHistory ? [share(impact), share(risk)] : []),
    ]);
  const first = trend[0];
  const about =
    trend.length < 2 || !first
      ? 'The trend begins with the next scan.'
      : `${formatCount(trend.length)} scans since ${new Date(first.time).toISOString().slice(0, 10)}: ${hours(first.minutes)} then.`;
  return {
    id: 'debt',
    title: 'Debt',
    about: `Grade ${text(sum.grade)}: ${hours(sum.minutes)} of work, ${(100 * sum.ratio).toFixed(1)} % of what writing the code takes. ${about}`,
    content: `${trend.length < 2 ? '' : `<div class="card">${debtTrendSvg(trend)}</div><br>`}${tableOf(
      ['what to pay back first', 'place', 'work', ...(knowsHistory ? ['impact', 'risk'] : [])],
      rows,
    )}`,
  };
}

function deadSection(found: readonly CheckedFinding[]): Section | undefined {
  if (found.length === 0) return undefined;
  const rows = found
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, LISTED)
    .map((each): Cell[] => [share(each.confidence), prose(each.message), path(each.place.path, each.place.startLine)]);
  return {
    id: 'dead',
    title: 'Dead code',
    about: `What nothing uses, by the entry points that the project declares: ${formatCount(found.length)}, the surest first${rest(found.length)}.`,
    content: tableOf(['how sure', 'what', 'place'], rows),
  };
}

function duplicationSection(found: readonly CheckedFinding[]): Section | undefined {
  if (found.length === 0) return undefined;
  const length = ({ place }: CheckedFinding): number => place.endLine - place.startLine + 1;
  const rows = found
    .toSorted((a, b) => length(b) * (1 + (b.related?.length ?? 0)) - length(a) * (1 + (a.related?.length ?? 0)))
    .slice(0, LISTED)
    .map((each): Cell[] => [
      num(length(each)),
      path(each.place.path, each.place.startLine),
      {
        html: (each.related ?? []).map((place) => `<code>${text(place.path)}:${place.startLine}</code>`).join('<br>'),
        kind: 'path',
      },
    ]);
  return {
    id: 'duplication',
    title: 'Duplication',
    about: `Code that stands in several places, the most of it first${rest(found.length)}.`,
    content: tableOf(['lines', 'place', 'and again at'], rows),
  };
}

/** Backticks mark code. */
const prose = (message: string): Cell => ({ html: text(message).replace(/`([^`]+)`/g, '<code>$1</code>') });

const worst = (found: readonly CheckedFinding[]): number => Math.max(...found.map((each) => each.severity));

const rest = (count: number): string => (count > LISTED ? `; ${LISTED} are listed` : '');

const severity = (value: number): Cell => ({
  html: `<span class="severity">${value} <span class="meter" title="severity ${value} of 5"><i style="width:${value * 20}%"></i></span></span>`,
});

const share = (value: number): Cell => ({ html: `${Math.round(value * 100)} %`, kind: 'number' });

const duration = (minutes: number): Cell => ({ html: hours(minutes), kind: 'number' });

function hours(minutes: number): string {
  if (minutes < 60) return `${Math.round(minutes)} min`;
  return minutes < 480 ? `${(minutes / 60).toFixed(1)} h` : `${(minutes / 480).toFixed(1)} days`;
}
