/** Which commands may run at all, by what the user's settings say. */
export interface CommandPolicy {
  /** Patterns over the command line; empty: everything that is not blocked. */
  readonly allow: readonly string[];
  readonly block: readonly string[];
}

/** The reason why a command is refused; undefined where it may run. The block-list wins. */
export function refusalOf(words: readonly string[], { allow, block }: CommandPolicy): string | undefined {
  const line = words.join(' ');
  const lines = [line, line.replace(/^\S*\//, '')];
  // A shell's line holds commands of its own.
  const inner = /^(?:\S*\/)?(?:ba|da|z|k)?sh$/.test(words[0] ?? '') && words[1] === '-c' ? partsOf(words[2] ?? '') : [];
  const matching = (patterns: readonly string[], text: string): string | undefined =>
    patterns.find((pattern) => matches(pattern, text));
  for (const text of [...lines, ...inner]) {
    const blocked = matching(block, text);
    if (blocked !== undefined) return `the block-list has ${JSON.stringify(blocked)}`;
  }
  if (allow.length === 0) return undefined;
  const asked = inner.length > 0 ? inner : [lines[1]!];
  const foreign = asked.find((text) => matching(allow, text) === undefined && matching(allow, line) === undefined);
  return foreign === undefined ? undefined : `the allow-list has no pattern for ${JSON.stringify(foreign)}`;
}

const partsOf = (line: string): string[] =>
  line
    .split(/&&|\|\||[;|&\n]|\$\(|`|\(|\)/)
    .map((part) =>
      part
        .trim()
        .replace(/^(?:\w+=\S*\s+)+/, '')
        .replace(/^\S*\//, ''),
    )
    .filter((part) => part !== '');

/** `*` stands for anything; a pattern without one also fits with words behind it. */
function matches(pattern: string, line: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = pattern.includes('*') ? `^${source.join('.*')}$` : `^${source[0]}(?:\\s.*)?$`;
  return new RegExp(expression, 's').test(line);
}
