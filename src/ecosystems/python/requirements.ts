/** Requirements as PEP 508 and pip's requirement files write them. */
import type { DeclaredDependency, DependencyKind } from '../ecosystem.ts';
import { modulesOf, normalizedName } from './import-names.ts';

/** `name[extra]>=1,<2 ; marker`, `name @ url`; undefined where there is no name. */
function parseRequirement(text: string): { readonly name: string; readonly range: string } | undefined {
  const match = /^\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s.exec(text);
  if (!match) return undefined;
  const range = match[2]!
    .replace(/\s*;.*$/s, '')
    .replace(/\s+#.*$/, '')
    .replace(/^\(|\)$/g, '')
    .trim();
  if (range !== '' && !/^[<>=!~@^*\d]/.test(range)) return undefined;
  return { name: normalizedName(match[1]!), range };
}

export function dependencyOf(
  text: string,
  kind: DependencyKind,
  path: string,
  line: number,
  group?: string,
): DeclaredDependency[] {
  const parsed = parseRequirement(text);
  if (!parsed) return [];
  return [{ ...parsed, kind, path, line, modules: modulesOf(parsed.name), ...(group !== undefined && { group }) }];
}

/** A requirements file; `-r other.txt` is left to the caller, who sees that file as well. */
export function requirementsOf(text: string, path: string, kind: DependencyKind, group?: string): DeclaredDependency[] {
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .flatMap((raw, at) => {
      const line = raw
        .replace(/(?:^|\s)#.*$/, '')
        .replace(/\s--hash=\S+/g, '')
        .trim();
      if (line === '' || line.startsWith('-') || /^(?:https?|git\+|file:|\.{0,2}\/)/.test(line)) {
        const egg = /[#&]egg=([\w.-]+)/.exec(raw)?.[1];
        return egg === undefined ? [] : dependencyOf(egg, kind, path, at + 1, group);
      }
      return dependencyOf(line, kind, path, at + 1, group);
    });
}
