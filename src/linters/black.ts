import { type Linter, unformatted } from './linter.ts';

export const black: Linter = {
  id: 'black',
  command(project) {
    const program = project.mentions('pyproject.toml', '[tool.black') ? project.program('black') : undefined;
    return program === undefined ? undefined : { program, arguments: ['--check', '.'] };
  },
  read({ errors, output, code }) {
    if (code > 1) throw new Error(errors.trim().split('\n')[0] ?? `it ended with ${code}`);
    return [...`${output}\n${errors}`.matchAll(/^would reformat (.+)$/gm)].map((match) =>
      unformatted(match[1]!, 'black'),
    );
  },
};
