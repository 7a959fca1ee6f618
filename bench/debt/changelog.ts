/** What a changelog says of each release. */

const heading = /^(?:#{1,4}\s*)?\[?v?(\d+\.\d+\.\d+)\]?(?![\w.-])(.*)$/;
const date =
  /\b(\d{4})[-/](\d{1,2})[-/](\d{1,2})\b|\b(?:\d{1,2} )?[A-Z][a-z]{2,8}\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}\b/;

export interface ChangelogSection {
  /** Seconds since the epoch; undefined where the heading has no date. */
  readonly time: number | undefined;
  readonly notes: string;
}

/** By version: the lines up to the next version's heading. */
export function changelogSections(text: string): ReadonlyMap<string, ChangelogSection> {
  const sections = new Map<string, ChangelogSection>();
  let open: { readonly version: string; readonly rest: string } | undefined;
  let lines: string[] = [];
  const close = (): void => {
    if (!open || sections.has(open.version)) return;
    const written = date.exec(open.rest)?.[0];
    const time = written === undefined ? Number.NaN : Date.parse(written.replace(/(\d)(?:st|nd|rd|th)\b/, '$1'));
    sections.set(open.version, { time: Number.isNaN(time) ? undefined : time / 1000, notes: lines.join('\n').trim() });
  };
  for (const line of text.split('\n')) {
    const found = heading.exec(line);
    if (!found) {
      lines.push(line);
      continue;
    }
    close();
    open = { version: found[1]!, rest: found[2]! };
    lines = [];
  }
  close();
  return sections;
}

/** Whether at least half of its entries speak of fixes; undefined where it has no entries. */
export function speaksOfFixes(notes: string): boolean | undefined {
  const entries: string[] = [];
  let under = '';
  for (const line of notes.split('\n')) {
    if (/^#{1,5}\s|^\*\*[^*]+\*\*:?\s*$|^[A-Z][\w ]+:?$/.test(line)) under = line;
    else if (/^\s*[-*•]\s/.test(line)) entries.push(`${under} ${line}`);
  }
  if (entries.length === 0) return undefined;
  const fixes = entries.filter((entry) =>
    /\b(?:fix(?:e[sd]|ing)?|bug(?:s|fix(?:es)?)?|regressions?|crash(?:e[sd])?|patch(?:es)?)\b/i.test(entry),
  );
  return fixes.length * 2 >= entries.length;
}
