import type { EsNode } from '#languages/ecmascript-tree.ts';
import type { SymbolRecord } from '#model/snapshot.ts';
import { SymbolFlag } from '#model/vocabulary.ts';
import { enclosingFunction } from '../analysis/ecmascript-nodes.ts';
import { declaredAt, exactCallees } from '../analysis/exact-callees.ts';
import { defineRule, type Range } from '../rule.ts';

/** Only statements that are nothing but the call: there the promise cannot have been kept on purpose. */
export const rule = defineRule({
  id: 'missing-await',
  title: 'Asynchronous call that nobody waits for',
  reason:
    'The call makes a promise or coroutine and drops it. In Python the function never runs; in JavaScript its errors are lost and what follows runs too early. Await it, or say `void` or keep the task where that is meant.',
  category: 'bug',
  severity: 4,
  references: ['CWE-252', 'typescript-eslint no-floating-promises', 'ruff RUF006'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-floating-promises', 'unused-coroutine', 'RUF006'],
  ecmascript: (file) => ({
    ExpressionStatement: ({ expression }) => {
      if (expression.type !== 'CallExpression') return;
      const around = enclosingFunction(file, expression);
      // Outside of asynchronous functions there is nobody to wait; main() at the end of a script is the usual way.
      if (!around?.async) return;
      const name = calleeName(expression.callee);
      if (name) file.note(name, { name: file.slice(name) }, { identityOf: expression });
    },
  }),
  tree: {
    python: (file) => ({
      expression_statement: (node) => {
        const { nodes } = file;
        const call = nodes.firstNamed(node);
        if (!nodes.is(call, 'call') || nodes.nextNamed(call) >= 0) return;
        const callee = nodes.child(call, 'function');
        const name = nodes.is(callee, 'attribute') ? nodes.child(callee, 'attribute') : callee;
        if (!nodes.is(name, 'identifier')) return;
        file.note(file.at(name), { name: nodes.slice(name) }, { identity: nodes.slice(callee) });
      },
    }),
  },
  eachFile: true,
  *conclude(files, project) {
    for (const { path, notes } of files) {
      if (notes.length === 0) continue;
      const callees = exactCallees(project.snapshot, path);
      for (const { place, identity } of notes) {
        const targets = callees(place);
        const [target] = targets;
        if (!target || !targets.every(isPlainlyAsync)) continue;
        yield {
          message: `\`${target.name}\` is asynchronous, and nothing awaits what it returns.`,
          place: { ...place, path },
          identity,
          related: [declaredAt(target, 'declared asynchronous here')],
        };
      }
    }
  },
  examples: [
    {
      language: 'typescript',
      bad: 'async function save(a: string) {\n  return a;\n}\nexport async function run() {\n  save("a");\n  return 1;\n}\n',
      good: 'async function save(a: string) {\n  return a;\n}\nexport async function run() {\n  void save("b");\n  await save("a");\n}\n',
    },
    {
      language: 'python',
      bad: 'async def save(a):\n    return a\n\n\nasync def run():\n    save(1)\n',
      good: 'async def save(a):\n    return a\n\n\nasync def run():\n    await save(1)\n',
    },
  ],
});

/** A decorator may hand it to an event loop. */
function isPlainlyAsync({ flags, decorators }: SymbolRecord): boolean {
  const others = SymbolFlag.generator | SymbolFlag.declaration;
  return (flags & SymbolFlag.async) !== 0 && (flags & others) === 0 && decorators.length === 0;
}

function calleeName(callee: EsNode): Range | undefined {
  if (callee.type === 'Identifier') return callee;
  if (callee.type === 'MemberExpression' && !callee.computed) return callee.property;
  return undefined;
}
