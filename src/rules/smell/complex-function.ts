import { isBrainMethod, measuredFunctions, placeOf, titleOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

/** More than twice what SonarSource suggests as a limit: only what nobody would defend. */
const MOST_COGNITIVE = 35;
/** Branches of its own: those of functions inside of it count for the cognitive complexity, too. */
const LEAST_OWN = 12;

export const rule = defineRule({
  id: 'complex-function',
  title: 'Function with too many ways through it',
  reason:
    'So many nested decisions cannot be kept in mind, and each is a case to test. Extract the inner decisions into functions with names, and leave early where nothing is to be done.',
  category: 'smell',
  severity: 3,
  references: ['Campbell 2018: Cognitive Complexity', 'CWE-1121', 'CWE-1124'],
  languages: [],
  aliases: ['complexity', 'C901', 'too-complex', 'too-many-branches', 'PLR0912', 'R0912', 'cognitive-complexity'],
  minutes: 60,
  eachFile: true,
  *project(project) {
    for (const symbol of measuredFunctions(project, { cognitive: MOST_COGNITIVE + 1, cyclomatic: LEAST_OWN })) {
      // Said with more by the other rule.
      if (isBrainMethod(symbol.metrics)) continue;
      const { cognitive, cyclomatic, nesting } = symbol.metrics;
      yield {
        message: `The cognitive complexity of ${titleOf(symbol)} is ${cognitive} (limit ${MOST_COGNITIVE}): ${cyclomatic} ways, nested ${nesting} deep.`,
        place: placeOf(symbol),
        symbol: symbol.key,
        identity: symbol.qualifiedName,
        minutes: Math.min(240, cognitive * 2),
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: `def f(a, b):\n${Array.from({ length: 4 }, (_, i) => `    for x${i} in a:\n        if x${i}:\n            while b:\n                if b.c and x${i}:\n                    break\n                elif b.d or x${i}:\n                    continue\n`).join('')}    return a\n`,
      good: 'def f(a, b):\n    for x in a:\n        if x:\n            return b\n    return a\n',
    },
  ],
});
