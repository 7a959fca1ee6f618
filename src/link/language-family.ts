/** Languages that import one another's files and whose names may be rivals. */
export type LanguageFamily = string;

const families: Readonly<Record<string, LanguageFamily>> = {
  python: 'python',
  javascript: 'ecmascript',
  typescript: 'ecmascript',
  jsx: 'ecmascript',
  tsx: 'ecmascript',
  vue: 'ecmascript',
  svelte: 'ecmascript',
  java: 'jvm',
  kotlin: 'jvm',
  scala: 'jvm',
  groovy: 'jvm',
  c: 'c',
  cpp: 'c',
  objc: 'c',
  markdown: 'prose',
  mdx: 'prose',
  restructuredtext: 'prose',
  asciidoc: 'prose',
};

/** A language that is not listed is a family of its own. */
export function languageFamily(language: string): LanguageFamily {
  return families[language] ?? language;
}
