import type { FileId, Snapshot } from '#model/snapshot.ts';

/** Lines of files as they were indexed, read once each. */
export class SourceLines {
  readonly #snapshot: Snapshot;
  readonly #files = new Map<FileId, readonly string[] | undefined>();

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  /** Undefined: the file has changed since, or gone. */
  of(file: FileId): readonly string[] | undefined {
    if (!this.#files.has(file)) this.#files.set(file, this.#snapshot.text(file)?.split(/\r\n|\n|\r/));
    return this.#files.get(file);
  }

  /** Lines from first to last, 1-based and inclusive, without the blank ones around. */
  between(file: FileId, first: number, last: number): string | undefined {
    const lines = this.of(file);
    return lines && joined(lines.slice(first - 1, last));
  }
}

/** Without blank lines at the start and the end. */
export function joined(lines: readonly string[]): string {
  let start = 0;
  let end = lines.length;
  while (start < end && lines[start]!.trim() === '') start++;
  while (end > start && lines[end - 1]!.trim() === '') end--;
  return lines.slice(start, end).join('\n');
}

/** Without the indentation that all lines share. */
export function dedented(text: string): string {
  const lines = text.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)![0]);
  const first = indents[0] ?? '';
  return indents.every((indent) => indent.startsWith(first))
    ? lines.map((line) => (line.startsWith(first) ? line.slice(first.length) : line)).join('\n')
    : text;
}
