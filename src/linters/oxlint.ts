import { jsonIn, type Linter, numberOr, record, records, textOr } from './linter.ts';

export const oxlint: Linter = {
  id: 'oxlint',
  command(project) {
    const program = project.find(/^(?:\.?oxlintrc\.jsonc?|oxlint\.config\.[cm]?[jt]s)$/)
      ? project.program('oxlint')
      : undefined;
    return program === undefined ? undefined : { program, arguments: ['--format', 'json', '.'] };
  },
  read({ output }) {
    return records(record(jsonIn(output))['diagnostics']).map((one) => {
      const span = record(record(records(one['labels'])[0])['span']);
      const line = numberOr(span['line'], 1);
      const column = numberOr(span['column'], 1) - 1;
      return {
        path: textOr(one['filename'], ''),
        line,
        column,
        endLine: line,
        endColumn: column + numberOr(span['length'], 1),
        rule: textOr(one['code'], ''),
        message: textOr(one['message'], ''),
        severity: one['severity'] === 'error' ? (3 as const) : (2 as const),
      };
    });
  },
};
