import { loadEcmascriptParser, type EcmascriptNode } from '#languages/registry.ts';
import type { Candidate, Place, Step } from '../model/candidate.ts';
import type { ModuleSurface } from '../model/surface.ts';
import { type MarkedValue, undefinedValue, type Value } from '../model/value.ts';

export interface ExampleText {
  readonly kind: 'code' | 'prose';
  readonly text: string;
  /** Whether a module specifier in this text means a module under study, and which. */
  moduleOf(specifier: string): number | undefined;
}

const MOST_STEPS = 8;
const MOST_EXAMPLES = 300;

type Fields = Readonly<Record<string, unknown>>;

/** Calls in documentation, tests and other code that use the modules with values that can be written down, as they stand there. */
export async function examplesFrom(
  texts: readonly ExampleText[],
  surfaces: readonly ModuleSurface[],
  /** What modules as a whole are called where documentation leaves the import out. */
  names: ReadonlyMap<string, number>,
): Promise<Candidate[]> {
  const { parseWithOxc, eachChild } = await loadEcmascriptParser();
  const found = new Map<string, Candidate>();
  for (const example of texts) {
    for (const block of example.kind === 'code' ? [example.text] : fencedBlocks(example.text)) {
      const parsed = parseWithOxc(block, 'typescript', false) ?? parseWithOxc(block, 'javascript', false);
      if (!parsed) continue;
      const reader = new Reader(example, surfaces, names, eachChild);
      for (const one of documentedLines(example.kind === 'code' ? '' : block)) {
        const call = parseWithOxc(one.call, 'javascript', false);
        const value = parseWithOxc(`(${one.value});`, 'javascript', false);
        if (!call || !value) continue;
        const candidate = new Reader(example, surfaces, names, eachChild).documented(
          parsed.program as unknown as EcmascriptNode,
          call.program as unknown as EcmascriptNode,
          value.program as unknown as EcmascriptNode,
        );
        if (candidate) found.set(JSON.stringify(candidate.steps), candidate);
      }
      for (const candidate of reader.read(parsed.program as unknown as EcmascriptNode)) {
        if (found.get(JSON.stringify(candidate.steps))?.documented !== undefined) continue;
        found.set(JSON.stringify(candidate.steps), candidate);
        if (found.size >= MOST_EXAMPLES) return [...found.values()];
      }
    }
  }
  return [...found.values()];
}

