import type { Collector, Scope } from './collector.ts';
import type { Node, NodeOf } from './tree.ts';

type FunctionNode = NodeOf<'FunctionDeclaration'> | NodeOf<'ArrowFunctionExpression'>;

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}

/** `owner` is the node that holds it and may name it. */
export function walkFunction(node: FunctionNode, owner: Node | undefined, scope: Scope, collector: Collector): void {
  const { body } = node;
  if (!body) return;
  const counter = collector.newCounter();
  const inside: Scope = { counter, static: false };
  const named = owner?.type === 'MethodDefinition' || owner?.type === 'Property' ? owner : node;
  collector.functions.push({ name: nameOf(node, owner, collector.text), place: collector.place(named), counter });
  for (const parameter of node.params) collector.walk.expression(parameter, inside, collector, node);
  if (body.type !== 'BlockStatement') {
    collector.edits.wrap(body.start, body.end, `($tc[${counter}]++,`, ')');
    collector.statements.push({ place: collector.place(body), counter, static: false });
    const mutation = { operator: 'ArrowFunction', start: node.start, end: node.end, replacement: '() => undefined' };
    const text = collector.text.slice(body.start, body.end);
    const id = text === 'undefined' ? undefined : collector.mutant(mutation, inside);
    if (id !== undefined) collector.edits.wrap(body.start, body.end, `$tw.m===${id}?undefined:(`, ')');
    collector.walk.expression(body, inside, collector);
    return;
  }
  const directives = body.body.filter(
    (each) => each.type === 'ExpressionStatement' && typeof each.directive === 'string',
  );
  const at = directives.at(-1)?.end ?? body.start + 1;
  const hoisted = scope.static && node.type === 'FunctionDeclaration' ? '$tc===void 0&&$ti();' : '';
  const id =
    body.body.length > directives.length && !isDerivedConstructor(owner, collector)
      ? collector.mutant({ operator: 'BlockStatement', start: body.start, end: body.end, replacement: '{}' }, inside)
      : undefined;
  const leave = id === undefined ? '' : `if($tw.m===${id})return;`;
  const semicolon = directives.length > 0 && collector.text[at - 1] !== ';' ? ';' : '';
  collector.edits.open(at, `${semicolon}${hoisted}$tc[${counter}]++;${leave}`);
  collector.walk.statements(body.body, inside, collector, counter);
}

/** An empty constructor of a derived class throws whatever the tests look at. */
function isDerivedConstructor(owner: Node | undefined, { text }: Collector): boolean {
  return (
    owner?.type === 'MethodDefinition' &&
    owner.kind === 'constructor' &&
    /\bsuper\s*\(/.test(text.slice(owner.start, owner.end))
  );
}

function nameOf(node: FunctionNode, owner: Node | undefined, text: string): string {
  if (node.id) return node.id.name;
  const source = (part: Node): string => text.slice(part.start, part.end);
  switch (owner?.type) {
    case 'VariableDeclarator':
      return owner.id.type === 'Identifier' ? owner.id.name : '';
    case 'MethodDefinition':
    case 'Property':
    case 'PropertyDefinition':
      return source(owner.key);
    case 'AssignmentExpression':
      return source(owner.left);
    case 'AssignmentPattern':
      return source(owner.left);
    default:
      return '';
  }
}
