/** Questions about the tree's paths that a file's solution depends on. */
import type { ModuleResolver } from '../modules/module-resolver.ts';

/** Answers a question about the tree's paths, as `FlowSystem.looked` keeps them. */
export function lookUp(resolver: ModuleResolver | undefined, question: string): string | undefined {
  const [kind, from = '', name = ''] = question.split('\n');
  if (kind === 'part') return resolver?.submodule?.(from, name);
  const target = resolver?.resolveSpecifier?.(from, name);
  return target?.kind === 'module' ? target.path : undefined;
}
