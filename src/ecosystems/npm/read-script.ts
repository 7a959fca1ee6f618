/** A script's command line: which programs it starts, which files it runs, which settings it names. */
import { isSystemProgram } from './binaries.ts';

export interface ScriptParts {
  /** Programs that packages bring. */
  readonly programs: readonly string[];
  /** Files that are run, as written. */
  readonly files: readonly string[];
  /** Modules that are loaded before (`-r x`, `--import x`, `--loader x`). */
  readonly preloads: readonly string[];
  /** Values of `--config` and its like, as written. */
  readonly configurations: readonly string[];
}

const runners = new Set([
  'node',
  'tsx',
  'ts-node',
  'ts-node-esm',
  'tsnd',
  'ts-node-dev',
  'bun',
  'deno',
  'babel-node',
  'nodemon',
  'jiti',
  'esno',
  'esmo',
  'swc-node',
  'vite-node',
  'electron',
  'c8',
  'nyc',
  'zx',
  'sucrase-node',
  'pm2',
  'forever',
  'node-dev',
  'wtfnode',
  'clinic',
  '0x',
  'bare',
  'supervisor',
]);
/** Programs that take another command line as their own arguments. */
const wrappers = new Set([
  'cross-env',
  'cross-env-shell',
  'dotenv',
  'dotenvx',
  'env-cmd',
  'c8',
  'nyc',
  'time',
  'sudo',
  'exec',
  'env',
  'nice',
  'timeout',
  'retry',
  'command',
  'xvfb-run',
  'caffeinate',
  'nohup',
  'start-server-and-test',
  'wait-on',
  'doppler',
  'infisical',
  'op',
]);
const subcommands: Readonly<Record<string, ReadonlySet<string>>> = {
  npx: new Set(),
  pnpx: new Set(),
  bunx: new Set(),
  pnpm: new Set(['exec', 'dlx']),
  yarn: new Set(['exec', 'dlx', 'run']),
  npm: new Set(['exec', 'x']),
  bun: new Set(['x']),
};
/** Options of wrappers that are followed by a value. */
const wrapperValue =
  /^(?:-r|--reporter|--reporters|--reporter-options|-n|--include|-x|--exclude|--src|-e|--extension|-f|--file|--temp-directory|--report-dir|-o|--reports-dir|-t)$/;
const scriptFile = /^\S+\.(?:[cm]?[jt]sx?)$/;

