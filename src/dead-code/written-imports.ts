/** Imports that are no statements: types in comments, references of TypeScript, `require.resolve`. */
import { ImportFlag } from '#model/facts.ts';
import type { ImportTarget } from './dead-code.ts';
import type { ImportView } from './file-view.ts';

const inComments = [
  /\bimport\(\s*["']([^"'\n]+)["']\s*\)(?:\.([\p{L}_$][\p{L}\p{N}_$]*))?/gu,
  /^[ \t]*\/\/\/\s*<reference\s+(?:types|path)\s*=\s*["']([^"'\n]+)["']/gmu,
] as const;
/** TypeScript 5.5: `@import { A, B as C } from './x'`. */
const importTag = /@import\s+(?:type\s+)?([^"'\n]*?)\s*from\s+["']([^"'\n]+)["']/gu;
const asked = /\b(?:require|import\.meta)\.resolve\(\s*["'`]([^"'`\n$]+)["'`]/gu;

/** `code` is the text with its comments blanked. None of them binds a name; their row is −1. */
export function writtenImports(text: string, code: string, resolve: (specifier: string) => ImportTarget): ImportView[] {
  const found: ImportView[] = [];
  const add = (at: number, specifier: string, name: string, isType: boolean, isWhole = false): void => {
    const before = text.slice(0, at);
    found.push({
      row: -1,
      kind: name !== '' ? 'member' : isWhole ? 'star' : 'side-effect',
      specifier,
      name,
      local: '',
      line: before.split('\n').length,
      column: at - (before.lastIndexOf('\n') + 1),
      flags: isType ? ImportFlag.typeOnly : 0,
      symbol: 0,
      target: resolve(specifier),
    });
  };
  const isComment = (at: number): boolean => code[at] === ' ' && text[at] !== ' ';
  if (text.includes('import(') || text.includes('<reference'))
    for (const pattern of inComments)
      for (const match of text.matchAll(pattern)) {
        const at = match.index + match[0].search(/\S/);
        if (!isComment(at)) continue;
        const isPath = /<reference\s+path/.test(match[0]);
        add(
          at,
          isPath && !match[1]!.startsWith('.') ? `./${match[1]!}` : match[1]!,
          match[2] ?? '',
          true,
          match[0].startsWith('import'),
        );
      }
  if (text.includes('@import'))
    for (const match of text.matchAll(importTag)) {
      if (!isComment(match.index)) continue;
      const names = [...match[1]!.matchAll(/(?:^|[{,])\s*(?:type\s+)?([\p{L}_$][\p{L}\p{N}_$]*)/gu)].map(
        ([, name]) => name!,
      );
      for (const name of match[1]!.includes('{') ? names : ['']) add(match.index, match[2]!, name, true, name === '');
    }
  for (const match of code.matchAll(asked)) add(match.index, match[1]!, '', false, true);
  return found;
}
