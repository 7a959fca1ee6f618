/** Methods that live off another class's data. */
import type { SymbolRecord } from '#model/snapshot.ts';
import { functionKinds } from '#model/vocabulary.ts';
import type { Project } from '../rule.ts';
import { judgedClasses } from './measured-symbols.ts';

/** Lanza and Marinescu (2006): more than 5 fields of others, of few (≤ 2) classes, and less than a third of all data its own. */
const FOREIGN = 5;
const OWNERS = 2;
const OWN_SHARE = 1 / 3;

export interface EnviousMethod {
  readonly method: SymbolRecord;
  readonly owner: SymbolRecord;
  /** The class whose fields it uses most. */
  readonly envied: SymbolRecord;
  /** Fields of that class, of its own, and of all other classes. */
  readonly fields: { readonly envied: number; readonly own: number; readonly foreign: number };
}

export function* enviousMethods(project: Project): Generator<EnviousMethod> {
  const { snapshot } = project;
  for (const owner of judgedClasses(project))
    for (const method of snapshot.members(owner.id)) {
      if (!functionKinds.includes(method.kind) || (method.metrics?.statements ?? 0) < 6) continue;
      const foreign = new Map<number, Set<number>>();
      let own = 0;
      const seen = new Set<number>();
      for (const { target } of snapshot.edgesFrom(method.id, ['reads', 'writes'])) {
        if (target < 0 || seen.has(target)) continue;
        seen.add(target);
        const used = snapshot.symbol(target);
        if ((used.kind !== 'field' && used.kind !== 'property') || used.parent === undefined) continue;
        if (used.parent === owner.id) own++;
        else foreign.set(used.parent, (foreign.get(used.parent) ?? new Set()).add(target));
      }
      const others = [...foreign.values()].reduce((sum, fields) => sum + fields.size, 0);
      if (others <= FOREIGN || foreign.size > OWNERS || own / (own + others) >= OWN_SHARE) continue;
      const [most] = [...foreign].sort(([, a], [, b]) => b.size - a.size);
      const envied = snapshot.symbol(most![0]);
      // A base's fields are its own; a plain record has no methods to take it.
      if (snapshot.edgesFrom(owner.id, ['inherits']).some(({ target }) => target === envied.id)) continue;
      if (!snapshot.members(envied.id).some(({ kind, name }) => functionKinds.includes(kind) && !name.startsWith('__')))
        continue;
      yield { method, owner, envied, fields: { envied: most![1].size, own, foreign: others } };
    }
}
