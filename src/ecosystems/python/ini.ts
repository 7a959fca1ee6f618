/** Sections of an INI file as Python's configparser reads them: values may go on over indented lines. */

export interface IniEntry {
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

export type IniFile = ReadonlyMap<string, ReadonlyMap<string, IniEntry>>;

export function readIni(text: string): IniFile {
  const sections = new Map<string, Map<string, IniEntry>>();
  let section: Map<string, IniEntry> | undefined;
  let key: string | undefined;
  text.split(/\r?\n/).forEach((line, at) => {
    if (/^\s*(?:[#;].*)?$/.test(line)) return;
    const header = /^\[([^\]]+)\]/.exec(line);
    if (header) {
      const name = header[1]!.trim();
      section = sections.get(name) ?? new Map<string, IniEntry>();
      sections.set(name, section);
      key = undefined;
      return;
    }
    if (/^\s/.test(line) && section && key !== undefined) {
      const before = section.get(key)!;
      section.set(key, { ...before, value: `${before.value}\n${line.trim().replace(/\s+[#;].*$/, '')}` });
      return;
    }
    const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line);
    if (!pair || !section) return;
    key = pair[1]!.trim();
    section.set(key, { value: pair[2]!.trim(), line: at + 1 });
  });
  return sections;
}

/** A value that lists things by lines, commas left in. */
export function iniLines(entry: IniEntry | undefined): string[] {
  return (entry?.value ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
