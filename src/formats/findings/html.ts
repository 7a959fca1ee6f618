/** One page that needs nothing else: findings by rule, with the code. */
import type { CheckedFinding, JudgedRule, SourceLine } from '#model/check.ts';
import { escapeXml, type FindingFormat } from './finding-format.ts';

const MOST_OF_A_RULE = 500;
const names = ['', 'taste', 'in passing', 'soon', 'before merging', 'now'] as const;

export const html: FindingFormat = {
  write({ findings, rules, counts, frames, judgedFiles, inputs, suppressed }) {
    const byRule = Map.groupBy(
      findings.map((finding, index) => ({ finding, index })),
      ({ finding }) => finding.rule,
    );
    const known = new Map(rules.map((rule) => [rule.id, rule]));
    const sections = [...byRule].map(([id, list]) => section(known.get(id)!, list, frames));
    const kinds = Object.entries(counts.byCategory)
      .map(([name, count]) => `${count} ${escapeXml(name)}`)
      .join(', ');
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Findings</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${counts.shown} findings in ${judgedFiles} judged files</h1>
<p>${kinds === '' ? 'Nothing found.' : kinds}. ${counts.gating} fail the check, ${counts.accepted} are accepted in the baseline, ${suppressed.length} are suppressed with a reason.</p>
${sections.join('\n')}
<footer><p>Judged: ${escapeXml(inputs.join(', '))}</p></footer>
</main>
</body>
</html>
`;
  },
};

function section(
  rule: JudgedRule,
  list: readonly { readonly finding: CheckedFinding; readonly index: number }[],
  frames: Readonly<Record<number, readonly SourceLine[]>>,
): string {
  const items = list.slice(0, MOST_OF_A_RULE).map(({ finding: { place, message, isNew }, index }) => {
    const code = (frames[index] ?? []).map(({ line, text }) => `${String(line).padStart(5)}  ${text}`).join('\n');
    const frame = code === '' ? '' : `<pre>${escapeXml(code)}</pre>`;
    return `<li><p><code>${escapeXml(place.path)}:${place.startLine}</code> ${escapeXml(message)}${isNew ? '' : ' <em>(known)</em>'}</p>${frame}</li>`;
  });
  const more = list.length > MOST_OF_A_RULE ? `<p>and ${list.length - MOST_OF_A_RULE} more</p>` : '';
  const references = rule.references.length === 0 ? '' : ` · ${escapeXml(rule.references.join(', '))}`;
  return `<section>
<h2>${escapeXml(rule.title)} <small>×${list.length}</small></h2>
<p class="about">${escapeXml(rule.id)} · ${rule.category} · severity ${rule.severity} (${names[rule.severity]})${references}</p>
<p>${escapeXml(rule.reason)}</p>
<ul>${items.join('\n')}</ul>${more}
</section>`;
}

const style = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; margin-bottom: 0; } small { font-weight: 400; }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: .5rem; }
.about { margin: 0; font-size: .85rem; opacity: .8; }
ul { list-style: none; padding: 0; } li { margin: .75rem 0; } li p { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .5rem; overflow-x: auto; margin: .25rem 0 0; font-size: .85rem; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; font-size: .85rem; opacity: .8; }`;
