/**
 * Reads a Python type stub, or the declarations of a module with inline types, line by line. Conditions on versions and
 * platforms are taken as met; of overloads the first result and all callbacks count.
 */
import type { DeclaredClass, DeclaredFunction, DeclaredMember, DeclaredModule } from './declaration.ts';
import { calledParameter, type TypeNames, typeOf } from './python-type.ts';
import { splitTop } from './split-top.ts';

interface OpenBlock {
  readonly indent: number;
  readonly kind: 'class' | 'condition' | 'function';
  readonly members: Map<string, DeclaredMember>;
  readonly className: string;
}

/**
 * `module`: dotted name, for relative imports. `isPackage`: the text is that of its `__init__`. `isStub`: imported names are
 * the module's own only where it says so (`from m import f as f`).
 */
export function readPythonStub(text: string, module: string, isPackage: boolean, isStub = true): DeclaredModule {
  const members = new Map<string, DeclaredMember>();
  const stars: string[] = [];
  const names: TypeNames = { aliases: new Map(), imported: new Map(), module };
  const blocks: OpenBlock[] = [];
  let decorators: string[] = [];
  const lines = logicalLines(text);
  // Types are read last: aliases may stand below their uses.
  const later: (() => void)[] = [];
  for (const { indent, line } of lines) {
    while (blocks.length > 0 && blocks.at(-1)!.indent >= indent) blocks.pop();
    if (blocks.some((block) => block.kind === 'function')) continue;
    const into = blocks.at(-1)?.members ?? members;
    const className = blocks.at(-1)?.className ?? '';
    if (line.startsWith('@')) {
      decorators.push(line.slice(1).trim());
      continue;
    }
    const applied = decorators;
    decorators = [];
    let match: RegExpExecArray | null;
    if (/^(?:if|elif|else|try|except|finally|with)\b/.test(line)) {
      blocks.push({ indent, kind: 'condition', members: into, className });
    } else if ((match = /^class\s+(\w+)\s*(?:\[[^\]]*\])?\s*(?:\((.*)\))?\s*:/.exec(line))) {
      const own = new Map<string, DeclaredMember>();
      const known = into.get(match[1]!);
      const bases: string[] = [];
      const heads = splitTop(match[2] ?? '', ',');
      later.push(() => {
        for (const head of heads) {
          if (head === '' || /^\w+\s*=/.test(head)) continue;
          const base = typeOf(head, names, '');
          if (base !== undefined) bases.push(base);
        }
      });
      const value: DeclaredClass = known?.kind === 'class' ? known.value : { bases, members: own };
      if (known?.kind !== 'class') into.set(match[1]!, { kind: 'class', value });
      blocks.push({
        indent,
        kind: 'class',
        members: value.members as Map<string, DeclaredMember>,
        className: className === '' ? match[1]! : `${className}.${match[1]}`,
      });
    } else if ((match = /^(?:async\s+)?def\s+(\w+)\s*(?:\[[^\]]*\])?\s*\((.*)\)\s*(?:->\s*(.+?))?\s*:/s.exec(line))) {
      const [, name, parameters, returns] = match;
      blocks.push({ indent, kind: 'function', members: into, className });
      later.push(() => addFunction(into, name!, parameters!, returns, applied, names, className));
    } else if ((match = /^from\s+(\.*)([\w.]*)\s+import\s+\(?(.*?)\)?$/s.exec(line))) {
      const from = relativeModule(match[1]!.length, match[2]!, module, isPackage);
      for (const part of splitTop(match[3]!, ',')) {
        const [name, alias] = part.split(/\s+as\s+/).map((each) => each.trim());
        if (name === '*') stars.push(from);
        else if (name !== undefined && name !== '') {
          names.imported.set(alias ?? name, `${from}#${name}`);
          if (!isStub || alias === name) into.set(name, { kind: 'alias', target: `${from}#${name}` });
          else if (alias !== undefined && !alias.startsWith('_') && isPackage)
            into.set(alias, { kind: 'alias', target: `${from}#${name}` });
        }
      }
    } else if ((match = /^import\s+(.*)$/.exec(line))) {
      for (const part of match[1]!.split(',')) {
        const [name, alias] = part.trim().split(/\s+as\s+/);
        if (name === undefined) continue;
        const bound = alias ?? name.split('.')[0]!;
        const target = alias === undefined ? bound : name;
        names.imported.set(bound, target);
        if (!isStub || alias === name) into.set(bound, { kind: 'alias', target });
      }
    } else if ((match = /^type\s+(\w+)\s*(?:\[[^\]]*\])?\s*=\s*(.+)$/s.exec(line))) {
      names.aliases.set(match[1]!, match[2]!);
    } else if ((match = /^(\w+)\s*:\s*(?:typing\.|typing_extensions\.|te\.)?TypeAlias\s*=\s*(.+)$/s.exec(line))) {
      names.aliases.set(match[1]!, match[2]!);
    } else if ((match = /^(\w+)\s*:\s*([^=]+?)(?:\s*=.*)?$/s.exec(line))) {
      const [, name, type] = match;
      later.push(() => {
        const found = typeOf(type!, names, className);
        if (found !== undefined && !into.has(name!)) into.set(name!, { kind: 'value', type: found });
      });
    } else if ((match = /^(\w+)\s*=\s*([\w.]+(?:\[.*\])?)$/s.exec(line))) {
      const [, name, value] = match;
      if (className === '') names.aliases.set(name!, value!);
      if (/^[\w.]+$/.test(value!)) later.push(() => addAlias(into, name!, value!, names, module, className));
    } else if ((match = /^(\w+)\s*=\s*(?:typing\.)?(?:Union|Optional|Callable)\[/.exec(line)) && className === '')
      names.aliases.set(match[1]!, line.slice(line.indexOf('=') + 1).trim());
  }
  for (const each of later) each();
  return { members, stars };
}

