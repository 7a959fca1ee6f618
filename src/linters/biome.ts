import { type Linter, type LinterProblem } from './linter.ts';

const line =
  /^::(error|warning|notice) title=([^,]*),file=([^,]*),line=(\d+),endLine=(\d+),col=(\d+),endColumn=(\d+)::(.*)$/;

export const biome: Linter = {
  id: 'biome',
  command(project) {
    const program = project.find(/^\.?biome\.jsonc?$/) ? project.program('biome') : undefined;
    return program === undefined
      ? undefined
      : { program, arguments: ['check', '--reporter=github', '--max-diagnostics=none', '.'] };
  },
  read({ output, errors, code }) {
    const found = `${output}\n${errors}`.split('\n').flatMap((text): LinterProblem[] => {
      const match = line.exec(text);
      if (!match) return [];
      const [, level, title, file, start, end, from, to, message] = match;
      return [
        {
          path: file!,
          line: Number(start),
          column: Number(from) - 1,
          endLine: Number(end),
          endColumn: Number(to) - 1,
          rule: title!,
          message: message!.replaceAll('%0A', ' ').replaceAll('%25', '%'),
          severity: level === 'error' ? 3 : level === 'warning' ? 2 : 1,
        },
      ];
    });
    if (found.length === 0 && code !== 0) throw new Error(errors.trim().split('\n')[0] ?? `it ended with ${code}`);
    return found;
  },
};
