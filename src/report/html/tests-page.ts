import type { GeneratedFile, ModuleCoverage, Share, TestReport } from '#model/test-report.ts';
import { escapeHtml } from './escape.ts';
import { pageStyle } from './page-style.ts';

/** The report of generated tests as one page without outside parts. */
export function testsPage(report: TestReport): string {
  const tests = report.files.reduce((sum, file) => sum + file.tests.length, 0);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Generated tests</title><style>${pageStyle}</style></head>
<body><main>
<h1>${tests} generated ${tests === 1 ? 'test' : 'tests'}</h1>
<p>${report.executed} candidates were executed on ${escapeHtml(report.runtime)}; the finished suite ran ${report.steadyRuns} times in different orders without a failure. Tree ${escapeHtml(report.evidence.treeHash)}, seed ${report.evidence.seed}, ${report.evidence.secondsPerModule} s a module.</p>
<h2>Modules</h2>
<table><thead><tr><th>module</th><th>statements</th><th>at load</th><th>branches</th><th>functions</th><th>mutants killed</th><th>timed out</th><th>why it was taken</th></tr></thead>
<tbody>${report.modules.map(moduleRow).join('\n')}</tbody></table>
${report.suspicions.length === 0 ? '' : `<h2>Suspicions</h2><ul>${report.suspicions.map(({ path, call, seen, why }) => `<li><code>${escapeHtml(path)}</code>: <code>${escapeHtml(call)}</code> ${escapeHtml(seen)} (${escapeHtml(why)})</li>`).join('')}</ul>`}
${report.compared ? `<p>${report.compared.inputs} inputs ran at ${escapeHtml(report.compared.revision)} as well: ${report.compared.different === 0 ? 'all gave the same' : `${report.compared.different} gave something else`}.</p>` : ''}
<h2>Files</h2>
${report.files.map(fileSection).join('\n')}
<h2>Not covered</h2>
${report.modules.map(openSection).join('\n')}
${report.left.length === 0 ? '' : `<h2>Left out</h2><ul>${report.left.map(({ path, reason }) => `<li><code>${escapeHtml(path)}</code>: ${escapeHtml(reason)}</li>`).join('')}</ul>`}
${report.dropped.length === 0 ? '' : `<h2>Taken out again</h2><ul>${report.dropped.map(({ title, reason }) => `<li>${escapeHtml(title)}: ${escapeHtml(reason)}</li>`).join('')}</ul>`}
${report.healing.length === 0 ? '' : `<h2>Healing</h2><ul>${report.healing.map(({ path, kind, what, helped }) => `<li><code>${escapeHtml(path)}</code> (${escapeHtml(kind)}): ${escapeHtml(what)}: ${helped ? 'it helped' : 'it did not help'}</li>`).join('')}</ul>`}
</main></body></html>
`;
}

function moduleRow({ path, reasons, atLoad, byTests, mutants }: ModuleCoverage): string {
  const all = mutants.killed + mutants.survived + mutants.untried + mutants.notReached + mutants.timedOut;
  const cells = [
    share(byTests.statements),
    share(atLoad.statements),
    share(byTests.branches),
    share(byTests.functions),
    share({ reached: mutants.killed, total: all }),
    String(mutants.timedOut),
  ];
  return `<tr><td><code>${escapeHtml(path)}</code></td>${cells.map((cell) => `<td>${cell}</td>`).join('')}<td>${escapeHtml(reasons.join('; '))}</td></tr>`;
}

function fileSection({ path, subject, framework, text, tests }: GeneratedFile): string {
  const rows = tests
    .map(
      ({ title, origin, reaches, kills, assertions }) =>
        `<tr><td>${escapeHtml(title)}</td><td>${escapeHtml(origin)}</td><td>${reaches}</td><td>${kills}</td><td>${assertions}</td></tr>`,
    )
    .join('\n');
  return `<h3><code>${escapeHtml(path)}</code></h3><p>Tests <code>${escapeHtml(subject)}</code> with ${escapeHtml(framework)}.</p>
<table><thead><tr><th>test</th><th>found by</th><th>reaches first</th><th>kills first</th><th>assertions</th></tr></thead><tbody>${rows}</tbody></table>
<details><summary>The file</summary><pre>${escapeHtml(text)}</pre></details>`;
}

function openSection({ path, uncovered }: ModuleCoverage): string {
  if (uncovered.length === 0) return `<p><code>${escapeHtml(path)}</code>: nothing that counts.</p>`;
  const items = uncovered
    .slice(0, 200)
    .map(({ line, what, why }) => `<li>line ${line}, ${what}: ${escapeHtml(why)}</li>`);
  return `<h3><code>${escapeHtml(path)}</code></h3><ul>${items.join('')}</ul>`;
}

function share({ reached, total }: Share): string {
  return total === 0 ? '–' : `${Math.floor((100 * reached) / total)} % <small>${reached}/${total}</small>`;
}
