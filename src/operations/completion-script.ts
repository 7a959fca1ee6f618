/** Completion scripts, made whole: a shell asks nothing of Trowel while one types. */
import type { Flag } from './flags.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly Flag[];
  /** Words that a positional can be. */
  readonly choices: readonly string[];
}

export function completionScript(
  shell: (typeof shells)[number],
  commands: readonly CompletedCommand[],
  everywhere: readonly Flag[],
): string {
  return { bash, zsh, fish }[shell](commands, everywhere);
}

/** As one word of any of the three shells. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const dashed = (flags: readonly Flag[]): string =>
  flags
    .flatMap(({ name, type, default: fallback }) =>
      type === 'boolean' && fallback === true ? [`--no-${name}`] : [`--${name}`],
    )
    .join(' ');

function bash(commands: readonly CompletedCommand[], everywhere: readonly Flag[]): string {
  const values = choiceCases(
    commands,
    (command, flag, choices) =>
      `    ${command}:--${flag}) COMPREPLY=($(compgen -W ${quoted(choices.join(' '))} -- "$word")); return ;;`,
  );
  return `# bash completion of trowel
_trowel() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command= flags= choices= index
  for ((index = 1; index < COMP_CWORD; index++)); do
    if [[ "\${COMP_WORDS[index]}" != -* ]]; then command="\${COMP_WORDS[index]}"; break; fi
  done
  case "$command:$before" in
${values.join('\n')}
  esac
  if [[ -z "$command" && "$word" != -* ]]; then
    COMPREPLY=($(compgen -W ${quoted(commands.map(({ name }) => name).join(' '))} -- "$word"))
    return
  fi
  case "$command" in
${commands.map(({ name, flags, choices }) => `    ${name}) flags=${quoted(dashed(flags))}; choices=${quoted(choices.join(' '))} ;;`).join('\n')}
  esac
  if [[ "$word" == -* ]]; then COMPREPLY=($(compgen -W "$flags ${dashed(everywhere)}" -- "$word"))
  else COMPREPLY=($(compgen -W "$choices" -- "$word") $(compgen -f -- "$word")); fi
}
complete -o filenames -F _trowel trowel
`;
}

function zsh(commands: readonly CompletedCommand[], everywhere: readonly Flag[]): string {
  const described = (name: string, text: string): string => quoted(`${name}:${text.replaceAll(':', ' ')}`);
  const flagLines = (flags: readonly Flag[]): string =>
    flags.map((flag) => described(dashed([flag]), flag.description)).join(' ');
  const values = choiceCases(
    commands,
    (command, flag, choices) => `    ${command}:--${flag}) compadd -- ${choices.map(quoted).join(' ')}; return ;;`,
  );
  return `#compdef trowel
# zsh completion of trowel
_trowel() {
  local command= index
  local -a operations flags
  for ((index = 2; index < CURRENT; index++)); do
    if [[ "\${words[index]}" != -* ]]; then command="\${words[index]}"; break; fi
  done
  case "$command:\${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  if [[ -z "$command" && "\${words[CURRENT]}" != -* ]]; then
    operations=(${commands.map(({ name, summary }) => described(name, summary)).join(' ')})
    _describe operation operations
    return
  fi
  case "$command" in
${commands.map(({ name, flags }) => `    ${name}) flags=(${flagLines(flags)}) ;;`).join('\n')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    flags+=(${flagLines(everywhere)})
    _describe flag flags
    return
  fi
  case "$command" in
${commands
  .filter(({ choices }) => choices.length > 0)
  .map(({ name, choices }) => `    ${name}) compadd -- ${choices.map(quoted).join(' ')} ;;`)
  .join('\n')}
  esac
  _files
}
compdef _trowel trowel
`;
}

function fish(commands: readonly CompletedCommand[], everywhere: readonly Flag[]): string {
  const lines = ['# fish completion of trowel'];
  const flagLine = (condition: string, { name, type, choices, description, default: fallback }: Flag): string => {
    const value = type === 'boolean' ? '' : choices ? ` -x -a ${quoted(choices.join(' '))}` : ' -r';
    return `complete -c trowel${condition} -l ${type === 'boolean' && fallback === true ? `no-${name}` : name}${value} -d ${quoted(description)}`;
  };
  for (const { name, summary, flags, choices } of commands) {
    lines.push(`complete -c trowel -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`);
    const condition = ` -n '__fish_seen_subcommand_from ${name}'`;
    for (const flag of flags) lines.push(flagLine(condition, flag));
    if (choices.length > 0) lines.push(`complete -c trowel${condition} -a ${quoted(choices.join(' '))}`);
  }
  for (const flag of everywhere) lines.push(flagLine('', flag));
  return `${lines.join('\n')}\n`;
}

function choiceCases(
  commands: readonly CompletedCommand[],
  line: (command: string, flag: string, choices: readonly string[]) => string,
): string[] {
  return commands.flatMap(({ name, flags }) =>
    flags.flatMap((flag) => (flag.choices ? [line(name, flag.name, flag.choices)] : [])),
  );
}
