import type { LanguageFamily } from '../language-family.ts';
import type { Dialect } from './dialects/dialect.ts';
import { EcmascriptDialect } from './dialects/ecmascript.ts';
import { PythonDialect } from './dialects/python.ts';
import type { FlowSystem } from './system.ts';

/** Families whose files carry flow programs, and what the operations mean in each. */
export const flowDialects: Readonly<Partial<Record<LanguageFamily, (system: FlowSystem) => Dialect>>> = {
  ecmascript: (system) => new EcmascriptDialect(system),
  python: (system) => new PythonDialect(system),
};
