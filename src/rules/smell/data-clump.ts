import type { SymbolRecord } from '#model/snapshot.ts';
import { declaredAt } from '../analysis/exact-callees.ts';
import { isAnonymous, judgedFiles, placeOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** So many parameters of the same names, in so many functions of different names. */
const NAMES = 4;
const FUNCTIONS = 4;
const plainNames = /^(?:self|cls|args|kwargs|_.*|x|y|z|a|b|c|i|j|n|e|k|v)$/;

export const rule = defineRule({
  id: 'data-clump',
  title: 'Parameters that always travel together',
  reason:
    'The same values are passed side by side through several functions: they are one thing without a name. Make it a type, and what works on it will find its place.',
  category: 'smell',
  severity: 2,
  references: ['Fowler: Data Clumps', 'Lanza–Marinescu'],
  languages: [],
  minutes: 45,
  *project(project) {
    const { snapshot } = project;
    const isJudged = judgedFiles(project);
    const clumps = new Map<string, SymbolRecord[]>();
    for (const file of snapshot.files()) {
      if (!isJudged(file.id)) continue;
      for (const symbol of snapshot.symbolsOf(file.id)) {
        if (symbol.parameters.length < NAMES || isAnonymous(symbol)) continue;
        const names = symbol.parameters
          .filter(
            ({ kind, name, default: fallback }) =>
              kind === 'positional' && fallback === undefined && !plainNames.test(name),
          )
          .map(({ name }) => name);
        if (names.length < NAMES) continue;
        const key = names.slice().sort().join(', ');
        const list = clumps.get(key);
        if (list) list.push(symbol);
        else clumps.set(key, [symbol]);
      }
    }
    for (const [names, symbols] of clumps) {
      // Equal names are one function overridden, overloaded or implemented anew.
      const distinct = [...new Map(symbols.map((symbol) => [symbol.name, symbol])).values()];
      if (
        distinct.length < FUNCTIONS ||
        new Set(distinct.map(({ path }) => path.split('/').slice(0, -1).join('/'))).size > 4
      )
        continue;
      const [first, ...others] = distinct;
      yield {
        message: `${distinct.length} functions take the same \`${names}\`.`,
        place: placeOf(first!),
        symbol: first!.key,
        identity: names,
        related: others.slice(0, 5).map((symbol) => declaredAt(symbol, 'takes them, too')),
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: ['open', 'close', 'send', 'read']
        .map((name) => `def ${name}_it(host, port, user, password):\n    return host\n\n\n`)
        .join(''),
      good: 'def open_it(host, port, user, password):\n    return host\n\n\ndef close_it(host, port):\n    return host\n',
    },
  ],
});
