import type { FileRecord } from '#model/snapshot.ts';
import type { JudgedRole } from '#rules/rule.ts';

/** Where bundlers and compilers of the web's languages write. */
const builtFolder = /(?:^|\/)(?:dist(?:-[\w-]+)?|[\w-]+-dist|umd|amd|cjs|build|built|bundles?)\//;

/** What shows how the product is used is no part of it. `com/example` is a package of Java's. */
const shownFolder = /^(?:examples?|demos?|samples?)\/|\/(?:examples|demos|samples)\//;

function isWeb(language: string): boolean {
  return /^(?:javascript|jsx|typescript|tsx|css|html)$/.test(language);
}

/** What a file is to the judge; undefined for one that is not judged at all. */
export function judgedRole({ roles, path, language }: FileRecord): JudgedRole | undefined {
  if (roles.includes('minified')) return undefined;
  if (roles.includes('vendored')) return 'vendored';
  if (roles.includes('generated') || (isWeb(language) && builtFolder.test(path))) return 'generated';
  return roles.includes('test') || shownFolder.test(path) ? 'test' : 'source';
}
