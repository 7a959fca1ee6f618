import { isFunctionNode } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'leaked-effect',
  title: 'Effect that is never undone',
  reason:
    'The effect starts a timer or adds a listener each time it runs and returns nothing that takes it away: after a while there are hundreds. Return a function that clears it.',
  category: 'performance',
  severity: 4,
  references: ['CWE-401', 'CWE-772'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  ecmascript: (file) => ({
    CallExpression: ({ callee, arguments: given }) => {
      const name = file.slice(callee);
      if (name !== 'useEffect' && name !== 'React.useEffect' && name !== 'useLayoutEffect') return;
      const [effect] = given;
      if (!effect || !isFunctionNode(effect) || effect.body?.type !== 'BlockStatement') return;
      const text = file.slice(effect.body);
      const started = effect.body.body.find(
        (statement) =>
          (statement.type === 'ExpressionStatement' || statement.type === 'VariableDeclaration') &&
          /(?:^|[\s=.(])(?:setInterval|addEventListener)\(/.test(file.slice(statement)) &&
          !/=>|function/.test(file.slice(statement).split(/setInterval\(|addEventListener\(/)[0]!),
      );
      if (!started || /clearInterval|removeEventListener|\bsignal\b|once:|\.abort\(/.test(text)) return;
      if (effect.body.body.some((statement) => statement.type === 'ReturnStatement' && statement.argument)) return;
      file.report(started, 'Nothing takes this away when the component goes or the effect runs again.');
    },
  }),
  examples: [
    {
      language: 'tsx',
      bad: 'export function A() {\n  useEffect(() => {\n    window.addEventListener("resize", go);\n  }, []);\n  return <p />;\n}\n',
      good: 'export function A() {\n  useEffect(() => {\n    window.addEventListener("resize", go);\n    return () => window.removeEventListener("resize", go);\n  }, []);\n  return <p />;\n}\n',
    },
  ],
});
