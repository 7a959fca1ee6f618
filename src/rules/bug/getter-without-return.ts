import { walkOwn } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'getter-without-return',
  title: 'Getter that gives nothing',
  reason: 'The property is always undefined. Return the value, or make it a method.',
  category: 'bug',
  severity: 4,
  references: ['eslint getter-return'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['getter-return'],
  ecmascript: (file) => {
    const look = (
      key: { readonly start: number; readonly end: number },
      kind: string,
      value: Parameters<typeof walkOwn>[0] | null,
    ): void => {
      if (kind !== 'get' || value?.type !== 'FunctionExpression' || !value.body || value.body.body.length === 0) return;
      let leaves = false;
      walkOwn(value.body, (child) => {
        if (child.type === 'ThrowStatement' || (child.type === 'ReturnStatement' && child.argument)) leaves = true;
      });
      // One that only complains is there to complain.
      if (
        leaves ||
        /\bthrow\w*\(|\b\w*(?:[Ee]rror|warn|assert|deprecat\w*|[Uu]nreachable)\w*\(/.test(file.slice(value.body))
      )
        return;
      file.report(key, 'The getter never returns a value.');
    };
    return {
      MethodDefinition: ({ key, kind, value }) => look(key, kind, value),
      Property: ({ key, kind, value }) => look(key, kind, value),
    };
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export class A {\n  a = 1;\n  get b() {\n    this.a + 1;\n  }\n}\n',
      good: 'export class A {\n  a = 1;\n  get b() {\n    return this.a + 1;\n  }\n  get c() {\n    throw new Error("no");\n  }\n}\n',
    },
  ],
});
