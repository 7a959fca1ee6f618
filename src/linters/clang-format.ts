import { type Linter, type LinterProblem } from './linter.ts';

const extensions = ['.c', '.cc', '.cpp', '.cxx', '.h', '.hpp', '.hh'];

export const clangFormat: Linter = {
  id: 'clang-format',
  command(project) {
    const isConfigured = project.find(/^[._]clang-format$/) !== undefined && project.hasExtension(extensions);
    const program = isConfigured ? project.program('clang-format') : undefined;
    // It takes files, not folders: `find` gives them, and nothing of a project is a part of the command line.
    return program === undefined
      ? undefined
      : {
          program: 'find',
          arguments: [
            '.',
            '-type',
            'f',
            '(',
            ...extensions.flatMap((extension, at) => [...(at > 0 ? ['-o'] : []), '-name', `*${extension}`]),
            ')',
            '-exec',
            program,
            '--dry-run',
            '--ferror-limit=0',
            '{}',
            '+',
          ],
        };
  },
  read({ errors }) {
    const files = new Map<string, LinterProblem>();
    for (const match of errors.matchAll(/^(.+?):(\d+):(\d+): (?:warning|error): code should be clang-formatted/gm)) {
      const [, path, row, column] = match;
      if (!files.has(path!))
        files.set(path!, {
          path: path!,
          line: Number(row),
          column: Number(column) - 1,
          endLine: Number(row),
          endColumn: Number(column),
          rule: '',
          message: 'The file is not laid out as clang-format would lay it out, from here on.',
          severity: 1,
        });
    }
    return [...files.values()];
  },
};
