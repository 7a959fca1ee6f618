import type { EsNode } from '#languages/ecmascript-tree.ts';
import { bareExpression } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

/** Only of constants: `while (match = next())` is a habit, `if (a = 1)` is a slip. */
export const rule = defineRule({
  id: 'assignment-in-condition',
  title: 'Assignment where a comparison was meant',
  reason: 'The condition assigns a constant, so it always gives the same answer and destroys the variable. Use `===`.',
  category: 'bug',
  severity: 5,
  references: ['CWE-481', 'eslint no-cond-assign'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-cond-assign'],
  ecmascript: (file) => {
    const look = ({ test }: { readonly test: EsNode | null }): void => {
      if (!test) return;
      const inner = bareExpression(test);
      if (inner.type !== 'AssignmentExpression' || inner.operator !== '=') return;
      const { right } = inner;
      const isConstant = right.type === 'Literal' || (right.type === 'Identifier' && right.name === 'undefined');
      if (isConstant)
        file.report(
          inner,
          `\`${file.slice(inner.left)}\` is overwritten with ${file.slice(right)}, not compared with it.`,
        );
    };
    return { IfStatement: look, WhileStatement: look, DoWhileStatement: look, ConditionalExpression: look };
  },
  examples: [
    {
      language: 'javascript',
      bad: 'if (a = 1) b();\n',
      good: 'if (a === 1) b();\nlet m;\nwhile ((m = next())) use(m);\n',
    },
  ],
});
