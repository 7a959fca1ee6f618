/** Every rule; a test compares this list with the folders. Loaded as a whole: whoever judges needs most of them. */
import { rule as duplicateKey } from './bug/duplicate-key.ts';
import { rule as identityWithLiteral } from './bug/identity-with-literal.ts';
import { rule as missingAwait } from './bug/missing-await.ts';
import { rule as mutableDefault } from './bug/mutable-default.ts';
import { rule as sameOnBothSides } from './bug/same-on-both-sides.ts';
import { rule as undefinedName } from './bug/undefined-name.ts';
import { rule as unreachableCode } from './bug/unreachable-code.ts';
import { rule as uselessExpression } from './bug/useless-expression.ts';
import type { Rule } from './rule.ts';

export const builtInRules: readonly Rule[] = [
  duplicateKey,
  identityWithLiteral,
  missingAwait,
  mutableDefault,
  sameOnBothSides,
  undefinedName,
  unreachableCode,
  uselessExpression,
];
