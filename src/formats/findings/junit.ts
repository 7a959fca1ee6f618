/** JUnit's XML: a test case for each rule that found something; one that passes where nothing was found. */
import { escapeXml, type FindingFormat } from './finding-format.ts';

export const junit: FindingFormat = {
  write({ findings, rules, judgedFiles }) {
    const byRule = Map.groupBy(findings, ({ rule }) => rule);
    const cases = rules.map(({ id, title, category }) => {
      const list = byRule.get(id) ?? [];
      const failing = list.filter(({ gates }) => gates);
      const lines = list.map(
        ({ place, message }) => `${place.path}:${place.startLine}:${place.startColumn + 1}: ${message}`,
      );
      const text = escapeXml(lines.join('\n'));
      const body =
        failing.length > 0
          ? `<failure message="${escapeXml(`${title} (${list.length})`)}" type="${category}">${text}</failure>`
          : `<system-out>${text}</system-out>`;
      return {
        xml: `    <testcase name="${escapeXml(id)}" classname="trowel.${category}" time="0">${body}</testcase>\n`,
        failed: failing.length > 0,
      };
    });
    if (cases.length === 0)
      cases.push({
        xml: `    <testcase name="${judgedFiles} files judged" classname="trowel" time="0"/>\n`,
        failed: false,
      });
    const failures = cases.filter(({ failed }) => failed).length;
    const counts = `tests="${cases.length}" failures="${failures}" errors="0" time="0"`;
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="trowel" ${counts}>\n  <testsuite name="trowel check" ${counts} skipped="0">\n${cases.map(({ xml }) => xml).join('')}  </testsuite>\n</testsuites>\n`;
  },
};
