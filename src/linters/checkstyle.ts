import { type Linter, type LinterProblem } from './linter.ts';

export const checkstyle: Linter = {
  id: 'checkstyle',
  command(project) {
    const settings = ['checkstyle.xml', 'config/checkstyle/checkstyle.xml', '.checkstyle.xml'].find((path) =>
      project.has(path),
    );
    const program = settings === undefined ? undefined : project.program('checkstyle');
    return program === undefined ? undefined : { program, arguments: ['-c', settings!, '-f', 'xml', '.'] };
  },
  read({ output, errors, code }) {
    if (!output.includes('<checkstyle')) throw new Error(errors.trim().split('\n')[0] ?? `it ended with ${code}`);
    return [...output.matchAll(/<file name="([^"]*)">([^]*?)<\/file>/g)].flatMap(([, path, body]) =>
      [...body!.matchAll(/<error ([^>]*)\/>/g)].map(([, attributes]): LinterProblem => {
        const value = (name: string): string => plain(new RegExp(`\\b${name}="([^"]*)"`).exec(attributes!)?.[1] ?? '');
        const line = Number(value('line')) || 1;
        const column = Math.max(0, (Number(value('column')) || 1) - 1);
        return {
          path: plain(path!),
          line,
          column,
          endLine: line,
          endColumn: column + 1,
          rule: value('source').replace(/^.*\.|Check$/g, ''),
          message: value('message'),
          severity: value('severity') === 'error' ? 3 : 2,
        };
      }),
    );
  },
};

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&');
}
