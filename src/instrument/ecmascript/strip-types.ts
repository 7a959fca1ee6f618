/** TypeScript made JavaScript by blanking types out: what remains stands where it stood. */
import { enumText } from './strip-enums.ts';
import type { Comment, Node, NodeOf } from './tree.ts';
import { valueNames } from './value-names.ts';

export interface Removal {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

type EachChild = (node: Node, visit: (child: Node) => void) => void;

/** Undefined parts are taken out; `unsupported` where the text is more than JavaScript with types. */
export function removedTypes(
  program: Node,
  text: string,
  eachChild: EachChild,
  comments: readonly Comment[],
): readonly Removal[] | 'unsupported' {
  if (program.type !== 'Program') return 'unsupported';
  const stripper = new Stripper(text, eachChild, comments, valueNames(program, eachChild));
  for (const statement of program.body) stripper.visit(statement, program);
  return stripper.supported ? outermost(stripper.removals) : 'unsupported';
}

/** A removal inside of another goes with it. */
function outermost(removals: readonly Removal[]): readonly Removal[] {
  const sorted = removals.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Removal[] = [];
  for (const removal of sorted) {
    const last = kept.at(-1);
    if (last && removal.start < last.end) continue;
    kept.push(removal);
  }
  return kept;
}

class Stripper {
  readonly removals: Removal[] = [];
  supported = true;
  readonly #text: string;
  readonly #eachChild: EachChild;
  readonly #comments: readonly Comment[];
  readonly #values: ReadonlySet<string>;

  constructor(text: string, eachChild: EachChild, comments: readonly Comment[], values: ReadonlySet<string>) {
    this.#text = text;
    this.#eachChild = eachChild;
    this.#comments = comments;
    this.#values = values;
  }

  #blank(start: number, end: number, first = ''): void {
    if (end <= start) return;
    const spaces = this.#text.slice(start, end).replace(/[^\n\r]/g, ' ');
    this.removals.push({ start, end, text: first === '' ? spaces : first + spaces.slice(first.length) });
  }

