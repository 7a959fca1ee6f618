import type { EsNodeOf } from '#languages/ecmascript-tree.ts';
import { neverCompletes, parts, walkBody } from '../analysis/python-nodes.ts';
import { neverCompletes as esNeverCompletes, walkOwn } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

const leaves =
  /^(?:sys\.exit|exit|quit|os\._exit|os\.abort|os\.exec\w+|pytest\.\w+|self\.(?:fail|skipTest|error\w*|_raise\w*)|\w*(?:fail|abort|error|raise|die|exit|usage)\w*)\(/i;

export const rule = defineRule({
  id: 'inconsistent-return',
  title: 'Function that returns a value on some ways only',
  reason:
    'On one way the function ends without a `return`, so the caller is given None or undefined where a value is expected. Return a value there as well, raise, or say `return None`.',
  category: 'bug',
  severity: 2,
  references: ['CWE-394', 'pylint R1710', 'eslint consistent-return', 'PEP 8'],
  languages: ['python', 'javascript', 'jsx'],
  aliases: ['inconsistent-return-statements', 'R1710', 'consistent-return', 'RET503', 'return'],
  ecmascript: (file) => ({
    anyFunction: (node) => {
      if (node.body?.type !== 'BlockStatement' || node.generator || esNeverCompletes(node.body)) return;
      const last = node.body.body.at(-1);
      if (last?.type !== 'IfStatement' && last?.type !== 'SwitchStatement') return;
      let values = 0;
      let others = 0;
      walkOwn(node.body, (child) => {
        if (child.type === 'ReturnStatement') {
          if (
            child.argument &&
            !/^(?:undefined|void 0|null|next\(|cb\(|callback\(|done\(|this\.)|\w*\(/.test(file.slice(child.argument))
          )
            values++;
          else others++;
        }
      });
      // Middleware and effects return early what nobody reads.
      if (values < 2 || others > 0 || !('id' in node && node.id)) return;
      if (last.type === 'SwitchStatement' && !allCasesReturn(last)) return;
      if (last.type === 'IfStatement' && !endsInReturn(last)) return;
      file.report(node.id!, `\`${node.id!.name}\` returns a value on ${values} ways and falls off its end on another.`);
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      return {
        function_definition: (node) => {
          const body = nodes.child(node, 'body');
          const last = parts(nodes, body).at(-1);
          if (file.isPartial || last === undefined || ends(last)) return;
          if (!/^(?:if|for|while|try|match|with)_statement$/.test(nodes.typeName(last))) return;
          let values = 0;
          let isOther = false;
          walkBody(nodes, body, (at) => {
            const type = nodes.typeName(at);
            if (type === 'yield' || type === 'await') isOther ||= type === 'yield';
            if (type !== 'return_statement') return;
            const value = nodes.slice(at).replace(/^return\s*/, '');
            if (value === '' || value === 'None') isOther = true;
            else if (!/^[\w.]+\(/.test(value)) values++;
          });
          const kind = nodes.slice(nodes.child(node, 'return_type'));
          if (values === 0 || isOther || /None|Optional|Any|NoReturn|Never/.test(kind)) return;
          if (kind === '' && (values < 2 || !nodes.is(last, 'if_statement') || !branchesEnd(last))) return;
          const name = nodes.child(node, 'name');
          if (/^__(?:exit|aexit)__$/.test(nodes.slice(name))) return;
          file.report(
            file.at(name),
            `\`${nodes.slice(name)}\` ${kind === '' ? 'returns a value on some ways' : `promises ${kind.slice(0, 40)}`} and falls off its end on others.`,
            kind === '' ? {} : { severity: 3 },
          );
        },
      };

      function branchesEnd(statement: number): boolean {
        const blocks = parts(nodes, statement).flatMap((part) =>
          nodes.is(part, 'block')
            ? [part]
            : nodes.typeName(part).endsWith('_clause')
              ? [nodes.childOfType(part, 'block')]
              : [],
        );
        return blocks.every((block) => neverCompletes(nodes, block));
      }

      /** As `neverCompletes`; `with` counts as its body, calls that leave count, and so does a `match` with a last word. */
      function ends(statement: number): boolean {
        if (neverCompletes(nodes, statement)) return true;
        const type = nodes.typeName(statement);
        const endsBlock = (block: number): boolean => {
          const last = parts(nodes, block).at(-1);
          return last !== undefined && (ends(last) || parts(nodes, block).some((part) => neverCompletes(nodes, part)));
        };
        const text = nodes.slice(statement);
        if (type === 'expression_statement') return leaves.test(text);
        if (type === 'assert_statement') return /^assert\s+(?:False|0|not\b)|assert_never/.test(text);
        if (type === 'with_statement')
          return !/suppress|raises|warns/.test(text.split('\n', 1)[0]!) && endsBlock(nodes.child(statement, 'body'));
        if (type === 'match_statement') return true;
        if (type === 'while_statement') return /^while\s+(?:True|1)\b/.test(text) && !/\bbreak\b/.test(text);
        if (type === 'for_statement') {
          const other = nodes.childOfType(statement, 'else_clause');
          return other >= 0 && endsBlock(nodes.childOfType(other, 'block'));
        }
        if (type !== 'if_statement' && type !== 'try_statement') return false;
        if (type === 'if_statement' && nodes.childOfType(statement, 'else_clause') < 0) return false;
        const last = nodes.childOfType(statement, 'finally_clause');
        if (last >= 0 && endsBlock(nodes.childOfType(last, 'block'))) return true;
        const other = type === 'try_statement' ? nodes.childOfType(statement, 'else_clause') : -1;
        return parts(nodes, statement).every((part) => {
          if (nodes.is(part, 'block'))
            return endsBlock(part) || (other >= 0 && endsBlock(nodes.childOfType(other, 'block')));
          if (part === last || part === other || !nodes.typeName(part).endsWith('_clause')) return true;
          return endsBlock(nodes.childOfType(part, 'block'));
        });
      }
    },
  },
  examples: [
    {
      language: 'python',
      bad: 'def f(a) -> int:\n    if a > 1:\n        return a\n',
      good: 'def f(a) -> int:\n    with a:\n        if a > 1:\n            return a\n        else:\n            raise ValueError\n\n\ndef g(a):\n    if a:\n        return 1\n    return None\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    if a == 1:\n        return "x"\n    elif a == 2:\n        return "y"\n',
      good: 'def f(a):\n    if a == 1:\n        return "x"\n    elif a == 2:\n        return "y"\n    else:\n        sys.exit(1)\n',
    },
    {
      language: 'javascript',
      bad: 'export function f(a) {\n  if (a === 1) return "x";\n  else if (a === 2) return "y";\n}\n',
      good: 'export function f(a) {\n  if (a === 1) return "x";\n  else if (a === 2) return "y";\n  return undefined;\n}\n',
    },
  ],
});

type Last<Type extends 'IfStatement' | 'SwitchStatement'> = EsNodeOf<Type>;

function endsInReturn(node: Last<'IfStatement'>): boolean {
  if (!esNeverCompletes(node.consequent)) return false;
  if (!node.alternate) return true;
  return node.alternate.type === 'IfStatement' ? endsInReturn(node.alternate) : esNeverCompletes(node.alternate);
}

function allCasesReturn({ cases }: Last<'SwitchStatement'>): boolean {
  if (cases.some(({ test }) => test === null)) return false;
  return cases.every(
    ({ consequent }) => consequent.length === 0 || consequent.some((one) => one.type === 'ReturnStatement'),
  );
}