export function readScript(command: string): ScriptParts {
  const programs = new Set<string>();
  const files = new Set<string>();
  const preloads = new Set<string>();
  const configurations = new Set<string>();
  for (const words of commandsOf(command)) readWords(words);
  return { programs: [...programs], files: [...files], preloads: [...preloads], configurations: [...configurations] };

  function readWords(all: readonly string[]): void {
    let words = all;
    while (words.length > 0 && (/^\w+=/.test(words[0]!) || words[0] === '!')) words = words.slice(1);
    if (words.length === 0) return;
    const program = words[0]!.replace(/^(?:\.\/)?node_modules\/\.bin\//, '');
    const rest = words.slice(1);
    const sub = subcommands[program];
    if (sub) {
      const option = (word: string): boolean => word.startsWith('-');
      if (sub.size === 0) {
        const at = rest.findIndex((word) => !option(word));
        if (at >= 0 && !rest.includes('-p') && !rest.includes('--package')) {
          // `npx tool@version` fetches it: nothing is declared for that.
          if (!/.@/.test(rest[at]!)) readWords(rest.slice(at));
        }
        return;
      }
      const first = rest.findIndex((word) => !option(word));
      if (first < 0) return;
      if (rest[first] === 'dlx' || rest[first] === 'x') return;
      if (sub.has(rest[first]!)) readWords(rest.slice(first + 1).filter((word, at) => at > 0 || word !== '--'));
      else if (program === 'bun' && scriptFile.test(rest[first]!)) files.add(rest[first]!);
      else if (program === 'yarn' || program === 'pnpm') {
        // A script's name or a program's: the reader of the manifest knows which.
        if (
          !/^(?:install|add|remove|run|test|workspace|workspaces|build|link|publish|-r|recursive|run-script|start|up|why|list|audit|version|pack|set|cache|config|init|create|global|info|node|plugin)$/.test(
            rest[first]!,
          )
        )
          programs.add(rest[first]!);
      }
      return;
    }
    if (scriptFile.test(program)) files.add(program);
    else if (!isSystemProgram(program) && /^[\w@][\w./@-]*$/.test(program)) {
      if (program.includes('/') && !program.startsWith('@')) return;
      programs.add(program);
    }
    options(program, rest);
    if (wrappers.has(program)) {
      const at = rest.findIndex(
        (word, index) => !word.startsWith('-') && !/^\w+=/.test(word) && !wrapperValue.test(rest[index - 1] ?? ''),
      );
      const dashes = rest.indexOf('--');
      const from = dashes >= 0 ? dashes + 1 : at;
      const isOwn = /^(?:c8|nyc)$/.test(program) && /^(?:report|check-coverage|merge|instrument)$/.test(rest[at] ?? '');
      if (!isOwn && from >= 0 && from < rest.length) readWords(rest.slice(from));
      return;
    }
    if (program === 'concurrently' || program === 'conc' || program === 'run-p' || program === 'run-s') {
      for (const word of rest) if (/\s/.test(word)) for (const inner of commandsOf(word)) readWords(inner);
    }
    if (runners.has(program)) {
      const run = rest.find(
        (word, at) => !word.startsWith('-') && !takesValue(rest[at - 1]) && word !== 'run' && word !== 'watch',
      );
      if (run !== undefined && !/[*$]/.test(run)) files.add(run);
    } else
      rest.forEach((word, at) => {
        if (scriptFile.test(word) && !/^-|\*/.test(word) && !takesValue(rest[at - 1])) files.add(word);
      });
  }

  function options(program: string, rest: readonly string[]): void {
    rest.forEach((word, at) => {
      const equals = /^(--?[\w-]+)=(.+)$/.exec(word);
      const name = equals ? equals[1]! : word;
      const value = equals ? equals[2]! : rest[at + 1];
      if (value === undefined) return;
      if (/^(?:-r|--require|--import|--loader|--experimental-loader)$/.test(name)) preloads.add(value);
      else if (/^(?:-c|--config|--project|-p)$/.test(name) && /[./]/.test(value) && program !== 'npx')
        configurations.add(value);
    });
  }
}

function takesValue(option: string | undefined): boolean {
  return (
    option !== undefined &&
    /^(?:-r|--require|--import|--loader|--experimental-loader|--env-file|-e|-p|--eval|--project|-P|--exec|-x|--watch|-w|--ext|-c|--config|--conditions|-C|--tsconfig)$/.test(
      option,
    )
  );
}

/** Command lines split at `&&`, `||`, `;`, `|` and `&`, in words without their quotes. */
function commandsOf(text: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word = '';
  let inWord = false;
  const endWord = (): void => {
    if (inWord) words.push(word);
    word = '';
    inWord = false;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]!;
    if (unit === '"' || unit === "'") {
      const close = text.indexOf(unit, at + 1);
      const end = close < 0 ? text.length : close;
      word += text.slice(at + 1, end);
      inWord = true;
      at = end;
    } else if (unit === '\\' && text[at + 1] === '"') {
      const close = text.indexOf('\\"', at + 2);
      const end = close < 0 ? text.length : close;
      word += text.slice(at + 2, end);
      inWord = true;
      at = end + 1;
    } else if (/\s/.test(unit)) {
      if (unit === '\n') endCommand();
      else endWord();
    } else if (unit === '&' || unit === '|' || unit === ';' || unit === '(' || unit === ')') endCommand();
    else if (unit === '>' || unit === '<') {
      endWord();
      // The file of a redirection is no argument.
      while (at + 1 < text.length && /[>&\d\s]/.test(text[at + 1]!)) at++;
      while (at + 1 < text.length && !/[\s;&|]/.test(text[at + 1]!)) at++;
    } else {
      word += unit;
      inWord = true;
    }
  }
  endCommand();
  return commands;
}
