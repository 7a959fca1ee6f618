import { isFunctionNode } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

/** Only closures that outlive the round: put into a list, a dictionary or an attribute, or handed to a timer. */
export const rule = defineRule({
  id: 'closure-in-loop',
  title: 'Function that sees only the loop’s last value',
  reason:
    'The function is kept and runs after the loop; by then the loop’s variable has its last value, for all of them. Bind it now: a default argument or functools.partial in Python, `let` in JavaScript.',
  category: 'bug',
  severity: 4,
  references: ['ruff B023', 'eslint no-loop-func'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['B023', 'cell-var-from-loop', 'W0640', 'no-loop-func'],
  ecmascript: (file) => ({
    anyFunction: (node) => {
      const call = file.parent(node);
      if (call?.type !== 'CallExpression' || call.arguments[0] !== node) return;
      if (
        !/^(?:window\.)?(?:setTimeout|setInterval|setImmediate)$|\.(?:push|on|once|addEventListener)$/.test(
          file.slice(call.callee),
        )
      )
        return;
      for (let at = file.parent(call); at && !isFunctionNode(at); at = file.parent(at)) {
        const head =
          at.type === 'ForStatement'
            ? at.init
            : at.type === 'ForInStatement' || at.type === 'ForOfStatement'
              ? at.left
              : undefined;
        if (head?.type !== 'VariableDeclaration' || head.kind !== 'var') continue;
        for (const { id } of head.declarations) {
          const variable = file.scopes.variableOf(id);
          const used = variable?.references.find(({ node: use }) => use.start >= node.start && use.end <= node.end);
          if (used)
            file.report(used.node, `\`${variable!.name}\` has its last value when this runs.`, { identityOf: call });
        }
      }
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        lambda: (node) => {
          // Kept: `list.append(lambda: …)`, `d[k] = lambda: …`, `self.x = lambda: …`.
          const parent = nodes.parent(node);
          const isAppended =
            nodes.is(parent, 'argument_list') &&
            /\.(?:append|add|insert|connect|after)$/.test(nodes.slice(nodes.child(nodes.parent(parent), 'function')));
          const isStored =
            nodes.is(parent, 'assignment') &&
            /^(?:subscript|attribute)$/.test(nodes.typeName(nodes.child(parent, 'left')));
          if (!isAppended && !isStored) return;
          const holder = isStored ? nodes.descendantOfType(nodes.child(parent, 'left'), 'identifier') : -1;
          const bound = holder < 0 ? [] : (file.python.variableOf(holder)?.bindings ?? []);
          for (let at = parent; at >= 0; at = nodes.parent(at)) {
            const type = nodes.typeName(at);
            if (type === 'function_definition' || type === 'class_definition') return;
            if (type !== 'for_statement') continue;
            // A loop that is left at once has one round.
            for (let below = at; below < nodes.tree.subtreeEnd[nodes.child(at, 'left')]!; below++) {
              const variable = nodes.is(below, 'identifier') ? file.python.variableOf(below) : undefined;
              if (!variable || below > nodes.child(at, 'left') + 16) continue;
              if (!variable.bindings.some(({ node: name, kind }) => kind === 'loop' && name === below)) continue;
              // What the round itself made holds the function, and may be gone with it.
              if (bound.some(({ node: made, kind }) => kind === 'assignment' && made > at && made < node)) continue;
              const used = variable.reads.find(
                (read) => read > node && read < nodes.tree.subtreeEnd[node]! && !isDefault(read),
              );
              if (used !== undefined)
                file.report(file.at(used), `\`${variable.name}\` has its last value when this runs.`, {
                  identityOf: file.at(parent),
                });
            }
          }

          function isDefault(read: number): boolean {
            for (let at = nodes.parent(read); at > node; at = nodes.parent(at))
              if (nodes.is(at, 'lambda_parameters')) return true;
            return false;
          }
        },
      };
    },
  },
  examples: [
    {
      language: 'javascript',
      bad: 'for (var i = 0; i < 3; i++) {\n  setTimeout(function () { log(i); }, 10);\n}\n',
      good: 'for (let i = 0; i < 3; i++) {\n  setTimeout(() => log(i), 10);\n}\n',
    },
    {
      language: 'python',
      bad: 'def f(names):\n    made = []\n    for name in names:\n        made.append(lambda: print(name))\n    return made\n',
      good: 'def f(names):\n    made = []\n    for name in names:\n        made.append(lambda name=name: print(name))\n        print(sorted(names, key=lambda x: name))\n    return made\n',
    },
  ],
});