  /** Keeps the statement before from running on into the one behind. */
  #statement(node: Node): void {
    this.#blank(node.start, node.end, ';');
  }

  #replace(node: Node, text: string): void {
    const lines = this.#text.slice(node.start, node.end).replace(/[^\n]/g, '');
    this.removals.push({ start: node.start, end: node.end, text: text + lines });
  }

  visit(node: Node, parent: Node): void {
    switch (node.type) {
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSDeclareFunction':
      case 'TSNamespaceExportDeclaration':
        this.#statement(node);
        return;
      case 'TSModuleDeclaration':
        if (node.declare || onlyTypes(node)) this.#statement(node);
        else this.supported = false;
        return;
      case 'TSEnumDeclaration':
        this.#enum(node, parent);
        return;
      case 'TSImportEqualsDeclaration':
        this.#importEquals(node);
        return;
      case 'TSExportAssignment':
        this.#blank(node.start, node.expression.start, 'module.exports =');
        this.visit(node.expression, node);
        return;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSInstantiationExpression':
        this.#after(node.expression, node);
        this.visit(node.expression, node);
        return;
      case 'TSNonNullExpression':
        this.#blank(node.end - 1, node.end);
        this.visit(node.expression, node);
        return;
      case 'TSTypeAssertion':
        this.#blank(node.start, this.#skip(node.typeAnnotation.end) + 1);
        this.visit(node.expression, node);
        return;
      case 'Decorator':
        this.supported = false;
        return;
      case 'ImportDeclaration':
        this.#import(node);
        return;
      case 'ExportNamedDeclaration':
        this.#export(node);
        return;
      case 'ExportDefaultDeclaration':
        if (node.declaration.type.startsWith('TS') && !isValue(node.declaration)) this.#statement(node);
        else this.visit(node.declaration, node);
        return;
      case 'ExportAllDeclaration':
        if (node.exportKind === 'type') this.#statement(node);
        return;
      case 'VariableDeclaration':
        if (node.declare) this.#statement(node);
        else this.#children(node);
        return;
      case 'ClassDeclaration':
      case 'ClassExpression':
        this.#class(node);
        return;
      case 'MethodDefinition':
      case 'PropertyDefinition':
      case 'AccessorProperty':
        this.#member(node);
        return;
      case 'TSIndexSignature':
      case 'TSAbstractMethodDefinition':
      case 'TSAbstractPropertyDefinition':
      case 'TSAbstractAccessorProperty':
        this.#blank(node.start, node.end, ';');
        return;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        this.#function(node);
        return;
      case 'VariableDeclarator':
        this.#children(node);
        return;
      case 'TSParameterProperty':
        return;
      case 'Identifier':
      case 'ObjectPattern':
      case 'ArrayPattern':
      case 'RestElement':
      case 'AssignmentPattern':
        this.#pattern(node);
        return;
      default:
        if (node.type.startsWith('TS')) {
          this.#blank(node.start, node.end);
          return;
        }
        this.#children(node);
    }
  }

  #children(node: Node): void {
    this.#eachChild(node, (child) => this.visit(child, node));
  }

  /** `as T`, `satisfies T`, `<T>` behind an expression; parentheses around it stay. */
  #after(expression: Node, node: Node): void {
    const from = this.#skip(expression.end, ')');
    this.#blank(from, node.end);
  }

  /** The next position that is neither space nor comment nor one of these characters. */
  #skip(from: number, passed = ''): number {
    let at = from;
    for (;;) {
      const comment = this.#comments.find(({ start }) => start === at);
      if (comment) at = comment.end;
      else if (/\s/.test(this.#text[at] ?? 'x') || (passed !== '' && passed.includes(this.#text[at] ?? 'x'))) at++;
      else return at;
    }
  }

  #pattern(
    node:
      | NodeOf<'Identifier'>
      | NodeOf<'ObjectPattern'>
      | NodeOf<'ArrayPattern'>
      | NodeOf<'RestElement'>
      | NodeOf<'AssignmentPattern'>,
  ): void {
    const annotation = 'typeAnnotation' in node ? node.typeAnnotation : undefined;
    if (node.type === 'Identifier') {
      const end = node.start + node.name.length;
      if (node.end > end && this.#text.startsWith(node.name, node.start)) this.#blank(end, node.end);
      return;
    }
    if (annotation) {
      const question = this.#text.lastIndexOf('?', annotation.start);
      const optional = 'optional' in node && node.optional && question >= node.start;
      this.#blank(optional ? question : annotation.start, annotation.end);
    }
    this.#eachChild(node, (child) => {
      if (child.type !== 'TSTypeAnnotation') this.visit(child, node);
    });
  }

  #function(node: NodeOf<'FunctionDeclaration'> | NodeOf<'ArrowFunctionExpression'>): void {
    const { body } = node;
    if (!body) {
      this.#statement(node);
      return;
    }
    if (node.typeParameters) this.#blank(node.typeParameters.start, node.typeParameters.end);
    if (node.returnType) {
      const { start, end } = node.returnType;
      // The arrow must stand on the line of the closing parenthesis.
      if (node.type === 'ArrowFunctionExpression' && this.#text.slice(start, end).includes('\n')) {
        const arrow = this.#text.indexOf('=>', end);
        const lines = this.#text.slice(start, arrow + 2).replace(/[^\n]/g, '');
        this.removals.push({ start, end: arrow + 2, text: `=>${lines}` });
      } else this.#blank(start, end);
    }
    this.#parameters(node);
    for (const parameter of node.params) this.visit(parameter, node);
    this.visit(body, node);
  }

  /** `this: T` goes; parameters that are properties become assignments at the begin of the body. */
  #parameters(node: NodeOf<'FunctionDeclaration'> | NodeOf<'ArrowFunctionExpression'>): void {
    const [first] = node.params;
    if (first?.type === 'Identifier' && first.name === 'this') {
      const next = node.params[1];
      this.#blank(first.start, next ? next.start : this.#text.indexOf(')', first.end));
    }
    const names: string[] = [];
    for (const parameter of node.params) {
      if (parameter.type !== 'TSParameterProperty') continue;
      const inner = parameter.parameter;
      this.#blank(parameter.start, inner.start);
      this.visit(inner, parameter);
      const target = inner.type === 'AssignmentPattern' ? inner.left : inner;
      if (target.type === 'Identifier') names.push(target.name);
    }
    if (names.length === 0 || node.body?.type !== 'BlockStatement') return;
    const assigned = names.map((name) => `this.${name}=${name};`).join('');
    const call = node.body.body.find(
      (statement) =>
        statement.type === 'ExpressionStatement' &&
        statement.expression.type === 'CallExpression' &&
        statement.expression.callee.type === 'Super',
    );
    const at = call ? call.end : node.body.start + 1;
    const semicolon = call && this.#text[at - 1] !== ';' ? ';' : '';
    this.removals.push({ start: at, end: at, text: semicolon + assigned });
  }

  #class(node: NodeOf<'ClassDeclaration'>): void {
    if (node.declare) {
      this.#statement(node);
      return;
    }
    if (node.decorators.length > 0) this.supported = false;
    if (node.abstract) this.#blank(node.start, node.start + 'abstract'.length);
    if (node.typeParameters) this.#blank(node.typeParameters.start, node.typeParameters.end);
    if (node.superTypeArguments) this.#blank(node.superTypeArguments.start, node.superTypeArguments.end);
    const list = node.implements ?? [];
    if (list.length > 0) {
      const from = this.#text.lastIndexOf('implements', list[0]!.start);
      this.#blank(from, list.at(-1)!.end);
    }
    if (node.superClass) this.visit(node.superClass, node);
    this.visit(node.body, node);
  }

  #member(node: NodeOf<'MethodDefinition'> | NodeOf<'PropertyDefinition'> | NodeOf<'AccessorProperty'>): void {
    if (node.decorators.length > 0) this.supported = false;
    const bodyless = node.type === 'MethodDefinition' && !node.value.body;
    if (bodyless || ('declare' in node && node.declare)) {
      this.#blank(node.start, node.end, ';');
      return;
    }
    const head = this.#text.slice(node.start, node.key.start);
    for (const match of head.matchAll(/\b(public|private|protected|readonly|override|abstract|declare)\b/g))
      this.#blank(node.start + match.index, node.start + match.index + match[0].length);
    if (node.computed) this.visit(node.key, node);
    if (node.type === 'MethodDefinition') {
      if (node.optional) this.#mark('?', node.key.end);
      this.#function(node.value as NodeOf<'FunctionDeclaration'>);
      return;
    }
    // In JavaScript a field has no such parts at all.
    const field = node as NodeOf<'PropertyDefinition'>;
    if (field.typeAnnotation || field.optional || field.definite) {
      const from = this.#skip(field.key.end, field.computed ? ']' : '');
      const until = field.typeAnnotation?.end ?? from + 1;
      this.#blank(from, until);
    }
    if (field.value) this.visit(field.value, field);
  }

  #mark(mark: string, from: number): void {
    const at = this.#text.indexOf(mark, from);
    if (at >= 0) this.#blank(at, at + 1);
  }

  #import(node: NodeOf<'ImportDeclaration'>): void {
    if (node.importKind === 'type') {
      this.#statement(node);
      return;
    }
    const used = node.specifiers.filter(
      (specifier) =>
        !(specifier.type === 'ImportSpecifier' && specifier.importKind === 'type') &&
        this.#values.has(specifier.local.name),
    );
    if (node.specifiers.length === 0 || used.length === node.specifiers.length) return;
    if (used.length === 0) {
      this.#statement(node);
      return;
    }
    const named = used.flatMap((each) => (each.type === 'ImportSpecifier' ? [this.#slice(each)] : []));
    const heads = used.flatMap((each) => (each.type === 'ImportSpecifier' ? [] : [this.#slice(each)]));
    const clause = [...heads, ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : [])].join(', ');
    this.#replace(node, `import ${clause} from ${this.#slice(node.source)};`);
  }

  #export(node: NodeOf<'ExportNamedDeclaration'>): void {
    if (node.exportKind === 'type') {
      this.#statement(node);
      return;
    }
    if (node.declaration) {
      const { declaration } = node;
      if (declaration.type.startsWith('TS') && !isValue(declaration)) this.#statement(node);
      else if ('declare' in declaration && declaration.declare) this.#statement(node);
      else if ('body' in declaration && declaration.type.includes('Function') && !declaration.body)
        this.#statement(node);
      else this.visit(declaration, node);
      return;
    }
    const kept = node.specifiers.filter(
      ({ exportKind, local }) =>
        exportKind !== 'type' &&
        (node.source !== null || (local.type === 'Identifier' && this.#values.has(`export ${local.name}`))),
    );
    if (kept.length === node.specifiers.length) return;
    const source = node.source ? ` from ${this.#slice(node.source)}` : '';
    this.#replace(node, `export { ${kept.map((each) => this.#slice(each)).join(', ')} }${source};`);
  }

  #slice(node: Node): string {
    return this.#text.slice(node.start, node.end);
  }

  #enum(node: NodeOf<'TSEnumDeclaration'>, parent: Node): void {
    if (node.declare) this.#statement(node);
    else this.#replace(node, enumText(node, this.#text, parent.type === 'ExportNamedDeclaration'));
  }

  #importEquals(node: NodeOf<'TSImportEqualsDeclaration'>): void {
    const { moduleReference } = node;
    if (node.importKind === 'type') this.#statement(node);
    else if (moduleReference.type === 'TSExternalModuleReference')
      this.#replace(node, `const ${node.id.name} = require(${this.#slice(moduleReference.expression)});`);
    else this.#replace(node, `const ${node.id.name} = ${this.#slice(moduleReference)};`);
  }
}

function isValue(node: Node): boolean {
  return (
    node.type === 'TSEnumDeclaration' ||
    node.type === 'TSModuleDeclaration' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSSatisfiesExpression' ||
    node.type === 'TSNonNullExpression'
  );
}

function onlyTypes(node: NodeOf<'TSModuleDeclaration'>): boolean {
  const { body } = node;
  if (!body) return true;
  if (body.type !== 'TSModuleBlock') return false;
  return body.body.every((each) => {
    const inner = each.type === 'ExportNamedDeclaration' && each.declaration ? each.declaration : each;
    return (
      inner.type === 'TSInterfaceDeclaration' ||
      inner.type === 'TSTypeAliasDeclaration' ||
      ('declare' in inner && inner.declare === true)
    );
  });
}
