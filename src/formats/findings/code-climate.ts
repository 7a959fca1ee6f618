/** Code Climate's JSON, as GitLab's merge requests read it. */
import type { FindingCategory } from '#model/finding.ts';
import type { FindingFormat } from './finding-format.ts';
import { uniquePrints } from './unique-prints.ts';

const severities = ['info', 'info', 'minor', 'major', 'critical', 'blocker'] as const;
const categories: Readonly<Record<FindingCategory, string>> = {
  bug: 'Bug Risk',
  smell: 'Complexity',
  design: 'Complexity',
  'dead-code': 'Clarity',
  duplication: 'Duplication',
  standards: 'Style',
  performance: 'Performance',
  accessibility: 'Compatibility',
  security: 'Security',
  secret: 'Security',
  dependency: 'Security',
};

export const codeClimate: FindingFormat = {
  write({ findings }) {
    const prints = uniquePrints(findings);
    const issues = findings.map(({ rule, message, category, severity, place }, index) => ({
      type: 'issue',
      check_name: rule,
      description: message,
      categories: [categories[category]],
      severity: severities[severity],
      fingerprint: prints[index],
      location: {
        path: place.path,
        lines: { begin: place.startLine, end: place.endLine },
      },
    }));
    return `${JSON.stringify(issues, undefined, 2)}\n`;
  },
};
