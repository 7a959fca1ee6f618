import type { Node } from './estree.ts';
import type { FlowPass } from './flow-pass.ts';
import { lookup } from './scope.ts';

/** The text of an expression that constants make up: "a", `a${b}`, "a" + b where b is a constant; undefined for others. */
export function constantOf(pass: FlowPass, node: Node, depth = 0): string | undefined {
  if (depth > 20) return undefined;
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string'
        ? node.value
        : typeof node.value === 'number'
          ? String(node.value)
          : undefined;
    case 'TemplateLiteral': {
      let text = '';
      for (let at = 0; at < node.quasis.length; at++) {
        text += node.quasis[at]!.value.cooked ?? '';
        const expression = node.expressions[at];
        if (!expression) continue;
        const part = constantOf(pass, expression, depth + 1);
        if (part === undefined) return undefined;
        text += part;
      }
      return text;
    }
    case 'BinaryExpression': {
      if (node.operator !== '+') return undefined;
      const left = constantOf(pass, node.left, depth + 1);
      const right = left === undefined ? undefined : constantOf(pass, node.right, depth + 1);
      return right === undefined ? undefined : left + right;
    }
    case 'Identifier': {
      const binding = lookup(pass.scope, node.name);
      return binding && binding.writes <= 1 ? pass.texts.get(binding) : undefined;
    }
    case 'MemberExpression':
      return !node.computed &&
        node.object.type === 'Identifier' &&
        node.object.name === 'Symbol' &&
        node.property.type === 'Identifier' &&
        !lookup(pass.scope, 'Symbol')
        ? `@@${node.property.name}`
        : undefined;
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return constantOf(pass, node.expression, depth + 1);
    default:
      return undefined;
  }
}
