/**
 * LCOM4 (Hitz and Montazeri): how many groups a class's methods fall into when methods that use a field in common, or of
 * which one calls the other, belong together. The constructor, static methods and class methods are left out, as they touch
 * everything or nothing by nature.
 */
import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import type { Declarations } from './declarations.ts';

const counted = new Set([symbolKinds.indexOf('method'), symbolKinds.indexOf('property')]);

/** LCOM4 by class symbol row; 0 for a class without methods of its instances. */
export function lackOfCohesion({ unit, members, selfUses }: Declarations): Map<number, number> {
  const { symbols } = unit.facts;
  const parents = new Map<number, number[]>();
  for (let row = 1; row < symbols.rows; row++) {
    if (!counted.has(symbols.get(row, SymbolColumn.kind))) continue;
    if ((symbols.get(row, SymbolColumn.flags) & (SymbolFlag.static | SymbolFlag.classmethod)) !== 0) continue;
    const owner = symbols.get(row, SymbolColumn.parent);
    const methods = parents.get(owner);
    if (methods) methods.push(row);
    else parents.set(owner, [row]);
  }
  /** Union-find over methods (their rows) and fields (keys by class and name). */
  const groups = new Map<number | string, number | string>();
  const find = (item: number | string): number | string => {
    let root = item;
    for (let next = groups.get(root); next !== undefined && next !== root; next = groups.get(root)) root = next;
    groups.set(item, root);
    return root;
  };
  for (const { owner, method, name } of selfUses) {
    const member = members.get(owner)?.get(name);
    const isMethod = member !== undefined && counted.has(symbols.get(member, SymbolColumn.kind));
    groups.set(find(method), find(isMethod ? member : `${owner}:${name}`));
  }
  const found = new Map<number, number>();
  for (const owner of members.keys()) found.set(owner, new Set((parents.get(owner) ?? []).map(find)).size);
  return found;
}
