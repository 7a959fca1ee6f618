import { type Linter, unformatted } from './linter.ts';

/** Go has no other layout: it needs no configuration to hold. */
export const gofmt: Linter = {
  id: 'gofmt',
  command(project) {
    const program = project.hasExtension(['.go']) ? project.program('gofmt') : undefined;
    return program === undefined ? undefined : { program, arguments: ['-l', '.'] };
  },
  read({ output, errors, code }) {
    if (code !== 0 && output.trim() === '') throw new Error(errors.trim().split('\n')[0] ?? `it ended with ${code}`);
    return output
      .split('\n')
      .filter((path) => path.endsWith('.go'))
      .map((path) => unformatted(path, 'gofmt'));
  },
};
