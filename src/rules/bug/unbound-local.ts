import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'unbound-local',
  title: 'Local name that is changed and was never bound',
  reason:
    '`name += …` makes the name local to the function, and no other line of the function binds it: UnboundLocalError. Say `global` or `nonlocal`, or give it a first value.',
  category: 'bug',
  severity: 5,
  references: ['CWE-457', 'pylint E0601', 'pyflakes F823'],
  languages: ['python'],
  aliases: ['F823', 'used-before-assignment', 'E0601', 'undefined-variable'],
  tree: {
    python: (file) => ({
      end: () => {
        if (file.isPartial || file.python.isDynamic) return;
        for (const scope of file.python.all) {
          if (scope.kind !== 'function') continue;
          for (const { name, bindings } of scope.variables.values()) {
            if (scope.globals.has(name) || scope.nonlocals.has(name)) continue;
            if (bindings.length === 0 || !bindings.every(({ kind }) => kind === 'augmented')) continue;
            file.report(file.at(bindings[0]!.node), `\`${name}\` has no value yet: nothing in the function binds it.`, {
              identity: name,
            });
          }
        }
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'count = 0\n\n\ndef f():\n    count += 1\n    return count\n',
      good: 'count = 0\n\n\ndef f():\n    global count\n    count += 1\n\n\ndef g():\n    total = 0\n\n    def h():\n        nonlocal total\n        total += 1\n\n    return h\n',
    },
  ],
});
