import { enclosingFunction, methodName } from '../analysis/ecmascript-nodes.ts';
import { functionAround, isAsync } from '../analysis/python-nodes.ts';
import { defineRule } from '../rule.ts';

const blocking =
  /^(?:time\.sleep|requests\.(?:get|post|put|patch|delete|head|request)|urllib\.request\.urlopen|subprocess\.(?:run|call|check_call|check_output)|os\.system|socket\.create_connection)$/;

export const rule = defineRule({
  id: 'blocking-in-async',
  title: 'Blocking call in an asynchronous function',
  reason:
    'While it waits, the event loop serves nobody: every other task stands still. Use the asynchronous counterpart, or hand it to a thread (asyncio.to_thread).',
  category: 'performance',
  severity: 4,
  references: ['CWE-1322', 'ruff ASYNC251 ASYNC210 ASYNC220'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['ASYNC251', 'ASYNC210', 'ASYNC220', 'ASYNC221', 'no-sync', 'ASYNC100'],
  ecmascript: (file) => ({
    CallExpression: (node) => {
      const name = methodName(node.callee) ?? (node.callee.type === 'Identifier' ? node.callee.name : undefined);
      if (name === undefined || !/^(?:exec|spawn|execFile)Sync$|^pbkdf2Sync$|^scryptSync$/.test(name)) return;
      if (!enclosingFunction(file, node)?.async) return;
      // A script's own main function has nobody else to serve.
      if (/^#!|\bprocess\.exit\b|\bprocess\.argv\b/m.test(file.text)) return;
      file.report(node, `\`${name}\` stops the event loop until it is done.`, { severity: 3 });
    },
  }),
  tree: {
    python: (file) => ({
      call: (node) => {
        const { nodes } = file;
        const callee = nodes.slice(nodes.child(node, 'function'));
        if (!blocking.test(callee)) return;
        const around = functionAround(nodes, node);
        if (around < 0 || !nodes.is(around, 'function_definition') || !isAsync(nodes, around)) return;
        const root = nodes.descendantOfType(nodes.child(node, 'function'), 'identifier');
        if (root < 0 || !file.python.variableOf(root)?.bindings.some(({ kind }) => kind === 'import')) return;
        if (callee.endsWith('.sleep') && /\(\s*0\s*\)/.test(nodes.slice(nodes.child(node, 'arguments')))) return;
        file.report(file.at(node), `\`${callee}\` stops the event loop until it is done.`);
      },
    }),
  },
  examples: [
    {
      language: 'python',
      bad: 'import time\n\nasync def f():\n    time.sleep(1)\n',
      good: 'import asyncio, time\n\nasync def f():\n    await asyncio.sleep(1)\n\ndef g():\n    time.sleep(1)\n',
    },
    {
      language: 'typescript',
      bad: 'import { execSync } from "node:child_process";\nexport async function f() {\n  execSync("ls");\n}\n',
      good: 'import { execSync } from "node:child_process";\nexport function f() {\n  execSync("ls");\n}\n',
    },
  ],
});