function fencedBlocks(text: string): string[] {
  const blocks = [...text.matchAll(/```(?:js|javascript|ts|typescript|jsx|mjs|node)?[^\S\n]*\n([\s\S]*?)```/g)].map(
    ([, block]) => block!,
  );
  // JSDoc's @example, with the stars of the comment.
  for (const [, block] of text.matchAll(/@example\s*\n?([\s\S]*?)(?=\n\s*\*\s*@|\*\/)/g))
    blocks.push(block!.replaceAll(/^\s*\* ?/gm, '').replaceAll(/^\s*```\w*\s*$/gm, ''));
  return blocks.flatMap((block) => [block, ...(block.split('\n').length > 3 ? block.split(/\n\s*\n/) : [])]);
}

/** `slugify('a b'); // => 'a-b'`: a call with the value that it gives. */
function documentedLines(block: string): { readonly call: string; readonly value: string }[] {
  return block.split('\n').flatMap((line, i, all) => {
    const same =
      /^\s*(?:(?:const|let|var)\s+\w+\s*=\s*)?(.+?);?\s*\/\/\s*(?:=>|→|->|⇒|[Rr]eturns?:?|[Rr]esult:?)?\s*(\S.*?)\s*$/.exec(
        line,
      );
    const next = /^\s*\/\/\s*(?:=>|→|->|⇒)\s*(\S.*?)\s*$/.exec(all[i + 1] ?? '');
    if (same) return [{ call: unwrapLog(same[1]!), value: same[2]! }];
    return next && line.trim() !== '' ? [{ call: unwrapLog(line.trim().replace(/;$/, '')), value: next[1]! }] : [];
  });
}

function unwrapLog(call: string): string {
  return /^console\.log\((.*)\)$/.exec(call)?.[1] ?? call;
}

class Reader {
  readonly #example: ExampleText;
  readonly #surfaces: readonly ModuleSurface[];
  readonly #eachChild: (node: EcmascriptNode, visit: (child: EcmascriptNode) => void) => void;
  readonly #names = new Map<string, Place>();
  readonly #constants = new Map<string, Value>();
  #steps: Step[] = [];
  #held = new Map<string, number>();
  readonly #found: Candidate[] = [];

  constructor(
    example: ExampleText,
    surfaces: readonly ModuleSurface[],
    names: ReadonlyMap<string, number>,
    eachChild: (node: EcmascriptNode, visit: (child: EcmascriptNode) => void) => void,
  ) {
    this.#example = example;
    this.#surfaces = surfaces;
    this.#eachChild = eachChild;
    // Documentation often leaves the import out.
    for (const [name, module] of names) this.#names.set(name, { module, path: this.#defaultPath(module) });
    for (const { module, callables } of surfaces) {
      for (const { path, name } of callables) {
        const last = path.filter((part) => part !== 'default').at(-1) ?? name;
        if (last !== '' && !this.#names.has(last)) this.#names.set(last, { module, path });
      }
    }
  }

  read(program: EcmascriptNode): Candidate[] {
    this.#visit(program);
    this.#finish();
    return this.#found;
  }

  /** A candidate of the one call of `call`, with what it is said to give; imports and constants are those of `around`. */
  documented(around: EcmascriptNode, call: EcmascriptNode, value: EcmascriptNode): Candidate | undefined {
    this.#visit(around);
    this.#finish();
    const [one] = (call as unknown as { readonly body: readonly Fields[] }).body;
    const [said] = (value as unknown as { readonly body: readonly Fields[] }).body;
    if (one?.['type'] !== 'ExpressionStatement' || said?.['type'] !== 'ExpressionStatement') return undefined;
    const expression = one['expression'] as Fields;
    const shown = said['expression'] as Fields;
    const inner = shown['type'] === 'ParenthesizedExpression' ? (shown['expression'] as Fields) : shown;
    if (expression['type'] !== 'CallExpression' || inner['type'] === 'Identifier') return undefined;
    const documented = this.#value(inner);
    if (documented === undefined) return undefined;
    this.#finish();
    const step = this.#call(expression);
    return step === undefined || step !== this.#steps.length - 1
      ? undefined
      : { steps: [...this.#steps], origin: 'examples', documented };
  }

  #visit(node: EcmascriptNode): void {
    const fields = node as unknown as Fields;
    switch (node.type) {
      case 'ImportDeclaration':
        this.#import(fields);
        return;
      case 'VariableDeclarator':
        this.#declare(fields);
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        // A test's body stands alone.
        this.#finish();
        this.#eachChild(node, (child) => this.#visit(child));
        this.#finish();
        return;
      }
      case 'CallExpression':
      case 'NewExpression': {
        if (this.#steps.length >= MOST_STEPS) this.#finish();
        if (this.#call(fields) !== undefined) {
          this.#found.push({ steps: [...this.#steps], origin: 'examples' });
          return;
        }
      }
    }
    this.#eachChild(node, (child) => this.#visit(child));
  }

  #finish(): void {
    this.#steps = [];
    this.#held = new Map();
  }

  #import(fields: Fields): void {
    const module = this.#example.moduleOf(String((fields['source'] as Fields)['value']));
    if (module === undefined) return;
    for (const specifier of fields['specifiers'] as readonly Fields[]) {
      const local = String((specifier['local'] as Fields)['name']);
      if (specifier['type'] === 'ImportNamespaceSpecifier') this.#names.set(local, { module, path: [] });
      else if (specifier['type'] === 'ImportDefaultSpecifier')
        this.#names.set(local, { module, path: this.#defaultPath(module) });
      else this.#names.set(local, { module, path: [nameOf(specifier['imported'] as Fields)] });
    }
  }

  /** CommonJS modules are their default export. */
  #defaultPath(module: number): readonly string[] {
    return this.#surfaces[module]?.callables.some(({ path }) => path[0] === 'default') ? ['default'] : [];
  }

  #declare(fields: Fields): void {
    const init = fields['init'] as Fields | null;
    const target = fields['id'] as Fields;
    if (!init) return;
    const module = requiredModule(init, this.#example);
    if (module !== undefined) {
      if (target['type'] === 'Identifier')
        this.#names.set(String(target['name']), { module, path: this.#defaultPath(module) });
      else if (target['type'] === 'ObjectPattern') {
        for (const property of target['properties'] as readonly Fields[]) {
          if (property['type'] === 'Property')
            this.#names.set(nameOf(property['value'] as Fields), { module, path: [nameOf(property['key'] as Fields)] });
        }
      }
      return;
    }
    if (target['type'] === 'Identifier') {
      const name = String(target['name']);
      const awaited = init['type'] === 'AwaitExpression' ? (init['argument'] as Fields) : init;
      if (awaited['type'] === 'CallExpression' || awaited['type'] === 'NewExpression') {
        const step = this.#call(awaited);
        if (step !== undefined) {
          this.#held.set(name, step);
          this.#found.push({ steps: [...this.#steps], origin: 'examples' });
          return;
        }
      }
      const value = this.#value(init);
      if (value !== undefined) {
        this.#constants.set(name, value);
        return;
      }
    }
    this.#visit(init as unknown as EcmascriptNode);
  }

  /** The number of the step that a call became. */
  #call(fields: Fields): number | undefined {
    const mark = this.#steps.length;
    const on = this.#place(fields['callee'] as Fields);
    if (!on || this.#steps.length >= MOST_STEPS + 2) return undefined;
    const given: Value[] = [];
    for (const argument of fields['arguments'] as readonly Fields[]) {
      const value = this.#value(argument);
      if (value === undefined) {
        this.#steps.length = mark;
        return undefined;
      }
      given.push(value);
    }
    this.#steps.push({ op: fields['type'] === 'NewExpression' ? 'new' : 'call', on, with: given });
    return this.#steps.length - 1;
  }

  #place(node: Fields): Place | undefined {
    const path: string[] = [];
    let at = node;
    while (at['type'] === 'MemberExpression' && at['computed'] === false) {
      path.unshift(nameOf(at['property'] as Fields));
      at = at['object'] as Fields;
    }
    if (at['type'] === 'AwaitExpression') at = at['argument'] as Fields;
    if (at['type'] === 'CallExpression' || at['type'] === 'NewExpression') {
      const module = requiredModule(at, this.#example);
      if (module !== undefined) return { module, path: [...this.#defaultPath(module), ...path] };
      const step = this.#call(at);
      return step === undefined ? undefined : { step, path };
    }
    if (at['type'] !== 'Identifier') return undefined;
    const name = String(at['name']);
    const held = this.#held.get(name);
    if (held !== undefined) return { step: held, path };
    const known = this.#names.get(name);
    if (!known || !('module' in known)) return undefined;
    return { module: known.module, path: [...known.path, ...path] };
  }

  #value(node: Fields): Value | undefined {
    switch (node['type']) {
      case 'Literal':
        return literalValue(node);
      case 'TemplateLiteral': {
        const quasis = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
        return quasis.length === 1 ? quasis[0]!.value.cooked : undefined;
      }
      case 'Identifier': {
        const name = String(node['name']);
        if (name === 'undefined') return undefinedValue;
        if (name === 'NaN' || name === 'Infinity') return { $: 'number', v: name };
        const held = this.#held.get(name);
        return held === undefined ? this.#constants.get(name) : { $: 'step', i: held };
      }
      case 'UnaryExpression': {
        const value = this.#value(node['argument'] as Fields);
        return node['operator'] === '-' && typeof value === 'number' && value !== 0 ? -value : undefined;
      }
      case 'ArrayExpression': {
        const items = (node['elements'] as readonly (Fields | null)[]).map((item) =>
          item ? this.#value(item) : undefined,
        );
        return items.every((item) => item !== undefined) ? items : undefined;
      }
      case 'ObjectExpression':
        return this.#record(node);
      case 'NewExpression':
      case 'CallExpression':
        return this.#made(node);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return this.#callback(node);
      case 'AwaitExpression':
        return this.#value(node['argument'] as Fields);
    }
    return undefined;
  }

  #record(node: Fields): Value | undefined {
    const fields: (readonly [string, Value])[] = [];
    for (const property of node['properties'] as readonly Fields[]) {
      if (property['type'] !== 'Property' || property['computed'] === true) return undefined;
      const value = this.#value(property['value'] as Fields);
      if (value === undefined) return undefined;
      fields.push([nameOf(property['key'] as Fields), value]);
    }
    return { $: 'record', e: fields };
  }

  #made(node: Fields): Value | undefined {
    const callee = node['callee'] as Fields;
    const name = callee['type'] === 'Identifier' ? String(callee['name']) : '';
    const given = node['arguments'] as readonly Fields[];
    if (node['type'] === 'NewExpression' && name === 'Date' && given.length === 1) {
      const value = this.#value(given[0]!);
      if (typeof value === 'string' || typeof value === 'number') {
        const time = +new Date(value);
        return { $: 'date', v: Number.isNaN(time) ? null : time };
      }
      return undefined;
    }
    if (node['type'] === 'NewExpression' && (name === 'Map' || name === 'Set') && given.length <= 1) {
      const value: Value | undefined = given[0] ? this.#value(given[0]) : [];
      if (!Array.isArray(value)) return undefined;
      const items = value as readonly Value[];
      return name === 'Set'
        ? { $: 'set', v: items }
        : { $: 'map', e: items.map((item) => item as unknown as readonly [Value, Value]) };
    }
    const step = this.#call(node);
    return step === undefined ? undefined : { $: 'step', i: step };
  }

  #callback(node: Fields): MarkedValue | undefined {
    const id = 900 + this.#steps.length;
    const parameters = node['params'] as readonly Fields[];
    const body = node['body'] as Fields;
    if (body['type'] === 'Identifier') {
      const index = parameters.findIndex((parameter) => parameter['name'] === body['name']);
      return index < 0 ? undefined : { $: 'callback', id, argument: index };
    }
    if (body['type'] === 'BlockStatement')
      return (body['body'] as readonly unknown[]).length === 0 ? { $: 'callback', id } : undefined;
    const returns = this.#value(body);
    return returns === undefined
      ? undefined
      : { $: 'callback', id, returns, ...(node['async'] === true ? { async: true } : {}) };
  }
}

function requiredModule(node: Fields, example: ExampleText): number | undefined {
  const callee = node['callee'] as Fields | undefined;
  if (node['type'] === 'MemberExpression') return undefined;
  if (node['type'] !== 'CallExpression' || callee?.['type'] !== 'Identifier' || callee['name'] !== 'require')
    return undefined;
  const [argument] = node['arguments'] as readonly Fields[];
  return typeof argument?.['value'] === 'string' ? example.moduleOf(argument['value']) : undefined;
}

function literalValue(node: Fields): Value | undefined {
  const regex = node['regex'] as { readonly pattern: string; readonly flags: string } | undefined;
  if (regex) return { $: 'regexp', s: regex.pattern, f: regex.flags };
  if (typeof node['bigint'] === 'string') return { $: 'bigint', v: node['bigint'] };
  const value = node['value'];
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

function nameOf(node: Fields): string {
  return String(node['name'] ?? node['value'] ?? '');
}
