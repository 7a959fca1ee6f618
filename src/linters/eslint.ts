import { jsonIn, type Linter, numberOr, records, textOr } from './linter.ts';

export const eslint: Linter = {
  id: 'eslint',
  command(project) {
    const isConfigured =
      project.find(/^eslint\.config\.[cm]?[jt]s$|^\.eslintrc(?:\.\w+)?$/) ??
      project.mentions('package.json', '"eslintConfig"');
    const program = isConfigured ? project.program('eslint') : undefined;
    return program === undefined ? undefined : { program, arguments: ['--format', 'json', '.'] };
  },
  read({ output }) {
    return records(jsonIn(output)).flatMap((file) =>
      records(file['messages']).map((one) => {
        const line = numberOr(one['line'], 1);
        const column = numberOr(one['column'], 1) - 1;
        return {
          path: textOr(file['filePath'], ''),
          line,
          column,
          endLine: numberOr(one['endLine'], line),
          endColumn: numberOr(one['endColumn'], column + 2) - 1,
          rule: textOr(one['ruleId'], ''),
          message: textOr(one['message'], ''),
          severity: one['severity'] === 2 ? (3 as const) : (2 as const),
        };
      }),
    );
  },
};
