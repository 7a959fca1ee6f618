import { eachEsChild, type EsNode } from '#languages/ecmascript-tree.ts';
import { isFunctionNode } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'super-forgotten',
  title: 'Constructor that uses `this` before `super`',
  reason:
    'In a class that extends another, `this` exists only after `super()`: the line throws ReferenceError. Call `super()` first.',
  category: 'bug',
  severity: 5,
  references: ['eslint no-this-before-super', 'eslint constructor-super'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  aliases: ['no-this-before-super', 'constructor-super'],
  ecmascript: (file) => ({
    MethodDefinition: (node) => {
      if (node.kind !== 'constructor' || !node.value.body) return;
      const owner = file.parent(file.parent(node) ?? node);
      if ((owner?.type !== 'ClassDeclaration' && owner?.type !== 'ClassExpression') || !owner.superClass) return;
      if (owner.superClass.type === 'Literal') return;
      let superAt = Number.POSITIVE_INFINITY;
      let thisAt = Number.POSITIVE_INFINITY;
      let leaves = false;
      const look = (child: EsNode, isLater: boolean): void => {
        if (child.type === 'CallExpression' && child.callee.type === 'Super') superAt = Math.min(superAt, child.start);
        if (child.type === 'ThisExpression' && !isLater) thisAt = Math.min(thisAt, child.start);
        if (child.type === 'ReturnStatement' || child.type === 'ThrowStatement') leaves = true;
        if (isFunctionNode(child) && child.type !== 'ArrowFunctionExpression') return;
        if (child.type === 'ClassDeclaration' || child.type === 'ClassExpression') return;
        eachEsChild(child, (inner) => look(inner, isLater || isFunctionNode(child)));
      };
      look(node.value.body, false);
      if (leaves) return;
      if (superAt === Number.POSITIVE_INFINITY)
        file.report(node.key, 'The constructor never calls `super()`.', { identityOf: node });
      else if (thisAt < superAt)
        file.report({ start: thisAt, end: thisAt + 4 }, '`this` is used before `super()` was called.', {
          identityOf: node,
        });
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'class B extends A {\n  constructor() {\n    this.x = 1;\n    super();\n  }\n}\n',
      good: 'class B extends A {\n  constructor() {\n    super(() => this.x);\n    this.x = 1;\n  }\n}\n',
    },
    {
      language: 'typescript',
      bad: 'class B extends A {\n  constructor() {\n    log(1);\n  }\n}\n',
      good: 'class B {\n  constructor() {\n    this.x = 1;\n  }\n}\n',
    },
  ],
});
