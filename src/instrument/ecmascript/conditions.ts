/** Branch distances: conditions are rewritten into calls of the runtime, which keeps how near each came to its other outcome. */
import type { EditBuffer } from './edit-buffer.ts';
import type { Node, NodeOf } from './tree.ts';

const comparisons: Readonly<Record<string, string>> = {
  '==': 'qe',
  '!=': 'qn',
  '===': 'eq',
  '!==': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
};

export function isComparison(node: Node): node is NodeOf<'BinaryExpression'> {
  return (
    node.type === 'BinaryExpression' &&
    Object.hasOwn(comparisons, node.operator) &&
    node.left.type !== 'PrivateIdentifier'
  );
}

/** `a < b` → `$tw.lt(a, b)`: measures, keeps the operands as comparison values, and yields what the operator would. */
export function measureComparison(node: NodeOf<'BinaryExpression'>, edits: EditBuffer, operatorAt: number): void {
  edits.open(node.start, `$tw.${comparisons[node.operator]}(`);
  edits.replace(operatorAt, operatorAt + node.operator.length, ',');
  edits.close(node.end, ')');
}

/** How the parts of a condition are to be wrapped before they are visited. */
export type ConditionRole = 'comparison' | 'not' | 'and' | 'or' | 'leaf';

export function conditionRole(node: Node): ConditionRole {
  if (isComparison(node)) return 'comparison';
  if (node.type === 'UnaryExpression' && node.operator === '!') return 'not';
  if (node.type === 'LogicalExpression' && node.operator !== '??') return node.operator === '&&' ? 'and' : 'or';
  return 'leaf';
}
