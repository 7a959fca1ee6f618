import type { TerminalStyle } from '#operations/operation.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A stream that text goes to; a part of what process.stdout is. */
export interface TextStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string, done?: (error?: Error | null) => void): boolean;
}

export type ColorChoice = 'auto' | 'always' | 'never';

/** NO_COLOR and FORCE_COLOR as no-color.org and Node read them: the more specific wish wins over what the stream is. */
export function usesColor(stream: TextStream, environment: Environment, choice: ColorChoice): boolean {
  if (choice !== 'auto') return choice === 'always';
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return false;
  if (environment['TERM'] === 'dumb') return false;
  return stream.isTTY === true;
}

export function terminalStyle(stream: TextStream, environment: Environment, choice: ColorChoice): TerminalStyle {
  const stated = Number(environment['COLUMNS']);
  const width = stream.columns ?? (Number.isInteger(stated) && stated > 0 ? stated : 100);
  return {
    width: Math.max(40, width),
    color: usesColor(stream, environment, choice),
    unicode: speaksUnicode(environment),
  };
}

function speaksUnicode(environment: Environment): boolean {
  if (environment['TERM'] === 'linux') return false;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  // A machine without any locale is a container or a service: what reads its output today reads UTF-8.
  return locale === '' || locale === 'C' || locale === 'POSIX' || /utf-?8/i.test(locale);
}
