/** What a JavaScript or TypeScript configuration file exports, read from its syntax; nothing of it is run. */
import { type Expression, type Node, parseSync, type Program } from 'oxc-parser';
import { constant, nothing, type StaticValue } from './static-value.ts';

export interface ScriptReading {
  /** `export default`, `module.exports =`. */
  readonly exported: StaticValue;
  readonly named: ReadonlyMap<string, StaticValue>;
}

/** Longer or deeper files are no configuration that a person wrote. */
const MAX_LENGTH = 400_000;
const MAX_NESTING = 150;
const MAX_STEPS = 20_000;

/** Undefined for a text that does not parse. Paths that are made from `__dirname` and its like start with `./`. */
export function evaluateScript(path: string, text: string): ScriptReading | undefined {
  if (text.length > MAX_LENGTH || nesting(text) > MAX_NESTING) return undefined;
  const lang = /\.[cm]?tsx?$/.test(path) ? 'ts' : 'jsx';
  const { program, errors } = parseSync(path, text, { lang, preserveParens: false, sourceType: 'unambiguous' });
  if (program.body.length === 0 && errors.length > 0) return undefined;
  return new Evaluator(text).read(program);
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 40 || unit === 91 || unit === 123) deepest = Math.max(deepest, ++depth);
    else if (unit === 41 || unit === 93 || unit === 125) depth--;
  }
  return deepest;
}

