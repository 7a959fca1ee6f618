/** How the cases are labelled: by the names in them. */
import type { Files } from './find-in.ts';

export const projectOf = (files: string | Files): Files => (typeof files === 'string' ? { 'app.py': files } : files);

/** Names that start with a word, in texts and paths. */
export const expectedNames = (files: Files, word: 'dead' | 'faint'): string[] => {
  const text = [...Object.values(files), ...Object.keys(files)].join('\n');
  return [...new Set(text.match(new RegExp(`\\b${word}\\w*`, 'g')))].sort();
};

/** The label that a finding's name holds: `A.dead`, `deadly/part`, `f(dead)`, `dead|other`, `src/dead.ts`. */
export const judgedName = ({ name }: { readonly name: string }): string =>
  /\b(?:dead|faint)\w*/.exec(name)?.[0] ?? name;
