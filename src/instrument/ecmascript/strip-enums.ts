import type { NodeOf } from './tree.ts';

/** An enum as the compiler writes it, on one line. */
export function enumText(node: NodeOf<'TSEnumDeclaration'>, text: string, exported: boolean): string {
  const { name } = node.id;
  const known: string[] = [];
  let next: string | undefined = '0';
  const parts: string[] = [];
  for (const member of node.body.members) {
    const key = member.id.type === 'Identifier' ? member.id.name : member.id.type === 'Literal' ? member.id.value : '';
    const quoted = JSON.stringify(key);
    const source: string | undefined = member.initializer
      ? text.slice(member.initializer.start, member.initializer.end).replace(/\s*\n\s*/g, ' ')
      : next;
    const literal = member.initializer?.type === 'Literal' && typeof member.initializer.value === 'string';
    const template = member.initializer?.type === 'TemplateLiteral';
    if (literal || template) {
      parts.push(`${name}[${quoted}]=${source};`);
      next = undefined;
    } else {
      parts.push(`${name}[${name}[${quoted}]=${source ?? '0'}]=${quoted};`);
      next = `${name}[${quoted}]+1`;
    }
    if (member.id.type === 'Identifier') parts.push(`var ${key}=${name}[${quoted}];`);
    known.push(quoted);
  }
  const declared = `var ${name}=${exported ? '' : `${name}||`}{};`;
  return `${declared}(function(){${parts.join('')}})();`;
}
