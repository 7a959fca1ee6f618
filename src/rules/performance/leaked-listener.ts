import { methodName } from '../analysis/ecmascript-nodes.ts';
import { defineRule } from '../rule.ts';

/** Called when a component comes; what they start has to end when it goes. */
const arrivals = /^(?:componentDidMount|connectedCallback|ngOnInit|ngAfterViewInit|mounted|created)$/;

export const rule = defineRule({
  id: 'leaked-listener',
  title: 'Listener or timer of a component that is never taken away',
  reason:
    'The window, the document or the timer holds the component after it is gone: memory grows, and its code runs on. Take it away when the component goes.',
  category: 'performance',
  severity: 3,
  references: ['CWE-401', 'CWE-772'],
  languages: ['javascript', 'jsx', 'typescript', 'tsx'],
  ecmascript: (file) => ({
    MethodDefinition: (node) => {
      if (node.key.type !== 'Identifier' || !arrivals.test(node.key.name) || !node.value.body) return;
      const owner = file.parent(node);
      if (!owner) return;
      const whole = file.slice(owner);
      for (const statement of node.value.body.body) {
        const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
        const made = call?.type === 'AssignmentExpression' ? call.right : call;
        if (made?.type !== 'CallExpression') continue;
        const name = file.slice(made.callee);
        const isTimer = /^(?:window\.)?setInterval$/.test(name);
        const isListener =
          /^(?:window|document|document\.body)\.addEventListener$/.test(name) && methodName(made.callee) !== undefined;
        if (isTimer && !/clearInterval/.test(whole))
          file.report(statement, 'Nothing clears this interval when the component goes.');
        if (isListener && !/removeEventListener|\bsignal\b|\bonce\b|\.abort\(/.test(whole))
          file.report(statement, 'Nothing removes this listener when the component goes.');
      }
    },
  }),
  examples: [
    {
      language: 'javascript',
      bad: 'export class A extends HTMLElement {\n  connectedCallback() {\n    window.addEventListener("resize", this.onResize);\n  }\n}\n',
      good: 'export class A extends HTMLElement {\n  connectedCallback() {\n    window.addEventListener("resize", this.onResize);\n  }\n  disconnectedCallback() {\n    window.removeEventListener("resize", this.onResize);\n  }\n}\n',
    },
  ],
});
