import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'assertion-argument',
  title: 'Assertion whose second argument is taken for a message',
  reason:
    '`assertTrue(a, b)` only looks at `a`; `b` is the text that is shown when it fails. The test passes whatever `b` is. `assertEqual` was meant.',
  category: 'bug',
  severity: 4,
  references: ['CWE-628', 'pylint W1503', 'sonar S5906'],
  languages: ['python'],
  aliases: ['redundant-unittest-assert', 'W1503'],
  tree: {
    python: (file) => ({
      call: (node) => {
        const { nodes } = file;
        if (!/^self\.assert(?:True|False|_)$/.test(nodes.slice(nodes.child(node, 'function')))) return;
        const given = parts(nodes, nodes.child(node, 'arguments'));
        const [first, second] = given;
        if (given.length !== 2 || first === undefined || second === undefined) return;
        if (!/^(?:integer|float|true|false|list|dictionary|set)$/.test(nodes.typeName(second))) return;
        file.report(
          file.at(node),
          `\`${nodes.slice(second).slice(0, 40)}\` is only the message: nothing is compared with it.`,
        );
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'class TestA(TestCase):\n    def test_a(self):\n        self.assertTrue(len(self.items), 3)\n',
      good: 'class TestA(TestCase):\n    def test_a(self):\n        self.assertTrue(len(self.items) == 3, "three")\n        self.assertEqual(len(self.items), 3)\n',
    },
  ],
});
