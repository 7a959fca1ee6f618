import type { FindingPlace, FoundProblem } from '#model/finding.ts';
import type { TextIndex } from '#languages/text-index.ts';
import type { JudgedFile, JudgedRole, Note, NoteData, Range, ReportOptions } from '#rules/rule.ts';
import { normalisedCode } from './fingerprint.ts';

/** A problem of one file before the file has a path. `text` is the place's own, normalised. */
export interface FileProblem extends Omit<FoundProblem, 'place' | 'related' | 'edits' | 'symbol' | 'identity'> {
  readonly rule: string;
  readonly place: Omit<FindingPlace, 'path'>;
  readonly identity: string;
  readonly related?: readonly (Omit<FindingPlace, 'path'> & { readonly message: string })[];
  readonly edits?: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

export interface FileText {
  readonly text: string;
  readonly language: string;
  readonly role: JudgedRole;
  readonly isDeclaration: boolean;
}

/** Collects what the rules say of one file. */
export class FileReporter {
  readonly problems: FileProblem[] = [];
  readonly notes = new Map<string, Note[]>();
  readonly #file: FileText;
  readonly #index: TextIndex;

  constructor(file: FileText, index: TextIndex) {
    this.#file = file;
    this.#index = index;
  }

  /** What a rule sees of the file. */
  view(rule: string, isPartial: boolean): JudgedFile {
    const { text, language, role, isDeclaration } = this.#file;
    return {
      text,
      language,
      role,
      isPartial,
      isDeclaration,
      slice: ({ start, end }) => text.slice(start, end),
      line: (offset) => this.#index.line(offset),
      flow: () => undefined,
      report: (where, message, options = {}) => this.#report(rule, where, message, options),
      note: (where, data, options = {}) => this.#note(rule, where, data, options),
    };
  }

  /** What stands on lines that do not parse is said of a guess. */
  withoutLines(lines: ReadonlySet<number>): void {
    const kept = this.problems.filter(({ place }) => !lines.has(place.startLine));
    this.problems.splice(0, this.problems.length, ...kept);
  }

  #place({ start, end }: Range): Omit<FindingPlace, 'path'> {
    const index = this.#index;
    const startLine = index.line(start);
    const endLine = index.line(end);
    return {
      startLine,
      startColumn: index.column(start, startLine) - 1,
      endLine,
      endColumn: index.column(end, endLine) - 1,
    };
  }

  #identity(where: Range, options: ReportOptions): string {
    const { start, end } = options.identityOf ?? where;
    return options.identity ?? normalisedCode(this.#file.text.slice(start, end));
  }

  #report(rule: string, where: Range, message: string, options: ReportOptions): void {
    const { related, severity, confidence, minutes, edits } = options;
    this.problems.push({
      rule,
      message,
      place: this.#place(where),
      identity: this.#identity(where, options),
      ...(severity !== undefined && { severity }),
      ...(confidence !== undefined && { confidence }),
      ...(minutes !== undefined && { minutes }),
      ...(edits && { edits }),
      ...(related && { related: related.map((one) => ({ ...this.#place(one), message: one.message })) }),
    });
  }

  #note(rule: string, where: Range, data: NoteData, options: ReportOptions): void {
    let list = this.notes.get(rule);
    if (!list) this.notes.set(rule, (list = []));
    list.push({ place: this.#place(where), data, identity: this.#identity(where, options) });
  }
}
