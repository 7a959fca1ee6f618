/** Rules whose findings are dead code, whatever their category: what can never run is a bug, and dead. */
import type { RuleMeta } from '#rules/rule.ts';

export function deadCodeFindingRule({ id, category }: RuleMeta): boolean {
  return category === 'dead-code' || id === 'unreachable-code';
}
