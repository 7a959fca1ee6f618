import type { EsNode } from '#languages/ecmascript-tree.ts';
import { parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'duplicate-key',
  title: 'Key that stands twice in one object',
  reason:
    'The later entry replaces the earlier one, which is lost without a word. One of the keys is misspelt, or one entry can go.',
  category: 'bug',
  severity: 4,
  references: ['CWE-1164', 'eslint no-dupe-keys', 'pyflakes F601'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-dupe-keys', 'F601', 'F602', 'duplicate-key', 'W0109', 'no-dupe-class-members'],
  ecmascript: (file) => ({
    ObjectExpression: ({ properties }) => {
      const seen = new Map<string, EsNode>();
      for (const property of properties) {
        // What is spread in between may be meant to be replaced.
        if (property.type === 'SpreadElement') seen.clear();
        else {
          const name = keyOf(property.key, property.computed);
          if (name === undefined || name === '__proto__') continue;
          const slot = property.kind === 'init' ? name : `${property.kind} ${name}`;
          const earlier = seen.get(slot);
          if (earlier) {
            file.report(property.key, `\`${name}\` replaces the entry of line ${file.line(earlier.start)}.`, {
              identityOf: property,
              // The same twice: nothing is lost but a line.
              ...(file.slice(property) === file.slice(earlier) && { severity: 2 }),
              related: [{ start: earlier.start, end: earlier.end, message: 'this entry is lost' }],
            });
          }
          seen.set(slot, property);
        }
      }
    },
  }),
  tree: {
    python: (file) => ({
      dictionary: (node) => {
        const { nodes } = file;
        const seen = new Map<string, number>();
        for (const pair of parts(nodes, node)) {
          if (nodes.is(pair, 'dictionary_splat')) seen.clear();
          if (!nodes.is(pair, 'pair')) continue;
          const key = nodes.child(pair, 'key');
          if (!/^(?:string|integer|float|true|false|none)$/.test(nodes.typeName(key))) continue;
          if (nodes.descendantOfType(key, 'interpolation') >= 0) continue;
          const name = nodes.slice(key).replace(/^(["'])(.*)\1$/s, "'$2'");
          const earlier = seen.get(name);
          if (earlier !== undefined) {
            file.report(file.at(key), `\`${name}\` replaces the entry of line ${file.line(file.at(earlier).start)}.`, {
              identityOf: file.at(pair),
              ...(nodes.slice(pair) === nodes.slice(earlier) && { severity: 2 }),
              related: [{ ...file.at(earlier), message: 'this entry is lost' }],
            });
          }
          seen.set(name, pair);
        }
      },
    }),
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export const a = { red: 1, green: 2, "red": 3 };\n',
      good: 'export const a = { red: 1, ...more, red: 3, get b() { return 1; }, set b(v) {} };\n',
    },
    {
      language: 'python',
      bad: 'A = {"red": 1, \'red\': 2}\n',
      good: 'A = {"red": 1, **more, "red": 2, 1: 1, "1": 2}\n',
    },
  ],
});

function keyOf(key: EsNode, computed: boolean): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number'))
    return String(key.value);
  return undefined;
}
