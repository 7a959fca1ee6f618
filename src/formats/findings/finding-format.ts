import type { CheckReport } from '#model/check.ts';

export interface FormatContext {
  readonly version: string;
  /** The text of a file as it was judged; undefined where it is gone. */
  readonly textOf: (path: string) => string | undefined;
}

/** Writes a report for a program that reads findings. */
export interface FindingFormat {
  write(report: CheckReport, context: FormatContext): string;
}

/** Characters that XML 1.0 cannot hold become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
