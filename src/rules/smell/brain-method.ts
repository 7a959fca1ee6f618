import { isBrainMethod, measuredFunctions, placeOf, titleOf } from '../analysis/measured-symbols.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'brain-method',
  title: 'Method that does the work of a class',
  reason:
    'It is long, branching and deeply nested at once and works on many variables: responsibilities of several methods have gathered in one. Extract the parts that use the same variables.',
  category: 'smell',
  severity: 3,
  references: ['Lanza–Marinescu: Brain Method', 'Fowler: Long Function', 'CWE-1080'],
  languages: [],
  aliases: ['max-lines-per-function', 'too-many-statements', 'PLR0915', 'R0915'],
  minutes: 120,
  eachFile: true,
  *project(project) {
    for (const symbol of measuredFunctions(project, { codeLines: 66, cyclomatic: 16 })) {
      if (!isBrainMethod(symbol.metrics)) continue;
      const { codeLines, cyclomatic, nesting } = symbol.metrics;
      yield {
        message:
          `${titleOf(symbol)} has ${codeLines} lines, ${cyclomatic} ways through it and ${nesting} levels.`.replace(
            /^the/,
            'The',
          ),
        place: placeOf(symbol),
        symbol: symbol.key,
        identity: symbol.qualifiedName,
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: `def f(a, b, c):\n${Array.from({ length: 12 }, (_, i) => `    if a.x${i}:\n        for y${i} in b:\n            if y${i} and c:\n                while c.d${i}:\n                    if a.e${i}:\n                        a.x${i} = y${i}\n`).join('')}    return a\n`,
      good: `def f(a):\n${Array.from({ length: 70 }, (_, i) => `    a.x${i} = ${i}\n`).join('')}    return a\n`,
    },
  ],
});
