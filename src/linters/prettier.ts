import { type Linter, unformatted } from './linter.ts';

export const prettier: Linter = {
  id: 'prettier',
  command(project) {
    const isConfigured =
      project.find(/^\.prettierrc(?:\.\w+)?$|^prettier\.config\.[cm]?[jt]s$/) ??
      project.mentions('package.json', '"prettier":');
    const program = isConfigured ? project.program('prettier') : undefined;
    return program === undefined ? undefined : { program, arguments: ['--list-different', '--ignore-unknown', '.'] };
  },
  read({ output, errors, code }) {
    if (code > 1) throw new Error(errors.trim().split('\n')[0] ?? `it ended with ${code}`);
    return output
      .split('\n')
      .filter((path) => path.trim() !== '')
      .map((path) => unformatted(path.trim(), 'prettier'));
  },
};
