/** The text of a comment without its marks: `//`, `///`, `/** … *\/`, `#`, `--`, `;;`, leading stars. */
export function commentText(raw: string): string {
  const lines = raw.split(/\r?\n/);
  const cleaned = lines.map((line) => {
    let text = line.trim();
    text = text
      .replace(/^(?:\/\*+!?|\(\*+|\{-\|?|\/\/[/!]?|#+!?|--+ ?\||--+|;+|%+|\*+(?!\/))/, '')
      .replace(/(?:\*+\/|\*+\)|-\})$/, '');
    return text.replace(/^ /, '').trimEnd();
  });
  while (cleaned.length && !cleaned[0]!.trim()) cleaned.shift();
  while (cleaned.length && !cleaned.at(-1)!.trim()) cleaned.pop();
  return cleaned.join('\n');
}

/** Longest documentation kept, in UTF-16 units. */
export const DOCUMENTATION_LIMIT = 4000;
