import type { FileRecord } from '#model/snapshot.ts';
import type { JudgedRole } from '#rules/rule.ts';

/** What a file is to the judge; undefined for one that is not judged at all. */
export function judgedRole({ roles }: FileRecord): JudgedRole | undefined {
  if (roles.includes('minified')) return undefined;
  if (roles.includes('vendored')) return 'vendored';
  if (roles.includes('generated')) return 'generated';
  return roles.includes('test') ? 'test' : 'source';
}
