/** One page without scripts of others and without requests: each file's source with its mutants, to be opened one by one. */
import type { MutantResult, MutationReport, MutationScore } from '#model/mutation.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign]!);

const labels: Readonly<Record<MutantResult['status'], string>> = {
  killed: 'killed',
  survived: 'survived',
  timeout: 'timeout',
  'no-coverage': 'no test reaches it',
  equivalent: 'equivalent',
};

const style = `:root{color-scheme:light dark;--line:#8884;--killed:#2a7f3f;--survived:#c0392b;--timeout:#8a6d00;--none:#777}
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
h1,h2{font-weight:600;line-height:1.2}h2{font-size:1.05rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}td,th{padding:.25rem .6rem;text-align:right;border-bottom:1px solid var(--line)}
td:first-child,th:first-child{text-align:left;overflow-wrap:anywhere}
pre{margin:0;overflow-x:auto;font:13px/1.55 ui-monospace,monospace}
.row{display:grid;grid-template-columns:4rem 1fr}.row>span{color:#888;text-align:right;padding-right:1rem;user-select:none}
details{margin:.1rem 0 .1rem 4rem;font-size:13px}summary{cursor:pointer}
.killed{color:var(--killed)}.survived{color:var(--survived);font-weight:600}.timeout{color:var(--timeout)}.no-coverage,.equivalent{color:var(--none)}
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}`;

/** The number of mutants that one file's part lists; what is beyond is counted. */
const LISTED = 3000;

export function mutationHtml(report: MutationReport, title: string): string {
  const rows = report.files.map(
    ({ path, score }, index) => `<tr><td><a href="#f${index}">${escaped(path)}</a></td>${cells(score)}</tr>`,
  );
  const byPath = Map.groupBy(report.mutants, ({ path }) => path);
  const parts = report.files.map(({ path, source }, index) => filePart(index, path, source, byPath.get(path) ?? []));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${style}</style></head><body>
<h1>${escaped(title)}</h1>
<p>A mutant is a small change of the code. Tests that still pass under it prove nothing about that place: what <span class="survived">survived</span> shows where.
Timeouts are counted apart; equivalent mutants are left out of the score.</p>
<table><thead><tr><th>file</th><th>score</th><th>killed</th><th>timeouts</th><th>survived</th><th>not reached</th><th>equivalent</th></tr></thead>
<tbody><tr><td><strong>all</strong></td>${cells(report.score)}</tr>${rows.join('')}</tbody></table>
${parts.join('\n')}
</body></html>
`;
}

function cells({ score, killed, timeouts, survived, noCoverage, equivalent }: MutationScore): string {
  const percent = score === undefined ? '–' : `${score.toFixed(1)} %`;
  return [percent, killed, timeouts, survived, noCoverage, equivalent].map((value) => `<td>${value}</td>`).join('');
}

function filePart(index: number, path: string, source: string, mutants: readonly MutantResult[]): string {
  const byLine = Map.groupBy(mutants.slice(0, LISTED), ({ place }) => place.startLine);
  const lines = source.split('\n').map((text, at) => {
    const found = (byLine.get(at + 1) ?? []).map(mutantPart).join('');
    return `<div class="row"><span>${at + 1}</span><pre>${escaped(text) || ' '}</pre></div>${found}`;
  });
  const rest = mutants.length > LISTED ? `<p>and ${mutants.length - LISTED} more mutants</p>` : '';
  return `<h2 id="f${index}">${escaped(path)}</h2>${lines.join('')}${rest}`;
}

function mutantPart(mutant: MutantResult): string {
  const { status, operator, replacement, killedBy, coveredBy, message } = mutant;
  const why =
    killedBy.length > 0
      ? `<p>killed by ${killedBy
          .slice(0, 5)
          .map((id) => `<code>${escaped(id)}</code>`)
          .join(', ')}</p>`
      : coveredBy.length > 0
        ? `<p>reached by ${coveredBy.length} ${coveredBy.length === 1 ? 'test' : 'tests'}: ${coveredBy
            .slice(0, 5)
            .map((id) => `<code>${escaped(id)}</code>`)
            .join(', ')}</p>`
        : '';
  const note = message === undefined || message === '' ? '' : `<p><code>${escaped(message)}</code></p>`;
  const mark = mutant.static ? ' · in force while files are loaded' : '';
  return `<details><summary class="${status}">${labels[status]} · ${escaped(operator)} → <code>${escaped(replacement.slice(0, 200))}</code>${mark}</summary>${why}${note}</details>`;
}
