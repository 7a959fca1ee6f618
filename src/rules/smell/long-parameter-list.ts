import { SymbolFlag } from '#model/vocabulary.ts';
import { isAnonymous, judgedFiles, placeOf, titleOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** Those that every caller must pass by position: names and defaults make long lists bearable. */
const MOST = 7;

export const rule = defineRule({
  id: 'long-parameter-list',
  title: 'Function with many positional parameters',
  reason:
    'Nobody remembers the order of so many values, and two of them are soon swapped. Pass an object, or make the later ones keyword-only.',
  category: 'smell',
  severity: 2,
  references: ['Fowler: Long Parameter List', 'CWE-1064'],
  languages: [],
  aliases: ['max-params', 'PLR0913', 'too-many-arguments', 'R0913', 'PLR0917'],
  eachFile: true,
  *project(project) {
    const { snapshot } = project;
    for (const file of judgedFiles(project)) {
      for (const symbol of snapshot.symbolsOf(file.id)) {
        if (symbol.parameters.length <= MOST || isAnonymous(symbol)) continue;
        // What overrides or implements has no choice.
        if ((symbol.flags & (SymbolFlag.override | SymbolFlag.declaration)) !== 0 || symbol.kind === 'constructor')
          continue;
        if (snapshot.edgesFrom(symbol.id, ['overrides']).length > 0) continue;
        const required = symbol.parameters.filter(
          ({ kind, default: fallback, name }) =>
            (kind === 'positional' || kind === 'positional-only') &&
            fallback === undefined &&
            name !== 'self' &&
            name !== 'cls' &&
            name !== 'this',
        );
        if (required.length <= MOST || symbol.name.startsWith('__')) continue;
        yield {
          message: `${titleOf(symbol)} takes ${required.length} values by position (limit ${MOST}).`,
          place: placeOf(symbol),
          symbol: symbol.key,
          identity: symbol.qualifiedName,
        };
      }
    }
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a, b, c, d, e, g, h, i):\n    return a\n',
      good: 'def f(a, b, c, d, *, e, g, h, i, j=1):\n    return a\n',
    },
    {
      language: 'typescript',
      bad: 'export function f(a: 1, b: 1, c: 1, d: 1, e: 1, g: 1, h: 1, i: 1) {\n  return a;\n}\n',
      good: 'export function f(options: object) {\n  return options;\n}\n',
    },
  ],
});
