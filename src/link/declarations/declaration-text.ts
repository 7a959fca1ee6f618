/** Declarations as compact text, one member a line: how the table of the standard libraries is kept. */
import type { DeclaredClass, DeclaredFunction, DeclaredMember, DeclaredModule } from './declaration.ts';

/*
 * `@module` begins a module, `*module` is a star import, then members:
 * `name=target` another name, `name:type` a value, `name(position:parameter,…)type` a function,
 * `name{base,base` a class, its members, and `}`.
 */

export function writeDeclarations(modules: ReadonlyMap<string, DeclaredModule>): string {
  const lines: string[] = [];
  for (const [name, module] of modules) {
    lines.push(`@${name}`, ...module.stars.map((star) => `*${star}`));
    writeMembers(module.members, lines);
  }
  return lines.join('\n');
}

function writeMembers(members: ReadonlyMap<string, DeclaredMember>, lines: string[]): void {
  for (const [name, member] of members) {
    switch (member.kind) {
      case 'alias':
        lines.push(`${name}=${member.target}`);
        break;
      case 'value':
        lines.push(`${name}:${member.type}`);
        break;
      case 'function': {
        const { callbacks, returns } = member.value;
        const given = callbacks.map((each) => `${each.position}:${each.name}`).join(',');
        lines.push(`${name}(${given})${returns ?? ''}`);
        break;
      }
      case 'class':
        lines.push(`${name}{${member.value.bases.join(',')}`);
        writeMembers(member.value.members, lines);
        lines.push('}');
    }
  }
}

export function readDeclarations(text: string): ReadonlyMap<string, DeclaredModule> {
  const modules = new Map<string, DeclaredModule>();
  let stars: string[] = [];
  let open: Map<string, DeclaredMember>[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    if (line.startsWith('@')) {
      const members = new Map<string, DeclaredMember>();
      stars = [];
      open = [members];
      modules.set(line.slice(1), { members, stars });
    } else if (line.startsWith('*')) stars.push(line.slice(1));
    else if (line === '}') open.pop();
    else readMember(line, open);
  }
  return modules;
}

function readMember(line: string, open: Map<string, DeclaredMember>[]): void {
  const at = line.search(/[=:({]/);
  const name = line.slice(0, at);
  const rest = line.slice(at + 1);
  const members = open.at(-1)!;
  switch (line[at]) {
    case '=':
      members.set(name, { kind: 'alias', target: rest });
      break;
    case ':':
      members.set(name, { kind: 'value', type: rest });
      break;
    case '(':
      members.set(name, { kind: 'function', value: readFunction(rest) });
      break;
    case '{': {
      const own = new Map<string, DeclaredMember>();
      const value: DeclaredClass = { bases: rest === '' ? [] : rest.split(','), members: own };
      members.set(name, { kind: 'class', value });
      open.push(own);
    }
  }
}

function readFunction(text: string): DeclaredFunction {
  const end = text.indexOf(')');
  const returns = text.slice(end + 1);
  const callbacks = text
    .slice(0, end)
    .split(',')
    .filter((each) => each !== '')
    .map((each) => {
      const colon = each.indexOf(':');
      return { position: Number(each.slice(0, colon)), name: each.slice(colon + 1) };
    });
  return { callbacks, returns: returns === '' ? undefined : returns };
}
