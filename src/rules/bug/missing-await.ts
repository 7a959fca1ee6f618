import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { EsNode } from '#languages/ecmascript-tree.ts';
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
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
      const name = calleeName(expression.callee);
      if (!name) return;
      // Outside of asynchronous functions there is nobody to wait; main() at the end of a script is the usual way.
      // Who hands in what to do with the outcome has it there.
      if (expression.arguments.some((given) => tellsOutcome.test(file.slice(given)))) return;
      const canWait = enclosingFunction(file, expression)?.async === true;
      file.note(name, { name: file.slice(name), canWait }, { identityOf: expression });
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
        if (!nodes.is(name, 'identifier') || asksWhetherAsync(nodes, node)) return;
        file.note(file.at(name), { name: nodes.slice(name), canWait: true }, { identity: nodes.slice(callee) });
      },
    }),
  },
  eachFile: true,
  *conclude(files, project) {
    for (const { path, notes } of files) {
      if (notes.length === 0) continue;
      const { snapshot } = project;
      const callees = exactCallees(snapshot, path);
      const dropped = notes.map(({ place }) => callees(place));
      const isByDesign = droppedByDesign(snapshot, path, dropped);
      for (const [at, { place, identity, data }] of notes.entries()) {
        const targets = dropped[at]!;
        const [target] = targets;
        if (data['canWait'] !== true || !target || !targets.every(isPlainlyAsync)) continue;
        if (isByDesign(target)) continue;
        yield {
          message: `\`${String(data['name'])}\` is asynchronous, and nothing awaits what it returns.`,
          ...(!isAwaitedElsewhere(snapshot, path, target) && { severity: 3 }),
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
      language: 'javascript',
      bad: 'async function read(a, b) {\n  return b(a);\n}\nexports.f = async (a) => {\n  read(a, a.parse);\n  return a;\n};\n',
      good: 'async function read(a, b) {\n  return b(a);\n}\nexports.f = async (a) => {\n  read(a, a.resolve);\n  return a;\n};\n',
    },
    {
      language: 'javascript',
      bad: 'async function reply(a) {\n  return a;\n}\nexports.a = async (x) => {\n  if (x) reply(1);\n  return await reply(2);\n};\nexports.b = async () => {\n  return await reply(3);\n};\n',
      good: 'async function reply(a) {\n  return a;\n}\nexports.a = async (x) => {\n  if (x) reply(1);\n  else reply(2);\n};\nexports.b = async () => {\n  reply(3);\n  return await reply(4);\n};\n',
    },
    {
      language: 'python',
      bad: 'async def save(a):\n    return a\n\n\nasync def run():\n    save(1)\n',
      good: 'async def save(a):\n    return a\n\n\nasync def run():\n    if iscoroutinefunction(save):\n        await save(1)\n    else:\n        save(1)\n',
    },
  ],
});

/**
 * What most callers drop answers for itself. Python's coroutines do nothing unless they are awaited: there it is never meant.
 * @param dropped the callees of each call in the file whose result nobody takes
 */
function droppedByDesign(
  snapshot: Snapshot,
  path: string,
  dropped: readonly (readonly SymbolRecord[])[],
): (target: SymbolRecord) => boolean {
  const file = snapshot.fileByPath(path);
  if (!file || file.language === 'python') return () => false;
  return ({ id }) => {
    const drops = dropped.filter((targets) => targets.some((each) => each.id === id)).length;
    if (drops < MANY) return false;
    const calls = snapshot.edgesOf(file.id).filter(({ kind, target }) => kind === 'calls' && target === id).length;
    return drops * 2 > calls;
  };
}

const tellsOutcome = /(?:^|\.)(?:resolve|reject|done|callback|cb|next)$/i;

/**
 * In JavaScript work may go on beside on purpose, and one call alone does not say whether it should: where the file awaits the
 * same function elsewhere, this place was forgotten.
 */
function isAwaitedElsewhere(snapshot: Snapshot, path: string, { id }: SymbolRecord): boolean {
  const file = snapshot.fileByPath(path);
  if (!file || file.language === 'python') return true;
  const lines = snapshot.text(file.id)?.split('\n') ?? [];
  return snapshot
    .edgesOf(file.id)
    .some(
      ({ kind, target, line, column }) =>
        kind === 'calls' &&
        target === id &&
        /\bawait\s+(?:[\w$]+\s*\??\.\s*)*$/.test((lines[line - 1] ?? '').slice(0, column - 1)),
    );
}

/** `if iscoroutinefunction(f): await f() else: f()`. */
function asksWhetherAsync(nodes: SyntaxNodes, statement: number): boolean {
  for (let at = nodes.parent(statement); at >= 0 && !nodes.is(at, 'function_definition'); at = nodes.parent(at))
    if (
      nodes.is(at, 'if_statement') &&
      /\b(?:is_?(?:coroutine|awaitable|async)\w*)\(/.test(nodes.slice(nodes.child(at, 'condition')))
    )
      return true;
  return false;
}

/** A promise that is dropped so often was not forgotten. */
const MANY = 3;

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
