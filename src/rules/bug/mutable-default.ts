import { classOfMethod, parts } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

const makers = new Set(['list', 'dict', 'set', 'bytearray', 'defaultdict', 'OrderedDict', 'deque', 'Counter']);
const changers =
  /^(?:append|extend|insert|add|update|setdefault|pop|popitem|remove|discard|clear|sort|reverse|appendleft)$/;

/** Reported where the function changes the parameter or lets it out: a default that is only read does no harm. */
export const rule = defineRule({
  id: 'mutable-default',
  title: 'Default value shared by all calls',
  reason:
    'A default is made once, when the function is defined. A list or dictionary that the function changes or hands out keeps what earlier calls put into it. Take None as the default and make the value inside.',
  category: 'bug',
  severity: 4,
  references: ['CWE-1188', 'ruff B006'],
  languages: ['python'],
  aliases: ['B006', 'dangerous-default-value', 'W0102'],
  tree: {
    python: (file) => {
      const { nodes } = file;
      const isMutable = (value: number): boolean => {
        const type = nodes.typeName(value);
        if (type === 'list' || type === 'dictionary' || type === 'set') return true;
        if (/^(?:list|set|dictionary)_comprehension$/.test(type)) return true;
        return type === 'call' && makers.has(nodes.slice(nodes.child(value, 'function')));
      };
      return {
        function_definition: (node) => {
          for (const parameter of parts(nodes, nodes.child(node, 'parameters'))) {
            const value = nodes.child(parameter, 'value');
            const name = nodes.child(parameter, 'name');
            if (value < 0 || name < 0 || !isMutable(value)) continue;
            // A cache or a counter that is meant to be shared.
            if (/^_|cache|memo|seen_all/i.test(nodes.slice(name)) || /^\[[^\],]+\]$/.test(nodes.slice(value))) continue;
            const variable = file.python.variableOf(name);
            if (!variable) continue;
            // What is bound anew is not the default any more.
            const anew = variable.bindings.filter(({ kind }) => kind !== 'parameter' && kind !== 'augmented');
            const first = Math.min(...anew.map(({ node: bound }) => bound));
            const harm = variable.reads
              .filter((read) => read < first)
              .map((read) => harmOf(read))
              .find((found) => found !== undefined);
            if (harm === undefined) continue;
            const text = nodes.slice(name);
            const isOnlyKept = harm.startsWith('kept') && !isChanged(node, harm.slice(6, -1));
            file.report(file.at(parameter), `All calls share the default of \`${text}\`, which is ${harm}.`, {
              identity: `${nodes.slice(nodes.child(node, 'name'))} ${text}`,
              ...(isOnlyKept ? { severity: 2 } : isMemo(variable.reads) && { severity: 3 }),
            });
          }
        },
      };

      /** Asked whether it is empty or holds something: meant to be shared, perhaps. */
      function isMemo(reads: readonly number[]): boolean {
        return reads.some((read) => {
          const parent = nodes.parent(read);
          if (nodes.is(parent, 'not_operator')) return true;
          if (!nodes.is(parent, 'comparison_operator')) return false;
          return /\bin\s+\w+$/.test(nodes.slice(parent)) && nodes.tree.end[read] === nodes.tree.end[parent];
        });
      }

      /** Whether the class changes what it keeps under the name. */
      function isChanged(definition: number, kept: string): boolean {
        const owner = classOfMethod(nodes, definition);
        if (owner < 0) return true;
        const name = kept.replace(/[.$]/g, '\\$&');
        return new RegExp(
          `${name}(?:\\.(?:append|extend|insert|add|update|setdefault|pop|popitem|remove|discard|clear|sort|reverse)\\(|\\[[^\\]\\n]*\\]\\s*(?:=(?!=)|\\W=)|\\s*(?:\\+|\\||&|-)=)|del ${name}\\[`,
        ).test(nodes.slice(owner));
      }

      function harmOf(read: number): string | undefined {
        const parent = nodes.parent(read);
        const above = nodes.parent(parent);
        if (nodes.is(parent, 'attribute') && nodes.child(parent, 'object') === read) {
          const called = nodes.is(above, 'call') && nodes.child(above, 'function') === parent;
          const method = nodes.slice(nodes.child(parent, 'attribute'));
          return called && changers.test(method) ? `changed by \`.${method}()\`` : undefined;
        }
        if (nodes.is(parent, 'subscript') && nodes.child(parent, 'value') === read) {
          const isTarget =
            (nodes.is(above, 'assignment') || nodes.is(above, 'augmented_assignment')) &&
            nodes.child(above, 'left') === parent;
          return isTarget || nodes.is(above, 'delete_statement') ? 'changed by index' : undefined;
        }
        if (nodes.is(parent, 'augmented_assignment') && nodes.child(parent, 'left') === read) return 'changed in place';
        if (nodes.is(parent, 'return_statement')) return 'returned to callers, who may change it';
        if (nodes.is(parent, 'assignment') && nodes.child(parent, 'right') === read) {
          const left = nodes.child(parent, 'left');
          return nodes.is(left, 'attribute') ? `kept in \`${nodes.slice(left)}\`` : undefined;
        }
        return undefined;
      }
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def collect(item, seen=[]):\n    seen.append(item)\n    return len(seen)\n',
      good: 'def collect(item, seen=None):\n    seen = [] if seen is None else seen\n    seen.append(item)\n    return len(seen)\n',
    },
    {
      language: 'python',
      bad: 'class Job:\n    def __init__(self, steps={}):\n        self.steps = steps\n\n    def add(self, name, step):\n        self.steps[name] = step\n',
      good: 'def contains(item, known=[1, 2]):\n    known = set(known)\n    known -= {item}\n    return item in known\n',
    },
  ],
});
