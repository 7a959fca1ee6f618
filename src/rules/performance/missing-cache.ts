import { enclosingFunction, isFunctionNode, isLoopNode } from '../analysis/ecmascript-nodes.ts';
import { decoratorNames, functionAround, parts, walkBody } from '../analysis/python-nodes.ts';
import { defineRule, type EsFile } from '../rule.ts';
import type { EsNode, EsNodeOf } from '#languages/ecmascript-tree.ts';

/** Pure, and dear by the size of what they are given. */
const dear = /^(?:json\.(?:loads|dumps)|copy\.deepcopy|deepcopy|sorted|ast\.parse|yaml\.safe_load|tomllib\.loads)$/;
const dearScript = /^(?:JSON\.(?:parse|stringify)|structuredClone)$/;

export const rule = defineRule({
  id: 'missing-cache',
  title: 'The same dear computation again and again',
  reason:
    'It gives the same answer each time: the loop pays for it in every round, or the recursion computes the same values on many ways (a number of calls that doubles with each step). Compute it once before the loop, or keep the answers (`functools.cache`, a map).',
  category: 'performance',
  severity: 3,
  references: ['CWE-1050', 'CWE-1176'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  roles: ['source'],
  ecmascript: (file) => ({
    CallExpression: (node) => {
      const callee = file.slice(node.callee);
      if (dearScript.test(callee)) inLoop(file, node, callee);
    },
    FunctionDeclaration: (node) => {
      if (node.id && node.body) doubled(file, node, node.id);
    },
  }),
  tree: {
    python: (file) => {
      const { nodes, python } = file;
      return {
        call: (node) => {
          const callee = nodes.slice(nodes.child(node, 'function'));
          if (!dear.test(callee)) return;
          const given = nodes.child(node, 'arguments');
          const names = namesIn(given);
          if (names.length === 0 || nodes.descendantOfType(given, 'call', 'lambda', 'await', 'yield') >= 0) return;
          const loop = loopAround(node);
          if (loop < 0) return;
          const text = nodes.slice(loop);
          if (names.some((name) => isChanged(text, name) || isHandedOn(text, name))) return;
          file.report(
            file.at(node),
            `\`${callee}\` gets the same in every round: nothing in the loop changes ${names.map((name) => `\`${name}\``).join(', ')}.`,
          );
        },
        function_definition: (node) => {
          const name = nodes.slice(nodes.child(node, 'name'));
          if (decoratorNames(nodes, node).length > 0) return;
          const [first, ...rest] = parts(nodes, nodes.child(node, 'parameters'));
          if (first === undefined || rest.length > 2) return;
          const steps = new Map<string, number>();
          walkBody(nodes, nodes.child(node, 'body'), (at) => {
            if (!nodes.is(at, 'binary_operator')) return;
            // `f(n - 1) + f(n - 2)`: each call makes two, and they meet.
            const calls = [nodes.child(at, 'left'), nodes.child(at, 'right')].filter(
              (side) => nodes.is(side, 'call') && nodes.slice(nodes.child(side, 'function')) === name,
            );
            if (calls.length === 2)
              for (const call of calls) steps.set(nodes.slice(nodes.child(call, 'arguments')), at);
          });
          if (steps.size < 2 || ![...steps.keys()].every((step) => /[\w)]\s*-\s*\d/.test(step))) return;
          if (isKept(nodes.slice(nodes.child(node, 'body')))) return;
          file.report(
            file.at(nodes.child(node, 'name')),
            `\`${name}\` computes the same values on many ways: ${[...steps.keys()].map((step) => `\`${name}${step}\``).join(' and ')}.`,
          );
        },
      };

      function namesIn(given: number): string[] {
        const names = new Set<string>();
        for (let at = given; at < nodes.tree.subtreeEnd[given]!; at++) {
          if (nodes.is(at, 'attribute') || nodes.is(at, 'subscript')) return [];
          if (nodes.is(at, 'identifier') && python.variableOf(at)) names.add(nodes.slice(at));
        }
        return [...names];
      }

      function loopAround(node: number): number {
        for (let below = node, at = nodes.parent(node); at >= 0; below = at, at = nodes.parent(at)) {
          const type = nodes.typeName(at);
          if (/^(?:function_definition|lambda|class_definition)$/.test(type)) return -1;
          if (/^(?:for|while)_statement$/.test(type) && nodes.child(at, 'body') === below)
            return functionAround(nodes, at) >= 0 ? at : -1;
          // A way that is taken once costs once.
          if (/^(?:if|try|match)_statement$|^conditional_expression$/.test(type)) return -1;
        }
        return -1;
      }
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'import json\n\n\ndef f(rows, text):\n    found = []\n    for row in rows:\n        known = json.loads(text)\n        found.append(known[row])\n    return found\n',
      good: 'import json\n\n\ndef f(rows, text):\n    known = json.loads(text)\n    found = []\n    for row in rows:\n        found.append((known[row], json.loads(row)))\n    return found\n',
    },
    {
      language: 'python',
      bad: 'def ways(n):\n    if n < 2:\n        return 1\n    return ways(n - 1) + ways(n - 2)\n',
      good: 'from functools import cache\n\n\n@cache\ndef ways(n):\n    if n < 2:\n        return 1\n    return ways(n - 1) + ways(n - 2)\n\n\ndef size(tree):\n    return size(tree.left) + size(tree.right)\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(rows, text) {\n  const found = [];\n  for (const row of rows) {\n    const known = JSON.parse(text);\n    found.push(known[row]);\n  }\n  return found;\n}\n',
      good: 'export function f(rows, text) {\n  const found = [];\n  for (const row of rows) {\n    const known = JSON.parse(row);\n    if (known.fresh) found.push(JSON.parse(text));\n  }\n  return found;\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export function ways(n) {\n  if (n < 2) return 1;\n  return ways(n - 1) + ways(n - 2);\n}\n',
      good: 'const known = new Map();\nexport function ways(n) {\n  if (n < 2) return 1;\n  if (known.has(n)) return known.get(n);\n  const found = ways(n - 1) + ways(n - 2);\n  known.set(n, found);\n  return found;\n}\n',
    },
  ],
});

function isChanged(text: string, name: string): boolean {
  const word = `(?<![\\w$.])${name.replace(/\$/g, '\\$')}`;
  return new RegExp(
    `${word}\\s*(?:[-+*/|&^%]?=(?!=)|\\+\\+|--|\\.(?:append|add|pop|push|shift|unshift|splice|insert|extend|remove|clear|update|set|delete|sort|reverse|discard|setdefault)\\b|[\\[.][^\\n;=]*=(?!=))|\\b(?:for|as|del|const|let|var|of)\\s+\\(?[^\\n]*?\\b${name.replace(/\$/g, '\\$')}\\b[^\\n]*\\b(?:in|of)\\b`,
  ).test(text);
}

/** Somebody else may change it: it is given to a call other than the one that is looked at. */
function isHandedOn(text: string, name: string): boolean {
  return (text.match(new RegExp(`[(,]\\s*\\*{0,2}${name.replace(/\$/g, '\\$')}\\s*[,)]`, 'g'))?.length ?? 0) > 1;
}

function isKept(body: string): boolean {
  return /\b(?:cache|memo|known|seen|lookup|table|dp)\w*\b|\.has\(|\.get\(|\bin\s+\w+/i.test(body);
}

function inLoop(file: EsFile, node: EsNodeOf<'CallExpression'>, callee: string): void {
  if (node.arguments.length !== 1 || node.arguments[0]!.type !== 'Identifier') return;
  const { name } = node.arguments[0]!;
  const variable = file.scopes.variableOf(node.arguments[0]!);
  if (!variable) return;
  for (let below: EsNode = node, at = file.parent(node); at; below = at, at = file.parent(at)) {
    if (
      isFunctionNode(at) ||
      /^(?:IfStatement|ConditionalExpression|LogicalExpression|TryStatement|SwitchCase)$/.test(at.type)
    )
      return;
    if (!isLoopNode(at) || at.body !== below) continue;
    const text = file.slice(at);
    const isInside = variable.declarations.some(({ start }) => start >= at!.start && start < at!.end);
    if (isInside || isChanged(text, name) || isHandedOn(text, name) || !enclosingFunction(file, at)) return;
    file.report(node, `\`${callee}\` gets the same in every round: nothing in the loop changes \`${name}\`.`);
    return;
  }
}

function doubled(file: EsFile, node: EsNodeOf<'FunctionDeclaration'>, id: EsNodeOf<'Identifier'>): void {
  const body = file.slice(node.body!);
  const call = `${id.name.replace(/\$/g, '\\$')}\\(([^()]*-\\s*\\d+[^()]*)\\)`;
  const pair = new RegExp(`\\b${call}\\s*\\+\\s*${call}`).exec(body);
  if (!pair || pair[1] === pair[2] || isKept(body)) return;
  file.report(
    id,
    `\`${id.name}\` computes the same values on many ways: \`${id.name}(${pair[1]!})\` and \`${id.name}(${pair[2]!})\`.`,
  );
}
