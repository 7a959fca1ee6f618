import type { EsNode } from '#languages/ecmascript-tree.ts';
import { isFunctionNode, isLoopNode } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

const arrayStart = /^\s*\[/;

/** Each round copies all that was built before. String `+=` is left alone: engines build ropes, and lists of parts read worse. */
export const rule = defineRule({
  id: 'quadratic-building',
  title: 'Collection that is copied in each round of a loop',
  reason:
    'Each round copies everything built so far, so twice the input takes four times as long. Push into the list or assign into the object, and build it once.',
  category: 'performance',
  severity: 3,
  references: ['CWE-1050', 'oxlint no-accumulating-spread'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx', 'python'],
  aliases: ['no-accumulating-spread', 'noAccumulatingSpread', 'PERF401', 'RUF005', 'RUF017'],
  ecmascript: (file) => {
    const isInLoop = (node: EsNode, name: string): boolean => {
      const variable = file.scopes.variableOf(node);
      for (let below: EsNode = node, at = file.parent(node); at; below = at, at = file.parent(at)) {
        if (isFunctionNode(at)) return false;
        const isLoop = isLoopNode(at) ? at : undefined;
        // Declared outside of the loop: it grows over the rounds.
        if (isLoop?.body === below)
          return (
            variable !== undefined &&
            variable.name === name &&
            variable.declarations.every(({ start }) => start < isLoop.start)
          );
      }
      return false;
    };
    return {
      AssignmentExpression: ({ operator, left, right, start, end }) => {
        if (operator !== '=' || left.type !== 'Identifier') return;
        const first =
          right.type === 'ArrayExpression'
            ? right.elements[0]
            : right.type === 'ObjectExpression'
              ? right.properties[0]
              : undefined;
        const isSpread =
          first?.type === 'SpreadElement' && first.argument.type === 'Identifier' && first.argument.name === left.name;
        const isConcat =
          right.type === 'CallExpression' &&
          right.callee.type === 'MemberExpression' &&
          right.callee.object.type === 'Identifier' &&
          right.callee.object.name === left.name &&
          !right.callee.computed &&
          right.callee.property.type === 'Identifier' &&
          right.callee.property.name === 'concat' &&
          isArray(left);
        if ((isSpread || isConcat) && isInLoop(left, left.name))
          file.report({ start, end }, `Each round copies all of \`${left.name}\`.`);
      },
      CallExpression: (node) => {
        const { callee, arguments: given } = node;
        const [reducer, initial] = given;
        if (
          callee.type !== 'MemberExpression' ||
          callee.property.type !== 'Identifier' ||
          callee.property.name !== 'reduce'
        )
          return;
        if (
          !reducer ||
          !isFunctionNode(reducer) ||
          !initial ||
          (initial.type !== 'ObjectExpression' && initial.type !== 'ArrayExpression')
        )
          return;
        const [accumulator] = reducer.params;
        const body = reducer.body;
        const result =
          body?.type === 'BlockStatement' ? body.body.find((one) => one.type === 'ReturnStatement')?.argument : body;
        const made = result?.type === 'ParenthesizedExpression' ? result.expression : result;
        const first =
          made?.type === 'ObjectExpression'
            ? made.properties[0]
            : made?.type === 'ArrayExpression'
              ? made.elements[0]
              : undefined;
        if (
          accumulator?.type === 'Identifier' &&
          first?.type === 'SpreadElement' &&
          first.argument.type === 'Identifier' &&
          first.argument.name === accumulator.name
        )
          file.report(first, `Each step copies all of \`${accumulator.name}\`.`, { identityOf: reducer });
      },
    };

    function isArray(node: EsNode): boolean {
      const variable = file.scopes.variableOf(node);
      return (
        variable?.references.some(({ node: use, isInit }) => {
          const parent = file.parent(use);
          return isInit && parent?.type === 'VariableDeclarator' && parent.init?.type === 'ArrayExpression';
        }) ?? false
      );
    }
  },
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        assignment: (node) => {
          const left = nodes.child(node, 'left');
          const right = nodes.child(node, 'right');
          if (
            !nodes.is(left, 'identifier') ||
            !nodes.is(right, 'binary_operator') ||
            nodes.slice(nodes.child(right, 'operator')) !== '+'
          )
            return;
          const name = nodes.slice(left);
          if (
            nodes.slice(nodes.child(right, 'left')) !== name ||
            !arrayStart.test(nodes.slice(nodes.child(right, 'right')))
          )
            return;
          for (let at = nodes.parent(node); at >= 0; at = nodes.parent(at)) {
            const type = nodes.typeName(at);
            if (type === 'function_definition' || type === 'class_definition') return;
            if (type !== 'for_statement' && type !== 'while_statement') continue;
            file.report(file.at(node), `Each round copies all of \`${name}\`: use \`${name}.append\` or \`+=\`.`);
            return;
          }
        },
        call: (node) => {
          const callee = nodes.slice(nodes.child(node, 'function'));
          const given = nodes.slice(nodes.child(node, 'arguments'));
          if (callee === 'sum' && /,\s*\[\s*\]\s*\)$/.test(given))
            file.report(
              file.at(node),
              'Adding lists with `sum` copies all earlier ones each time: use itertools.chain or a comprehension.',
            );
        },
      };
    },
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export function f(a: number[]) {\n  let out: number[] = [];\n  for (const x of a) out = [...out, x];\n  return out;\n}\n',
      good: 'export function f(a: number[]) {\n  const out: number[] = [];\n  for (const x of a) out.push(x);\n  let more = [...a];\n  more = [...more, 1];\n  return out;\n}\n',
    },
    {
      language: 'javascript',
      bad: 'export const f = (a) => a.reduce((all, x) => ({ ...all, [x]: 1 }), {});\n',
      good: 'export const f = (a) => a.reduce((all, x) => { all[x] = 1; return all; }, {});\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    out = []\n    for x in a:\n        out = out + [x]\n    return out\n',
      good: 'def f(a):\n    out = []\n    for x in a:\n        out.append(x)\n    return out + [1]\n',
    },
    { language: 'python', bad: 'def f(a):\n    return sum(a, [])\n', good: 'def f(a):\n    return sum(a, 0)\n' },
  ],
});
