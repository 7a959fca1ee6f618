import { isFunctionNode, isGlobal } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'async-executor',
  title: 'Promise made by an asynchronous executor',
  reason:
    'What an async executor throws is lost: the promise never settles. Await before, and make the promise of what does not know promises.',
  category: 'bug',
  severity: 3,
  references: ['CWE-390', 'eslint no-async-promise-executor'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-async-promise-executor'],
  ecmascript: (file) => ({
    NewExpression: ({ callee, arguments: [executor] }) => {
      if (!executor || !isFunctionNode(executor) || !executor.async || !isGlobal(file, callee, 'Promise')) return;
      const text = executor.body ? file.slice(executor.body) : '';
      if (!/\bawait\b/.test(text) || /^\{\s*try\b[^]*\}\s*catch\b[^]*\}\s*\}$/.test(text)) return;
      file.report(
        { start: executor.start, end: executor.body?.start ?? executor.end },
        'What this function throws is lost.',
      );
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'export const f = (a) =>\n  new Promise(async (resolve) => {\n    resolve(await a());\n  });\n',
      good: 'export const f = (a) =>\n  new Promise(async (resolve, reject) => {\n    try {\n      resolve(await a());\n    } catch (error) {\n      reject(error);\n    }\n  });\n',
    },
  ],
});