function addAlias(
  into: Map<string, DeclaredMember>,
  name: string,
  value: string,
  names: TypeNames,
  module: string,
  className: string,
): void {
  if (into.has(name) || /^(?:\d|None$|True$|False$|\.\.\.$)/.test(value)) return;
  const own = into.get(value);
  if (own) into.set(name, own);
  else if (className === '') {
    const dot = value.indexOf('.');
    const head = dot < 0 ? value : value.slice(0, dot);
    const target = names.imported.get(head);
    if (target === undefined) into.set(name, { kind: 'alias', target: `${module}#${value}` });
    else if (dot < 0) into.set(name, { kind: 'alias', target });
    else
      into.set(name, { kind: 'alias', target: `${target}${target.includes('#') ? '.' : '#'}${value.slice(dot + 1)}` });
  }
}

function addFunction(
  into: Map<string, DeclaredMember>,
  name: string,
  parameters: string,
  returns: string | undefined,
  decorators: readonly string[],
  names: TypeNames,
  className: string,
): void {
  const result = returns === undefined ? undefined : typeOf(returns, names, className);
  if (decorators.some((each) => /(?:^|\.)(?:cached_)?property$/.test(each))) {
    if (result !== undefined) into.set(name, { kind: 'value', type: result });
    return;
  }
  if (decorators.some((each) => /\.(?:setter|deleter)$/.test(each))) return;
  const isStatic = decorators.some((each) => each.endsWith('staticmethod'));
  const callbacks = parametersOf(parameters, names, className !== '' && !isStatic);
  const known = into.get(name);
  if (known?.kind !== 'function') {
    into.set(name, { kind: 'function', value: { callbacks, returns: result } });
    return;
  }
  const merged: DeclaredFunction = {
    callbacks: [
      ...known.value.callbacks,
      ...callbacks.filter((each) => !known.value.callbacks.some((other) => other.name === each.name)),
    ],
    // Overloads that differ give no single class.
    returns: known.value.returns === result ? result : undefined,
  };
  into.set(name, { kind: 'function', value: merged });
}

function parametersOf(text: string, names: TypeNames, hasSelf: boolean): DeclaredFunction['callbacks'] {
  const found: { position: number; name: string }[] = [];
  let position = hasSelf ? -1 : 0;
  let isKeywordOnly = false;
  for (const part of splitTop(text, ',')) {
    if (part === '' || part === '/') continue;
    if (part === '*') {
      isKeywordOnly = true;
      continue;
    }
    if (part.startsWith('*')) {
      if (!part.startsWith('**')) isKeywordOnly = true;
      continue;
    }
    const colon = part.indexOf(':');
    const equals = topIndex(part, '=');
    const name = (colon < 0 ? part.slice(0, equals < 0 ? undefined : equals) : part.slice(0, colon)).trim();
    const type = colon < 0 ? '' : part.slice(colon + 1, equals < 0 ? undefined : equals).trim();
    if (position >= 0 && type !== '' && calledParameter(type, names))
      found.push({ position: isKeywordOnly ? -1 : position, name: name.startsWith('__') ? '' : name });
    position++;
  }
  return found;
}

function relativeModule(dots: number, name: string, module: string, isPackage: boolean): string {
  if (dots === 0) return name;
  const parts = module.split('.');
  const up = dots - (isPackage ? 1 : 0);
  const base = parts.slice(0, parts.length - up);
  return [...base, ...(name === '' ? [] : [name])].join('.');
}

function topIndex(text: string, character: string): number {
  const first = splitTop(text, character)[0]!;
  const at = text.indexOf(character, first.length);
  return splitTop(text, character).length > 1 ? at : -1;
}

/** Statements with their indentation; comments, documentation and bodies of one line are gone. */
function logicalLines(text: string): { indent: number; line: string }[] {
  const found: { indent: number; line: string }[] = [];
  const withoutStrings = text.replace(/^([ \t]*)(?:[rRuU]?)("""|''')[^]*?\2[ \t]*$/gm, '$1pass');
  let pending = '';
  let indent = 0;
  let depth = 0;
  for (const raw of withoutStrings.split(/\r?\n/)) {
    const line = stripComment(raw);
    if (pending === '') {
      if (line.trim() === '') continue;
      indent = line.length - line.trimStart().length;
    }
    pending += `${pending === '' ? '' : ' '}${line.trim()}`;
    depth = depthOf(pending);
    if (depth > 0 || pending.endsWith('\\')) {
      pending = pending.replace(/\\$/, '');
      continue;
    }
    found.push({ indent, line: pending });
    pending = '';
  }
  return found;
}

function depthOf(text: string): number {
  let depth = 0;
  let quote = '';
  for (const character of text) {
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
  }
  return depth;
}

function stripComment(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#') return line.slice(0, at).trimEnd();
  }
  return line.trimEnd();
}
