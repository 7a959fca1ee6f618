import { dottedName, isGlobal } from '../analysis/ecmascript-nodes.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'compare-with-nan',
  title: 'Comparison with NaN',
  reason:
    'NaN equals nothing, not even itself: the answer is always the same. Use Number.isNaN, math.isnan or numpy.isnan.',
  category: 'bug',
  severity: 5,
  references: ['CWE-1077', 'eslint use-isnan', 'ruff PLW0177'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['use-isnan', 'PLW0177', 'nan-comparison', 'W0177'],
  ecmascript: (file) => ({
    BinaryExpression: (node) => {
      if (!/^(?:[!=]==?|[<>]=?)$/.test(node.operator)) return;
      const isNaNValue = [node.left, node.right].some(
        (side) => isGlobal(file, side, 'NaN') || dottedName(side) === 'Number.NaN',
      );
      if (isNaNValue) file.report(node, `\`${file.slice(node)}\` is always ${node.operator.startsWith('!')}.`);
    },
  }),
  tree: {
    python: (file) => ({
      comparison_operator: (node) => {
        const { nodes } = file;
        const sides = parts(nodes, node);
        if (sides.length !== 2) return;
        const between = nodes.text.slice(nodes.tree.end[sides[0]!]!, nodes.tree.start[sides[1]!]!).trim();
        if (!/^(?:[!=]=|[<>]=?)$/.test(between)) return;
        const isNaN = sides.some((side) =>
          /^(?:float\((["'])nan\1\)|(?:math|np|numpy)\.(?:nan|NaN|NAN))$/.test(nodes.slice(side)),
        );
        if (isNaN)
          file.report(file.at(node), `\`${nodes.slice(node)}\` is always ${between === '!=' ? 'True' : 'False'}.`);
      },
    }),
  },
  examples: [
    {
      language: 'javascript',
      bad: 'export const f = (a) => a === NaN;\n',
      good: 'export const f = (a) => Number.isNaN(a);\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    return a == float("nan")\n',
      good: 'def f(a):\n    return math.isnan(a) or a is np.nan\n',
    },
  ],
});
