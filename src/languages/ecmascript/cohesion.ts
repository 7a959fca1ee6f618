import type { Class, Node } from './estree.ts';
import { keyName } from './estree.ts';
import { eachChild } from './oxc.ts';

/** LCOM4: connected components of a class's methods over the fields that they share and the calls between them. Constructors join nothing. */
export function countCohesion(node: Class): number {
  const methods = node.body.body.filter(
    (member) => member.type === 'MethodDefinition' && member.kind !== 'constructor' && member.value.body !== null,
  );
  if (methods.length === 0) return 0;
  const parent = new Map<string, string>();
  const find = (name: string): string => {
    let at = name;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  const names = methods.map(
    (member, index) =>
      (member.type === 'MethodDefinition' ? keyName(member.key, member.computed) : undefined) ?? `[${index}]`,
  );
  for (const name of names) parent.set(name, name);
  methods.forEach((member, index) => {
    eachOwnMember(member, (used) => {
      if (!parent.has(used)) parent.set(used, used);
      parent.set(find(used), find(names[index]!));
    });
  });
  return new Set(names.map(find)).size;
}

function eachOwnMember(node: Node, use: (name: string) => void): void {
  if (node.type === 'MemberExpression' && node.object.type === 'ThisExpression') {
    const name = keyName(node.property, node.computed);
    if (name !== undefined) use(name);
    if (!node.computed) return;
  }
  if (node.type.startsWith('TSType')) return;
  eachChild(node, (child) => eachOwnMember(child, use));
}
