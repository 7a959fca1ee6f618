import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'constant-reassigned',
  title: 'Assignment to a constant, an import or a class',
  reason:
    'Assigning to a `const` or an imported name throws TypeError when the line runs. Declare it with `let`, or write to another variable.',
  category: 'bug',
  severity: 5,
  references: ['eslint no-const-assign', 'eslint no-import-assign'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-const-assign', 'no-import-assign', 'ts-ignore'],
  ecmascript: (file) => ({
    end: () => {
      for (const { variable, isWrite, isInit, node } of file.scopes.references) {
        if (!variable || !isWrite || isInit || (variable.kind !== 'const' && variable.kind !== 'import')) continue;
        if (variable.declarations.length > 1 || variable.declarations.includes(node)) continue;
        const declared = variable.declarations[0]!;
        // Members of an enum are constants of another kind.
        if (file.parent(declared)?.type === 'TSEnumMember') continue;
        const what = variable.kind === 'const' ? 'a constant' : 'imported';
        file.report(node, `\`${variable.name}\` is ${what}: this throws TypeError.`, {
          identityOf: file.parent(node) ?? node,
          related: [{ start: declared.start, end: declared.end, message: 'declared here' }],
        });
      }
    },
  }),
  examples: [
    {
      language: 'typescript',
      bad: 'const a = 1;\nexport function f() {\n  a = 2;\n}\n',
      good: 'let a = 1;\nexport function f() {\n  a = 2;\n  const b = { c: 1 };\n  b.c = 2;\n  for (const d of e) g(d);\n}\n',
    },
    { language: 'javascript', bad: 'import a from "a";\na = 2;\n', good: 'import a from "a";\na.b = 2;\n' },
  ],
});
