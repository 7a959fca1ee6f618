/** A file that a diff touches, by what it was before. */
export interface ChangedFile {
  /** Undefined for a new file. */
  readonly before: string | undefined;
  /** Undefined for a deleted one. */
  readonly after: string | undefined;
  /** Content hash of what it was; undefined for a new file, and where it cannot be had. */
  readonly hash: string | undefined;
  /** First and last line, 1-based, of what was taken out or of where something was put in; undefined where lines are not known. */
  readonly lines: readonly (readonly [number, number])[] | undefined;
}
