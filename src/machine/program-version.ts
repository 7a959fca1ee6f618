import { execFile } from 'node:child_process';

/** What a program says to `--version`, first line; undefined where it is not there or does not answer in five seconds. */
export function programVersion(program: string, words: readonly string[] = ['--version']): Promise<string | undefined> {
  return new Promise((resolve) => {
    // No shell, no standard input: a program that would ask something must end instead.
    const child = execFile(program, [...words], { timeout: 5000, windowsHide: true }, (error, stdout, stderr) => {
      const said = (stdout || stderr).split('\n', 1)[0]?.trim();
      resolve(error && (error as NodeJS.ErrnoException).code !== undefined && !said ? undefined : said || undefined);
    });
    child.stdin?.end();
  });
}

/** The first of several names under which a program is installed. */
export async function firstProgram(
  names: readonly string[],
  words?: readonly string[],
): Promise<{ name: string; version: string } | undefined> {
  for (const name of names) {
    const version = await programVersion(name, words);
    if (version !== undefined) return { name, version };
  }
  return undefined;
}
