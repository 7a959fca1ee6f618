import { jsonIn, type Linter, numberOr, record, records, textOr } from './linter.ts';

export const ruff: Linter = {
  id: 'ruff',
  command(project) {
    const isConfigured = project.find(/^\.?ruff\.toml$/) ?? project.mentions('pyproject.toml', '[tool.ruff');
    const program = isConfigured ? project.program('ruff') : undefined;
    return program === undefined
      ? undefined
      : { program, arguments: ['check', '--no-cache', '--exit-zero', '--output-format', 'json', '.'] };
  },
  read({ output }) {
    return records(jsonIn(output)).map((one) => {
      const start = record(one['location']);
      const end = record(one['end_location']);
      const line = numberOr(start['row'], 1);
      const column = numberOr(start['column'], 1) - 1;
      const rule = textOr(one['code'], '');
      return {
        path: textOr(one['filename'], ''),
        line,
        column,
        endLine: numberOr(end['row'], line),
        endColumn: numberOr(end['column'], column + 2) - 1,
        rule,
        message: textOr(one['message'], ''),
        // Syntax errors and names that are not defined are errors, all else is advice.
        severity: /^(?:E9|F63|F7|F82)|^$/.test(rule) ? (4 as const) : (2 as const),
      };
    });
  },
};
