import { painter } from '#base/paint.ts';
import type { Flag } from '#operations/flags.ts';
import { commandShape, usageLine } from '#operations/flags.ts';
import { globalFlags } from '#operations/global-flags.ts';
import type { Operation, TerminalStyle } from '#operations/operation.ts';

const groupTitles: Readonly<Record<Operation['group'], string>> = {
  understand: 'Understand',
  find: 'Find',
  judge: 'Judge',
  guard: 'Guard',
  prove: 'Prove',
  know: 'Know',
  change: 'Change',
  learn: 'Learn',
  run: 'Run',
  ship: 'Ship',
};

/** `trowel --help`. */
export function overviewPage(operations: readonly Operation[], style: TerminalStyle): string {
  const paint = painter(style.color);
  const parts = [
    `${paint.bold('trowel')} digs into a codebase: symbols, an exact call graph, history and risk.`,
    `${paint.bold('Usage')}\n  trowel <operation> [subject] [path] [flags]\n  trowel                  the survey of the repository that you are in`,
  ];
  for (const [group, title] of Object.entries(groupTitles)) {
    const members = operations.filter((operation) => operation.group === group);
    if (members.length === 0) continue;
    parts.push(
      `${paint.bold(title)}\n${columns(
        members.map(({ name, summary }) => [name, summary]),
        style.width,
        paint.cyan,
      )}`,
    );
  }
  parts.push(`${paint.bold('Flags everywhere')}\n${flagLines(globalFlags, style)}`);
  parts.push(`${paint.bold('Exit codes')}\n  0 fine · 1 findings · 2 usage or known error · 70 bug · 130 interrupted`);
  parts.push(`\`trowel <operation> --help\` shows its flags and examples.`);
  return `${parts.join('\n\n')}\n`;
}

/** `trowel <operation> --help`. */
export function helpPage(operation: Operation, style: TerminalStyle): string {
  const paint = painter(style.color);
  const { positionals, flags } = commandShape(operation);
  const parts = [sentence(operation.summary), `${paint.bold('Usage')}\n  ${usageLine(operation)}`];
  if (positionals.length > 0) {
    parts.push(
      `${paint.bold('Subject')}\n${columns(
        positionals.map((slot) => [slot.name, explained(slot)]),
        style.width,
        paint.cyan,
      )}`,
    );
  }
  if (flags.length > 0) parts.push(`${paint.bold('Flags')}\n${flagLines(flags, style)}`);
  parts.push(`${paint.bold('Flags everywhere')}\n${flagLines(globalFlags, style)}`);
  if (operation.examples.length > 0) {
    const examples = operation.examples.map(({ command, explains }) => `  ${paint.cyan(command)}\n      ${explains}`);
    parts.push(`${paint.bold('Examples')}\n${examples.join('\n')}`);
  }
  return `${parts.join('\n\n')}\n`;
}

function flagLines(flags: readonly Flag[], style: TerminalStyle): string {
  return columns(
    flags.map((flag) => [flagWord(flag), explained(flag)]),
    style.width,
    painter(style.color).cyan,
  );
}

function flagWord({ name, type, choices, default: fallback }: Flag): string {
  if (type === 'boolean') return fallback === true ? `--no-${name}` : `--${name}`;
  return `--${name} <${choices && choices.join('|').length <= 24 ? choices.join('|') : type === 'number' ? 'n' : 'text'}>`;
}

function explained({ description, choices, default: fallback, repeated, type, name }: Flag): string {
  const notes: string[] = [];
  if (choices && choices.join('|').length > 24) notes.push(`one of ${choices.join(', ')}`);
  if (repeated && type !== 'boolean') notes.push('may be repeated');
  const empty = fallback === undefined || fallback === false || (Array.isArray(fallback) && fallback.length === 0);
  if (!empty)
    notes.push(
      fallback === true
        ? `--${name} is the default`
        : `default ${Array.isArray(fallback) ? fallback.join(',') : String(fallback)}`,
    );
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`.trim();
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Two columns, the second wrapped at words. */
function columns(rows: readonly (readonly [string, string])[], width: number, first: (text: string) => string): string {
  const left = Math.min(30, Math.max(...rows.map(([word]) => word.length)));
  const room = Math.max(20, Math.min(width, 110) - left - 4);
  return rows
    .map(([word, text]) => {
      const lines = wrapWords(text, room);
      const gap = ' '.repeat(left + 4);
      if (word.length > left) return `  ${first(word)}\n${lines.map((line) => gap + line).join('\n')}`;
      const [head = '', ...more] = lines;
      return [
        `  ${first(word)}${' '.repeat(left - word.length)}  ${head}`.trimEnd(),
        ...more.map((line) => gap + line),
      ].join('\n');
    })
    .join('\n');
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
}
