/** Words of a command line → an operation's name, the global flags, and the operation's input. */
import { parseArgs } from 'node:util';
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import type { Flag } from '#operations/flags.ts';
import { commandShape, usageLine } from '#operations/flags.ts';
import { globalFlags } from '#operations/global-flags.ts';
import type { Operation } from '#operations/operation.ts';

export interface GlobalFlags {
  readonly help: boolean;
  readonly version: boolean;
  readonly json: boolean;
  readonly color: boolean | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly config: readonly string[];
}

const isGlobal = (name: string): Flag | undefined => globalFlags.find((flag) => flag.name === name);

export interface CommandWords {
  /** Undefined: no operation was named. */
  readonly name: string | undefined;
  /** The other words. */
  readonly rest: readonly string[];
}

/** Finds the operation: the first word that is no flag. Flags of an operation stand behind its name. */
export function splitCommand(words: readonly string[]): CommandWords {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--') break;
    if (!word.startsWith('-')) return { name: word, rest: words.toSpliced(at, 1) };
    const name = word.replace(/^--?/, '').replace(/=.*$/s, '');
    const flag = isGlobal(name) ?? isGlobal(name.replace(/^no-/, ''));
    if (!flag && word !== '-h' && word !== '-V') break;
    if (flag && flag.type !== 'boolean' && !word.includes('=')) at++;
  }
  return { name: undefined, rest: words };
}

/** For what must be known before anything can be parsed: an error's own form. */
export function wantsJson(words: readonly string[]): boolean {
  const end = words.indexOf('--');
  return (end < 0 ? words : words.slice(0, end)).includes('--json');
}

export interface ParsedCommand {
  readonly globals: GlobalFlags;
  /** Unchecked: the schema has the last word. */
  readonly input: Readonly<Record<string, unknown>>;
}

export function parseCommand(words: readonly string[], operation: Operation | undefined): ParsedCommand {
  const shape = operation ? commandShape(operation) : { positionals: [], flags: [] };
  const known = new Map<string, Flag>();
  for (const flag of [...shape.flags, ...globalFlags]) known.set(flag.name, flag);
  const { tokens } = parseArgs({
    args: [...words],
    options: {
      ...Object.fromEntries(
        [...known.values()].map(({ name, type }) => [
          name,
          { type: type === 'boolean' ? 'boolean' : 'string', multiple: true } as const,
        ]),
      ),
      help: { type: 'boolean', short: 'h', multiple: true },
      version: { type: 'boolean', short: 'V', multiple: true },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const globals: Record<string, unknown> = {};
  const input: Record<string, unknown> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { flag, value } = flagValue(token, known, operation);
    const into = shape.flags.includes(flag) ? input : globals;
    if (!flag.repeated) into[flag.key] = value;
    else if (Array.isArray(into[flag.key])) (into[flag.key] as unknown[]).push(value);
    else into[flag.key] = [value];
  }
  placePositionals(positionals, shape.positionals, input, operation);
  const config = (globals['config'] as string[] | undefined) ?? [];
  const folder = globals['data-folder'] as string | undefined;
  return {
    input,
    globals: {
      help: globals['help'] === true,
      version: globals['version'] === true,
      json: globals['json'] === true,
      color: globals['color'] as boolean | undefined,
      quiet: globals['quiet'] === true,
      verbose: globals['verbose'] === true,
      config: folder === undefined ? config : [...config, `dataFolder=${folder}`],
    },
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function flagValue(
  token: OptionToken,
  known: ReadonlyMap<string, Flag>,
  operation: Operation | undefined,
): { flag: Flag; value: unknown } {
  const { name, rawName, value } = token;
  const flag = rawName.startsWith('--') || rawName === '-h' || rawName === '-V' ? known.get(name) : undefined;
  if (!flag) {
    const positive = rawName.startsWith('--no-') ? known.get(name.slice(3)) : undefined;
    if (positive?.type === 'boolean' && value === undefined) return { flag: positive, value: false };
    const near = nearestName(name, [...known.keys()]);
    const help = operation ? `trowel ${operation.name} --help` : 'trowel --help';
    throw usage(
      `Unknown flag ${rawName}.`,
      near === undefined ? `\`${help}\` lists the flags.` : `Did you mean --${near}?`,
    );
  }
  if (flag.type === 'boolean') {
    if (value === undefined || value === 'true') return { flag, value: true };
    if (value === 'false') return { flag, value: false };
    throw usage(`${rawName} takes no value.`, `Write ${rawName}, or --no-${flag.name}.`);
  }
  if (value === undefined || (token.inlineValue === false && value.startsWith('--'))) {
    throw usage(
      `${rawName} needs a value.`,
      flag.choices ? `One of: ${flag.choices.join(', ')}.` : `For a value that starts with a dash: ${rawName}=…`,
    );
  }
  if (flag.choices && !flag.choices.includes(value)) {
    const near = nearestName(value, flag.choices);
    throw usage(
      `${rawName} cannot be ${JSON.stringify(value)}.`,
      `${near === undefined ? '' : `Did you mean ${near}? `}One of: ${flag.choices.join(', ')}.`,
    );
  }
  if (flag.type === 'number') {
    const number = value.trim() === '' ? Number.NaN : Number(value);
    if (!Number.isFinite(number)) throw usage(`${rawName} needs a number, not ${JSON.stringify(value)}.`);
    return { flag, value: number };
  }
  return { flag, value };
}

function placePositionals(
  words: readonly string[],
  slots: readonly Flag[],
  input: Record<string, unknown>,
  operation: Operation | undefined,
): void {
  const spelled = operation ? usageLine(operation) : 'trowel <operation>';
  let at = 0;
  for (const slot of slots) {
    const rest = slot.repeated ? words.slice(at) : words.slice(at, at + 1);
    at += rest.length;
    if (rest.length > 0) {
      for (const word of rest) {
        if (slot.choices && !slot.choices.includes(word)) {
          throw usage(`${JSON.stringify(word)} is not one of: ${slot.choices.join(', ')}.`, `Usage: ${spelled}`);
        }
        if (slot.type === 'number' && !Number.isFinite(Number(word)))
          throw usage(`${slot.name} needs a number, not ${JSON.stringify(word)}.`);
      }
      const values = slot.type === 'number' ? rest.map(Number) : rest;
      input[slot.key] = slot.repeated ? values : values[0];
    }
  }
  if (at < words.length)
    throw usage(
      `Too many words: ${words
        .slice(at)
        .map((word) => JSON.stringify(word))
        .join(' ')}.`,
      `Usage: ${spelled}`,
    );
}

/** The schema's view of the input; says by flag what is wrong with it. */
export function checkedInput(
  input: Readonly<Record<string, unknown>>,
  operation: Operation,
): Readonly<Record<string, unknown>> {
  const parsed = operation.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const { positionals, flags } = commandShape(operation);
  const issue = parsed.error.issues[0]!;
  const key = String(issue.path[0] ?? '');
  const slot = positionals.find((positional) => positional.key === key);
  const flag = flags.find((candidate) => candidate.key === key);
  const spelled = slot ? `<${slot.name}>` : flag ? `--${flag.name}` : key;
  const message = issue.message.replace(/^Invalid input: /, '');
  const problem = input[key] === undefined ? `${spelled} is missing.` : `${spelled}: ${message}.`;
  throw usage(spelled === '' ? `${message}.` : problem, `Usage: ${usageLine(operation)}`);
}

export function usage(message: string, hint?: string): TrowelError {
  return new TrowelError('usage', message, hint === undefined ? {} : { hint });
}
