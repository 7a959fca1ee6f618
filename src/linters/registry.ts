import type { Linter } from './linter.ts';

/** Every outside tool by its name, loaded when it is asked for. A test compares this with the folder. */
const linters = {
  biome: async () => (await import('./biome.ts')).biome,
  black: async () => (await import('./black.ts')).black,
  checkstyle: async () => (await import('./checkstyle.ts')).checkstyle,
  'clang-format': async () => (await import('./clang-format.ts')).clangFormat,
  eslint: async () => (await import('./eslint.ts')).eslint,
  gofmt: async () => (await import('./gofmt.ts')).gofmt,
  oxlint: async () => (await import('./oxlint.ts')).oxlint,
  prettier: async () => (await import('./prettier.ts')).prettier,
  ruff: async () => (await import('./ruff.ts')).ruff,
} as const satisfies Readonly<Record<string, () => Promise<Linter>>>;

export type LinterName = keyof typeof linters;
export const linterNames = Object.keys(linters) as readonly LinterName[];

export function loadLinter(name: LinterName): Promise<Linter> {
  return linters[name]();
}
