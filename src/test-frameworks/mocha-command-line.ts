import type { CommandLine } from './test-framework.ts';

/** Flags of mocha that stand alone; what else begins with a dash takes the next word. */
const alone =
  /^(?:--(?:no-)?(?:allow-uncaught|async-only|bail|check-leaks|color|colors|delay|diff|dry-run|exit|fail-zero|forbid-only|forbid-pending|full-trace|growl|inline-diffs|invert|parallel|recursive|sort|watch|quiet|harmony[\w-]*|experimental[\w-]*|expose-gc|trace[\w-]*|pass-on-failing-test-suite|posix-exit-codes|enable-source-maps)|-[AbcCiGpSw]+)$/;

/** Of a script's words: what `mocha` is given. Options of mocha and of Node stand mixed. */
export function mochaCommandLine(command: string): CommandLine | undefined {
  const words = wordsOf(command);
  const at = words.findIndex((word) => /(?:^|\/)_?mocha(?:\.js)?$/.test(word));
  if (at < 0) return undefined;
  const files: string[] = [];
  const required: string[] = [];
  const settings: Record<string, unknown> = {};
  const rest = words.slice(at + 1);
  const end = rest.findIndex((word) => /^(?:&&|\|\||;|\||&)$/.test(word));
  const own = end < 0 ? rest : rest.slice(0, end);
  for (let index = 0; index < own.length; index++) {
    const word = own[index]!;
    if (!word.startsWith('-')) {
      files.push(word);
      continue;
    }
    const [flag = '', joined] = word.startsWith('--') ? word.split(/=(.*)/s, 2) : [word];
    if (flag === '--recursive') settings['recursive'] = true;
    if (flag === '--' || alone.test(flag)) continue;
    const value = joined ?? own[++index] ?? '';
    if (flag === '-u' || flag === '--ui') settings['ui'] = value;
    else if (flag === '-t' || flag === '--timeout' || flag === '--timeouts') settings['timeout'] = milliseconds(value);
    else if (['-r', '--require', '--import', '--file'].includes(flag)) required.push(value);
    else if (flag === '--spec') files.push(value);
  }
  return { files, settings: { ...settings, ...(required.length > 0 ? { require: required } : {}) } };
}

/** `2s`, `5000`, `0` for no end. */
function milliseconds(text: string): number {
  const [, number, unit] = /^([\d.]+)(ms|s|m)?$/.exec(text) ?? [];
  return Number(number ?? 2000) * (unit === 's' ? 1000 : unit === 'm' ? 60_000 : 1);
}

/** As a shell would part them, without expanding anything. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, one?: string, other?: string) => one ?? other ?? ''),
  );
}
