/** GitHub's workflow commands: a line each, which the runner turns into annotations on the change. */
import type { FindingFormat } from './finding-format.ts';

/** The runner shows ten annotations of a kind for each step; more are logged only. */
export const github: FindingFormat = {
  write: ({ findings }) =>
    findings
      .map(({ place, severity, rule, message }) => {
        const { path, startLine, startColumn, endLine, endColumn } = place;
        const level = severity >= 4 ? 'error' : severity === 3 ? 'warning' : 'notice';
        const columns = startLine === endLine ? `,col=${startColumn + 1},endColumn=${endColumn + 1}` : '';
        return `::${level} file=${property(path)},line=${startLine},endLine=${endLine}${columns},title=${property(rule)}::${data(message)}\n`;
      })
      .join(''),
};

function data(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd')
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
