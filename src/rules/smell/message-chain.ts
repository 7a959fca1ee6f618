import { defineRule } from '../rule.ts';
import { bareExpression } from '../analysis/ecmascript-nodes.ts';
import type { EsNode } from '#languages/ecmascript-tree.ts';

/** Fowler gives no number; the law of Demeter allows one step. Four getters in a row are found rarely, and are never by accident. */
const LONGEST = 3;

const getter = /^get(?:_[a-z]|[A-Z])\w*$/;

export const rule = defineRule({
  id: 'message-chain',
  title: 'Chain of getters through other objects',
  reason:
    'The code knows how four classes hang together, and breaks when any of them changes. Ask the first object for what is wanted (hide the delegate), or move the code to where the data is.',
  category: 'smell',
  severity: 2,
  references: ['Fowler: Message Chains', 'Law of Demeter'],
  languages: ['python', 'javascript', 'jsx', 'typescript', 'tsx'],
  ecmascript: (file) => ({
    CallExpression: (node) => {
      const above = file.parent(node);
      if (above?.type === 'MemberExpression' && getterOf(file.parent(above)) !== undefined) return;
      let count = 0;
      for (let at: EsNode = node; ;) {
        const name = getterOf(at);
        if (name === undefined || at.type !== 'CallExpression') break;
        count++;
        const callee = bareExpression(at.callee);
        if (callee.type !== 'MemberExpression') break;
        at = bareExpression(callee.object);
      }
      if (count > LONGEST) file.report(node, `${count} getters in a row.`);
    },
  }),
  tree: {
    python: (file) => {
      const { nodes } = file;
      const getterAt = (call: number): number => {
        const callee = nodes.is(call, 'call') ? nodes.child(call, 'function') : -1;
        if (!nodes.is(callee, 'attribute') || !getter.test(nodes.slice(nodes.child(callee, 'attribute')))) return -1;
        return nodes.child(callee, 'object');
      };
      return {
        call: (node) => {
          const above = nodes.parent(node);
          if (nodes.is(above, 'attribute') && getterAt(nodes.parent(above)) === node) return;
          let count = 0;
          for (let at = getterAt(node); at >= 0; at = getterAt(at)) count++;
          if (count > LONGEST) file.report(file.at(node), `${count} getters in a row.`);
        },
      };
    },
  },
  examples: [
    {
      language: 'typescript',
      bad: 'export const f = (a) => a.getOrder().getCustomer().getAddress().getCity();\n',
      good: 'export const f = (a) => a.getOrder().getCity().trim().toLowerCase();\n',
    },
    {
      language: 'python',
      bad: 'def f(a):\n    return a.get_order().get_customer().get_address().get_city()\n',
      good: 'def f(a):\n    return a.filter().order_by().values().first()\n',
    },
  ],
});

function getterOf(node: EsNode | undefined): string | undefined {
  if (node?.type !== 'CallExpression' || node.arguments.length > 1) return undefined;
  const callee = bareExpression(node.callee);
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined;
  return getter.test(callee.property.name) ? callee.property.name : undefined;
}
