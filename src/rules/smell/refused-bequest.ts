import { functionKinds } from '#model/vocabulary.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { declaredAt } from '../analysis/exact-callees.ts';
import { classOfMethod, decoratorNames, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

const refuses = /NotImplementedError|UnsupportedOperation|not supported|unsupported|not implemented|does not support/i;

export const rule = defineRule({
  id: 'refused-bequest',
  title: 'Method that refuses what its class inherits',
  reason:
    'The base does something here, and the subclass only raises: it cannot stand where the base is expected. Inherit from what both share, or hold the base as a part instead.',
  category: 'smell',
  severity: 2,
  references: ['Fowler: Refused Bequest', 'SOLID: Liskov substitution', 'Lanza–Marinescu: Refused Parent Bequest'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  minutes: 60,
  ecmascript: (file) => ({
    MethodDefinition: ({ key, kind, value }) => {
      const statements = value.body?.body ?? [];
      const [only] = statements;
      if (kind !== 'method' || key.type !== 'Identifier' || statements.length !== 1 || only?.type !== 'ThrowStatement')
        return;
      if (refuses.test(file.slice(only))) file.note(key, { name: key.name });
    },
  }),
  tree: {
    python: (file) => ({
      function_definition: (node) => {
        const { nodes } = file;
        if (classOfMethod(nodes, node) < 0 || decoratorNames(nodes, node).some((name) => /abstract/.test(name))) return;
        const body = parts(nodes, nodes.child(node, 'body')).filter((part) => !/^["']/.test(nodes.slice(part)));
        if (body.length !== 1 || !nodes.is(body[0]!, 'raise_statement') || !refuses.test(nodes.slice(body[0]!))) return;
        const name = nodes.child(node, 'name');
        file.note(file.at(name), { name: nodes.slice(name) });
      },
    }),
  },
  eachFile: true,
  *conclude(files, { snapshot }) {
    for (const { path, notes } of files) {
      const file = notes.length > 0 ? snapshot.fileByPath(path) : undefined;
      if (!file) continue;
      const symbols = snapshot.symbolsOf(file.id);
      for (const { place, data } of notes) {
        const own = symbols.find(
          ({ name, nameLine, kind }) =>
            name === data['name'] && nameLine === place.startLine && functionKinds.includes(kind),
        );
        const base = own?.parent === undefined ? undefined : inherited(snapshot, own.parent, own.name);
        // What the base itself only promises is not refused; neither is a method of a test's double.
        if (!own || !base || (base.metrics?.statements ?? 0) < 2 || own.name.startsWith('__')) continue;
        yield {
          message: `\`${own.qualifiedName}\` refuses what \`${base.qualifiedName}\` does.`,
          place: { ...place, path },
          symbol: own.key,
          identity: own.qualifiedName,
          related: [declaredAt(base, 'inherited from here')],
        };
      }
    }
  },
  examples: [
    {
      language: 'python',
      bad: 'class Bird:\n    def fly(self):\n        self.height = 1\n        return self.height\n\n\nclass Penguin(Bird):\n    def fly(self):\n        raise NotImplementedError\n',
      good: 'class Bird:\n    def fly(self):\n        raise NotImplementedError\n\n\nclass Penguin(Bird):\n    def fly(self):\n        raise NotImplementedError\n',
    },
    {
      language: 'typescript',
      bad: 'class Bird {\n  height = 0;\n  fly() {\n    this.height = 1;\n    return this.height;\n  }\n}\nexport class Penguin extends Bird {\n  fly(): number {\n    throw new Error("not supported");\n  }\n}\n',
      good: 'class Bird {\n  height = 0;\n  fly() {\n    this.height = 1;\n    return this.height;\n  }\n}\nexport class Gull extends Bird {\n  fly(): number {\n    if (this.height > 9) throw new Error("not supported");\n    return 2;\n  }\n}\n',
    },
  ],
});

/** The method of that name in the nearest ancestor of the tree. */
function inherited(snapshot: Snapshot, owner: number, name: string): SymbolRecord | undefined {
  const seen = new Set([owner]);
  const queue = [owner];
  for (let at = 0; at < queue.length && at < 32; at++)
    for (const { target } of snapshot.edgesFrom(queue[at]!, ['inherits'])) {
      if (target < 0 || seen.has(target)) continue;
      const found = snapshot.members(target).find((one) => one.name === name && functionKinds.includes(one.kind));
      if (found) return found;
      seen.add(target);
      queue.push(target);
    }
  return undefined;
}
