import { decoratorNames, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'duplicate-member',
  title: 'Method that replaces another of the same class',
  reason:
    'Two members of one class have this name: the later one replaces the earlier one, which never runs. Rename or remove one of them.',
  category: 'bug',
  severity: 4,
  references: ['CWE-1164', 'eslint no-dupe-class-members', 'pyflakes F811'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-dupe-class-members', 'F811', 'function-redefined', 'E0102', 'no-redef', 'type-ignore'],
  ecmascript: (file) => ({
    ClassBody: ({ body }) => {
      const seen = new Map<string, { readonly start: number; readonly end: number }>();
      for (const member of body) {
        // Signatures of overloads have no body.
        if (member.type !== 'MethodDefinition' || member.value.body === null) continue;
        const { key, computed, kind } = member;
        const name =
          !computed && key.type === 'Identifier'
            ? key.name
            : key.type === 'PrivateIdentifier'
              ? `#${key.name}`
              : undefined;
        if (name === undefined) continue;
        const slot = `${member.static ? 'static ' : ''}${kind === 'get' || kind === 'set' ? `${kind} ` : ''}${name}`;
        const earlier = seen.get(slot);
        if (earlier)
          file.report(key, `\`${name}\` replaces the one of line ${file.line(earlier.start)}.`, {
            identity: slot,
            related: [{ ...range(earlier), message: 'never runs' }],
          });
        seen.set(slot, key);
      }
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        class_definition: (node) => {
          const seen = new Map<string, number>();
          for (const statement of parts(nodes, nodes.child(node, 'body'))) {
            const isDecorated = nodes.is(statement, 'decorated_definition');
            const definition = isDecorated ? nodes.child(statement, 'definition') : statement;
            if (!nodes.is(definition, 'function_definition')) {
              // Whatever stands between may use the first one: `a = property(a)`, `if …:`, a call.
              const used = new Set(nodes.slice(statement).match(/\w+/g));
              for (const name of seen.keys()) if (used.has(name)) seen.delete(name);
              continue;
            }
            const name = nodes.slice(nodes.child(definition, 'name'));
            const earlier = seen.get(name);
            if (isDecorated && decoratorNames(nodes, definition).length > 0) {
              seen.delete(name);
              continue;
            }
            if (earlier !== undefined && name !== '_') {
              const at = file.at(nodes.child(definition, 'name'));
              file.report(at, `\`${name}\` replaces the one of line ${file.line(file.at(earlier).start)}.`, {
                identity: `${nodes.slice(nodes.child(node, 'name'))}.${name}`,
                related: [{ ...file.at(nodes.child(earlier, 'name')), message: 'never runs' }],
              });
            }
            seen.set(name, definition);
          }
        },
      };
    },
  },
  examples: [
    {
      language: 'typescript',
      bad: 'class A {\n  run() { return 1; }\n  stop() {}\n  run() { return 2; }\n}\n',
      good: 'class A {\n  run(a: string): void;\n  run(a: any) {}\n  static run() {}\n  get b() { return 1; }\n  set b(v) {}\n}\n',
    },
    {
      language: 'python',
      bad: 'class A:\n    def run(self):\n        return 1\n\n    def run(self):\n        return 2\n',
      good: 'class A:\n    @property\n    def a(self):\n        return 1\n\n    @a.setter\n    def a(self, v):\n        pass\n\n    def b(self):\n        pass\n    c = wrap(b)\n    def b(self):\n        pass\n',
    },
  ],
});

function range({ start, end }: { readonly start: number; readonly end: number }): {
  readonly start: number;
  readonly end: number;
} {
  return { start, end };
}
