/** Edits of a Python file as people make them: inside bodies, and of what the file offers to others. */

export const bodyEdits = ['call added', 'constant changed'] as const;
export const interfaceEdits = ['function renamed', 'function added', 'parameters changed'] as const;
export type EditKind = (typeof bodyEdits)[number] | (typeof interfaceEdits)[number];

export interface Edit {
  readonly kind: EditKind;
  readonly text: string;
  /** A name that the edited file declares and the file before did not. */
  readonly declares?: string;
}

interface Place {
  readonly line: number;
  readonly match: RegExpExecArray;
}

/** One edit of each kind that the text allows. */
export function editsOf(text: string, random: () => number): readonly Edit[] {
  const lines = text.split('\n');
  const code = codeLines(lines);
  const places = (pattern: RegExp): Place[] =>
    lines.flatMap((content, line) => {
      const match = code[line] ? pattern.exec(content) : null;
      return match ? [{ line, match }] : [];
    });
  const anyOf = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const replaced = (line: number, content: string): string => lines.with(line, content).join('\n');
  const edits: Edit[] = [];

  const functions = places(/^def (\w+)\(/);
  const returns = anyOf(places(/^(\s+)return\b/));
  const called = anyOf(functions);
  if (returns && called)
    edits.push({
      kind: 'call added',
      text: lines.toSpliced(returns.line, 0, `${returns.match[1]}${called.match[1]}()`).join('\n'),
    });

  const constant = anyOf(places(/^(\s+[^#'"]*[=(,[ ])(\d+)([\s),:\]]|$)/));
  if (constant) {
    const [whole, before, value, after] = constant.match;
    edits.push({
      kind: 'constant changed',
      text: replaced(
        constant.line,
        `${before}${Number(value) + 1}${after}${lines[constant.line]!.slice(whole.length)}`,
      ),
    });
  }

  const definition = anyOf(places(/^(\s*(?:async )?def )([a-z]\w*)\(/));
  if (definition) {
    const [whole, before, name] = definition.match;
    const declares = `${name}_renamed`;
    edits.push({
      kind: 'function renamed',
      text: replaced(definition.line, `${before}${declares}(${lines[definition.line]!.slice(whole.length)}`),
      declares,
    });
  }
  if (called) {
    const declares = `added_after_${called.match[1]}`;
    edits.push({
      kind: 'function added',
      text: `${text}\n\ndef ${declares}(value):\n    return ${called.match[1]}(value)\n`,
      declares,
    });
  }
  const parameters = anyOf(places(/^(\s*def \w+\([^()*]*\w)(\):)$/));
  if (parameters)
    edits.push({
      kind: 'parameters changed',
      text: replaced(parameters.line, `${parameters.match[1]}, added_parameter=None${parameters.match[2]}`),
    });
  return edits;
}

/** Which lines begin outside a string of several lines. */
function codeLines(lines: readonly string[]): readonly boolean[] {
  let open: string | undefined;
  return lines.map((line) => {
    const outside = open === undefined;
    for (const [quote] of line.matchAll(/"""|'''/g)) {
      if (open === undefined) open = quote;
      else if (open === quote) open = undefined;
    }
    return outside;
  });
}
