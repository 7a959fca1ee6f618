import type { FindingPlace } from '#model/finding.ts';
import { declaredAt } from '../analysis/exact-callees.ts';
import { clumpNames, isClump } from '../analysis/data-clumps.ts';
import { judgedFiles, placeOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** A function that takes them. */
interface Taker {
  readonly names: string;
  readonly name: string;
  readonly key: string;
  readonly place: FindingPlace;
  readonly related: ReturnType<typeof declaredAt>;
}

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
  *gather(project) {
    for (const file of judgedFiles(project))
      for (const symbol of project.snapshot.symbolsOf(file.id)) {
        const names = clumpNames(symbol);
        if (!names) continue;
        const taker: Taker = {
          names: names.join(', '),
          name: symbol.name,
          key: symbol.key,
          place: placeOf(symbol),
          related: declaredAt(symbol, 'takes them, too'),
        };
        yield { ...taker };
      }
  },
  *join(gathered) {
    const takers = gathered.flatMap(({ gathered: own }) => own as unknown as readonly Taker[]);
    for (const [names, alike] of Map.groupBy(takers, (taker) => taker.names)) {
      // Equal names are one function overridden, overloaded or implemented anew.
      const distinct = [...new Map(alike.map((taker) => [taker.name, taker])).values()];
      if (!isClump(distinct.map(({ place }) => place.path))) continue;
      const [first, ...others] = distinct;
      yield {
        message: `${distinct.length} functions take the same \`${names}\`.`,
        place: first!.place,
        symbol: first!.key,
        identity: names,
        related: others.slice(0, 5).map(({ related }) => related),
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
