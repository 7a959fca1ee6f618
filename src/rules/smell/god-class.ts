import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds } from '#model/vocabulary.ts';
import { judgedClasses, placeOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** Lanza and Marinescu (2006): weighted methods ≥ 47, foreign data > 5, tight class cohesion < 1/3. */
const WEIGHT = 47;
const FOREIGN = 5;
const COHESION = 1 / 3;

export const rule = defineRule({
  id: 'god-class',
  title: 'Class that does everything',
  reason:
    'It is large and branching, works on other classes’ data, and its methods share little. Move what works on other classes’ data to those classes, and split the rest by the fields that methods share.',
  category: 'smell',
  severity: 3,
  references: ['Lanza–Marinescu: God Class', 'Fowler: Large Class', 'SOLID: single responsibility', 'CWE-1093'],
  languages: [],
  aliases: ['too-many-public-methods', 'PLR0904', 'R0904'],
  minutes: 240,
  eachFile: true,
  *project(project) {
    const { snapshot } = project;
    for (const symbol of judgedClasses(project)) {
      const methods = snapshot
        .members(symbol.id)
        .filter(({ kind, metrics }) => functionKinds.includes(kind) && metrics);
      const weight = methods.reduce((sum, { metrics }) => sum + metrics!.cyclomatic, 0);
      if (weight < WEIGHT || methods.length < 10) continue;
      const data = dataOf(snapshot, symbol, methods);
      if (data.foreign.size <= FOREIGN || data.cohesion >= COHESION) continue;
      yield {
        message: `\`${symbol.qualifiedName}\` has ${methods.length} methods with ${weight} ways through them, uses ${data.foreign.size} fields of other classes, and ${Math.round(data.cohesion * 100)} % of its methods’ pairs share a field.`,
        place: placeOf(symbol),
        symbol: symbol.key,
        identity: symbol.qualifiedName,
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: `class Account:\n    def __init__(self):\n${Array.from({ length: 8 }, (_, i) => `        self.g${i} = ${i}\n`).join('')}\n\nclass God:\n    def __init__(self):\n        self.account = Account()\n${Array.from({ length: 12 }, (_, i) => `\n    def m${i}(self, x):\n        account = Account()\n        self.f${i} = account.g${i % 8}\n        if x > 1:\n            return 1\n        elif x > 2:\n            return 2\n        elif x > 3:\n            return 3\n        return self.f${i}\n`).join('')}`,
      good: 'class Small:\n    def __init__(self):\n        self.a = 1\n\n    def get(self):\n        return self.a\n',
    },
  ],
});

function dataOf(
  snapshot: Snapshot,
  owner: SymbolRecord,
  methods: readonly SymbolRecord[],
): { foreign: ReadonlySet<number>; cohesion: number } {
  const foreign = new Set<number>();
  const family = ancestorsOf(snapshot, owner.id);
  const own = methods.map(({ id }) => {
    const fields = new Set<number>();
    for (const { target } of snapshot.edgesFrom(id, ['reads', 'writes'])) {
      if (target < 0) continue;
      const used = snapshot.symbol(target);
      if (used.kind !== 'field' && used.kind !== 'property') continue;
      if (used.parent === owner.id || (used.parent !== undefined && family.has(used.parent))) fields.add(target);
      else foreign.add(target);
    }
    return fields;
  });
  let pairs = 0;
  let sharing = 0;
  for (let a = 0; a < own.length; a++)
    for (let b = a + 1; b < own.length; b++) {
      pairs++;
      if ([...own[a]!].some((field) => own[b]!.has(field))) sharing++;
    }
  return { foreign, cohesion: pairs === 0 ? 1 : sharing / pairs };
}

/** Inherited fields are a class's own. */
function ancestorsOf(snapshot: Snapshot, id: number): ReadonlySet<number> {
  const found = new Set<number>();
  const queue = [id];
  for (let at = 0; at < queue.length; at++)
    for (const { target } of snapshot.edgesFrom(queue[at]!, ['inherits', 'implements'])) {
      if (target < 0 || found.has(target)) continue;
      found.add(target);
      queue.push(target);
    }
  return found;
}
