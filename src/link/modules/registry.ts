import type { LanguageFamily } from '../language-family.ts';
import { dartModules } from './dart.ts';
import { ecmascriptModules } from './ecmascript.ts';
import type { ModuleResolverFactory } from './module-resolver.ts';
import { proseModules } from './prose.ts';
import { pythonModules } from './python.ts';

/** How modules are found, by language family. A family without an entry has no file-to-file imports. */
export const moduleResolvers: Readonly<Partial<Record<LanguageFamily, ModuleResolverFactory>>> = {
  python: pythonModules,
  ecmascript: ecmascriptModules,
  dart: dartModules,
  prose: proseModules,
};
