import type { FindingFormat } from './finding-format.ts';

/** Formats of findings by name, loaded when one is asked for. */
const formats = {
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
  checkstyle: async () => (await import('./checkstyle.ts')).checkstyle,
  'code-climate': async () => (await import('./code-climate.ts')).codeClimate,
  github: async () => (await import('./github.ts')).github,
  html: async () => (await import('./html.ts')).html,
  json: async () => (await import('./json.ts')).json,
} as const satisfies Readonly<Record<string, () => Promise<FindingFormat>>>;

export type FindingFormatName = keyof typeof formats;
export const findingFormatNames = Object.keys(formats) as FindingFormatName[];

export function loadFindingFormat(name: FindingFormatName): Promise<FindingFormat> {
  return formats[name]();
}