class Evaluator {
  readonly #text: string;
  readonly #values = new Map<string, StaticValue | Expression>();
  readonly #functions = new Map<string, Node>();
  readonly #open = new Set<string>();
  #steps = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(program: Program): ScriptReading {
    for (const statement of program.body) this.#declare(statement as Node);
    let exported: StaticValue = nothing;
    const named = new Map<string, StaticValue>();
    for (const statement of program.body) {
      if (statement.type === 'ExportDefaultDeclaration') exported = this.value(statement.declaration as Node);
      else if (statement.type === 'ExportNamedDeclaration') this.#exportNames(statement as Node, named);
      else if (statement.type === 'TSExportAssignment') exported = this.value(statement.expression);
      else if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
        const { left, right } = statement.expression;
        const target = this.#text.slice(left.start, left.end);
        if (target === 'module.exports' || target === 'exports.default') exported = this.value(right);
        else if (/^(?:module\.)?exports\.\w+$/.test(target))
          named.set(target.slice(target.lastIndexOf('.') + 1), this.value(right));
      }
    }
    if (exported === nothing && named.size > 0) exported = { kind: 'record', entries: named };
    return { exported, named };
  }

  #exportNames(statement: Node & { type: string }, named: Map<string, StaticValue>): void {
    const { declaration, specifiers } = statement as unknown as {
      declaration: Node | null;
      specifiers: readonly { exported: { name?: string }; local: { name?: string } }[];
    };
    if (declaration?.type === 'VariableDeclaration')
      for (const { id, init } of declaration.declarations)
        if (id.type === 'Identifier' && init) named.set(id.name, this.value(init));
    for (const { exported, local } of specifiers)
      if (exported.name !== undefined && local.name !== undefined) named.set(exported.name, this.#named(local.name, 0));
  }

  #declare(statement: Node): void {
    if (statement.type === 'ImportDeclaration') {
      const specifier = statement.source.value;
      for (const each of statement.specifiers) {
        const member =
          each.type === 'ImportSpecifier' && each.imported.type === 'Identifier' ? each.imported.name : undefined;
        this.#values.set(each.local.name, { kind: 'module', specifier, member });
      }
    } else if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (!init) continue;
        if (id.type === 'Identifier') this.#values.set(id.name, init);
        else if (id.type === 'ObjectPattern' && isRequire(init))
          for (const property of id.properties)
            if (property.type === 'Property' && property.value.type === 'Identifier')
              this.#values.set(property.value.name, {
                ...requiredModule(init),
                member: keyOf(property.key as Node, property.computed),
              });
      }
    } else if (statement.type === 'FunctionDeclaration' && statement.id) {
      this.#functions.set(statement.id.name, statement);
    } else if (statement.type === 'ExportNamedDeclaration' && statement.declaration) {
      this.#declare(statement.declaration as Node);
    }
  }

  #named(name: string, start: number): StaticValue {
    if (name === 'undefined') return nothing;
    if (name === '__dirname') return constant('.');
    const known = this.#values.get(name);
    if (known === undefined) {
      const called = this.#functions.get(name);
      return called ? this.#returned(called) : this.#unknown(start, name);
    }
    if ('kind' in known && !('type' in known)) return known;
    if (this.#open.has(name)) return this.#unknown(start, name);
    this.#open.add(name);
    const value = this.value(known as Node);
    this.#open.delete(name);
    this.#values.set(name, value);
    return value;
  }

  #unknown(start: number, what: string): StaticValue {
    let line = 1;
    for (let at = 0; at < start; at++) if (this.#text.charCodeAt(at) === 10) line++;
    return { kind: 'unknown', line, what: what.length > 80 ? `${what.slice(0, 77)}...` : what };
  }

  value(node: Node): StaticValue {
    if (++this.#steps > MAX_STEPS) return this.#unknown(node.start, 'too much to read');
    switch (node.type) {
      case 'Literal': {
        const literal = node.value;
        return typeof literal === 'string' || typeof literal === 'number' || typeof literal === 'boolean'
          ? constant(literal)
          : 'regex' in node
            ? constant(this.#text.slice(node.start, node.end))
            : literal === null
              ? nothing
              : this.#unknown(node.start, this.#text.slice(node.start, node.end));
      }
      case 'TemplateLiteral':
        return this.#template(node);
      case 'ArrayExpression':
        return { kind: 'list', items: node.elements.flatMap((item) => (item ? this.#item(item as Node) : [])) };
      case 'ObjectExpression':
        return this.#record(node);
      case 'Identifier':
        return this.#named(node.name, node.start);
      case 'ConditionalExpression':
        return { kind: 'choice', of: [this.value(node.consequent), this.value(node.alternate)] };
      case 'LogicalExpression':
        return node.operator === '&&'
          ? this.value(node.right)
          : { kind: 'choice', of: [this.value(node.left), this.value(node.right)] };
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'ParenthesizedExpression':
        return this.value(node.expression);
      case 'AwaitExpression':
        return this.value(node.argument);
      case 'ChainExpression':
        return this.value(node.expression);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
      case 'FunctionDeclaration':
        return this.#returned(node);
      case 'MemberExpression':
        return this.#member(node);
      case 'NewExpression':
      case 'CallExpression':
        return this.#call(node);
      case 'BinaryExpression': {
        const [left, right] = [this.value(node.left as Node), this.value(node.right)];
        if (node.operator === '+' && left.kind === 'constant' && right.kind === 'constant')
          return constant(`${left.value}${right.value}`);
        return this.#unknown(node.start, this.#text.slice(node.start, node.end));
      }
      case 'AssignmentExpression':
        return this.value(node.right);
      case 'ImportExpression': {
        const source = this.value(node.source);
        return source.kind === 'constant' && typeof source.value === 'string'
          ? { kind: 'module', specifier: source.value, member: undefined }
          : this.#unknown(node.start, this.#text.slice(node.start, node.end));
      }
      default:
        return this.#unknown(node.start, this.#text.slice(node.start, node.end));
    }
  }

  #item(item: Node): StaticValue[] {
    if (item.type !== 'SpreadElement') return [this.value(item)];
    const spread = this.value(item.argument);
    const lists = spread.kind === 'choice' ? spread.of : [spread];
    return lists.flatMap((each) => (each.kind === 'list' ? each.items : [each]));
  }

  #record(node: Node & { type: 'ObjectExpression' }): StaticValue {
    const entries = new Map<string, StaticValue>();
    for (const property of node.properties) {
      if (property.type === 'SpreadElement') {
        const spread = this.value(property.argument);
        const records = spread.kind === 'choice' ? spread.of : [spread];
        for (const each of records) {
          if (each.kind === 'record') for (const [key, value] of each.entries) entries.set(key, value);
          else if (each.kind !== 'constant') entries.set(`...${property.start}`, each);
        }
        continue;
      }
      const key = keyOf(property.key as Node, property.computed);
      if (key !== undefined) entries.set(key, this.value(property.value as Node));
      else {
        const computed = this.value(property.key as Node);
        const name = computed.kind === 'constant' ? String(computed.value) : `[${property.start}]`;
        entries.set(name, this.value(property.value as Node));
      }
    }
    return { kind: 'record', entries };
  }

  #template(node: Node & { type: 'TemplateLiteral' }): StaticValue {
    let text = '';
    for (let at = 0; at < node.quasis.length; at++) {
      text += node.quasis[at]!.value.cooked ?? '';
      const expression = node.expressions[at];
      if (!expression) continue;
      const value = this.value(expression);
      if (value.kind !== 'constant') return this.#unknown(node.start, this.#text.slice(node.start, node.end));
      text += String(value.value);
    }
    return constant(text);
  }

  /** What a function returns: all of its own `return`s. */
  #returned(node: Node): StaticValue {
    const body = (node as unknown as { body: Node | null }).body;
    if (!body) return nothing;
    if (body.type !== 'BlockStatement') return this.value(body);
    const found: StaticValue[] = [];
    const visit = (statement: Node | null | undefined): void => {
      if (!statement) return;
      if (statement.type === 'ReturnStatement') {
        if (statement.argument) found.push(this.value(statement.argument));
      } else if (statement.type === 'BlockStatement') statement.body.forEach((each) => visit(each as Node));
      else if (statement.type === 'IfStatement') {
        visit(statement.consequent);
        visit(statement.alternate);
      } else if (statement.type === 'TryStatement') visit(statement.block);
      else if (statement.type === 'SwitchStatement')
        statement.cases.forEach(({ consequent }) => consequent.forEach((each) => visit(each)));
      else if (statement.type === 'VariableDeclaration') this.#declare(statement);
    };
    visit(body);
    return found.length === 1 ? found[0]! : { kind: 'choice', of: found };
  }

  #member(node: Node & { type: 'MemberExpression' }): StaticValue {
    const source = this.#text.slice(node.start, node.end);
    if (/^import\.meta\.(?:dirname|url|filename)$/.test(source)) return constant('.');
    const object = this.value(node.object);
    const key = keyOf(node.property as Node, node.computed);
    if (key !== undefined && object.kind === 'record') return object.entries.get(key) ?? nothing;
    if (key !== undefined && object.kind === 'module') return { ...object, member: key };
    return this.#unknown(node.start, source);
  }

  #call(node: Node & { type: 'CallExpression' | 'NewExpression' }): StaticValue {
    if (isRequire(node)) return requiredModule(node);
    const callee = node.callee;
    const source = this.#text.slice(callee.start, callee.end);
    const name = source.slice(source.lastIndexOf('.') + 1);
    const given = node.arguments.flatMap((each) => this.#item(each as Node));
    if (source === 'URL' || name === 'fileURLToPath' || name === 'pathToFileURL') return given[0] ?? nothing;
    if (/^(?:\w+\.)?(?:join|resolve)$/.test(source) && source !== 'require.resolve' && given.length > 0)
      return this.#joined(node, given);
    if (name === 'dirname') return constant('.');
    if (source === 'require.resolve' || source === 'import.meta.resolve')
      return given[0]?.kind === 'constant' && typeof given[0].value === 'string'
        ? { kind: 'module', specifier: given[0].value, member: undefined }
        : this.#unknown(node.start, source);
    // `[…].filter(Boolean)`, `.concat(…)`, `.map(…)`: what the list holds is what may come of it.
    if (callee.type === 'MemberExpression' && /^(?:filter|flat|concat|slice|sort|reverse|trim)$/.test(name)) {
      const list = this.value(callee.object);
      if (name !== 'concat' || list.kind !== 'list') return list;
      return {
        kind: 'list',
        items: [...list.items, ...given.flatMap((one) => (one.kind === 'list' ? one.items : [one]))],
      };
    }
    if (source === 'Object.assign' || source === 'Object.freeze') return merged(given);
    // `defineConfig({…})`, `withPlugins({…})`, and a configuration that a function makes of another.
    if (
      /^(?:define\w*|mergeConfig|merge|config|with[A-Z]\w*|wrap\w*|tseslint\.config|create\w*Config\w*)$/i.test(source)
    ) {
      const records = given.filter(({ kind }) => kind === 'record' || kind === 'list' || kind === 'choice');
      if (records.length > 0)
        return records.every(({ kind }) => kind === 'record') ? merged(records) : { kind: 'list', items: given };
    }
    return { kind: 'call', callee: this.value(callee as Node), given };
  }

  #joined(node: Node, given: readonly StaticValue[]): StaticValue {
    const parts: string[] = [];
    for (const each of given) {
      if (each.kind === 'constant') parts.push(String(each.value));
      // The folder in which the program was started is the configuration's.
      else if (parts.length === 0) parts.push('.');
      else return this.#unknown(node.start, this.#text.slice(node.start, node.end));
    }
    return constant(`./${parts.filter((part) => part !== '.').join('/')}`);
  }
}

function merged(values: readonly StaticValue[]): StaticValue {
  const entries = new Map<string, StaticValue>();
  for (const value of values)
    if (value.kind === 'record')
      for (const [key, each] of value.entries) {
        const before = entries.get(key);
        entries.set(key, before === undefined ? each : { kind: 'choice', of: [before, each] });
      }
  return { kind: 'record', entries };
}

function isRequire(node: Node): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    (node.callee.name === 'require' || node.callee.name === '__importDefault') &&
    node.arguments[0]?.type === 'Literal' &&
    typeof node.arguments[0].value === 'string'
  );
}

function requiredModule(node: Node): StaticValue & { kind: 'module' } {
  const call = node as Node & { type: 'CallExpression' };
  return { kind: 'module', specifier: (call.arguments[0] as { value: string }).value, member: undefined };
}

function keyOf(key: Node, computed: boolean): string | undefined {
  if (!computed && key.type === 'Identifier') return key.name;
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number'))
    return String(key.value);
  return undefined;
}
