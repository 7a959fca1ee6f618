import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind, symbolKinds, type Visibility, visibilities } from '#model/vocabulary.ts';
import { argumentCount } from '../declarative/compiled-spec.ts';
import { isTypeKind, typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';
import { typeReference } from '../declarative/type-references.ts';
import { type Declarator, qualifierOf, readDeclarator } from './declarators.ts';

/** Whether declarations at this place are local to a function. */
function isLocal(x: Extraction): boolean {
  const kind = x.kindOf(x.symbol);
  return kind === 'function' || kind === 'method' || kind === 'constructor';
}

/** Base type and the declarator's pointers: `char **`; −1 for `auto`. */
function declaredType(x: Extraction, node: number, declarator: Declarator): number {
  const type = x.child(node, 'type');
  if (type < 0 || x.is(type, 'placeholder_type_specifier')) return -1;
  const body = x.child(type, 'body');
  const base = body >= 0 ? x.child(type, 'name') : type;
  const text = base < 0 ? -1 : typeText(x, base);
  if (text < 0) return -1;
  return declarator.suffix ? x.facts.string(`${x.facts.strings[text]!} ${declarator.suffix}`) : text;
}

/** `int f(int a) { … }`, `void A::f() { … }`, constructors, destructors and operators. */
export function functionDefinition(x: Extraction, node: number): void {
  const declarator = readDeclarator(x, x.child(node, 'declarator'));
  if (declarator.name < 0 || declarator.functionNode < 0) return;
  const symbol = declareFunction(x, node, declarator, x.child(node, 'body'), 0);
  x.enter(node, symbol);
  parameters(x, symbol, declarator.functionNode);
}

function declareFunction(x: Extraction, node: number, declarator: Declarator, body: number, flags: number): number {
  const owner = declarator.qualified < 0 ? '' : qualifierOf(x, declarator.qualified);
  const name = functionName(x, declarator.name);
  const holder = owner
    ? owner.slice(owner.lastIndexOf(':') + 1)
    : isTypeKind(x.kindOf(x.symbol))
      ? x.nameOf(x.symbol)
      : undefined;
  let kind: SymbolKind = holder === undefined ? 'function' : 'method';
  if (holder !== undefined && name === holder) kind = 'constructor';
  const isOperator = x.is(declarator.name, 'operator_name') || x.is(declarator.name, 'operator_cast');
  const symbol = x.declare({
    node,
    kind,
    nameNode: declarator.name,
    name,
    body,
    returnType: declaredType(x, node, declarator),
    flags: flags | (isOperator ? SymbolFlag.operator : 0) | specifierFlags(x, declarator.functionNode),
    ...(owner ? { owner } : {}),
    ...(holder === undefined && isFileLocal(x, node) ? { visibility: 'internal' } : {}),
  });
  if (name === 'main' && kind === 'function') x.addFlags(symbol, SymbolFlag.entryPoint);
  return symbol;
}

/** `static` outside a class: the file's own. */
function isFileLocal(x: Extraction, node: number): boolean {
  for (let at = x.firstNamed(node); at >= 0 && !x.fieldIs(at, 'declarator'); at = x.nextNamed(at)) {
    if (x.is(at, 'storage_class_specifier') && x.slice(at) === 'static') return true;
  }
  return false;
}

function functionName(x: Extraction, node: number): string {
  return x
    .slice(node)
    .replace(/\s+/g, ' ')
    .replace(/^operator (?=\W)/, 'operator');
}

function specifierFlags(x: Extraction, functionNode: number): number {
  let flags = 0;
  for (let at = x.firstNamed(functionNode); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'virtual_specifier')) continue;
    flags |= x.slice(at) === 'override' ? SymbolFlag.override : SymbolFlag.final;
  }
  return flags;
}

/** Parameter rows, and locals where the function has a body (its scope is open then). */
function parameters(x: Extraction, symbol: number, functionNode: number, bind = true): void {
  const first = x.facts.parameters.rows;
  const list = x.child(functionNode, 'parameters');
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    const type = x.typeName(at);
    const variadic = type === 'variadic_parameter_declaration' || type === 'variadic_parameter';
    if (!type.endsWith('parameter_declaration') && !variadic) continue;
    const declarator = readDeclarator(x, x.child(at, 'declarator'));
    const written = declaredType(x, at, declarator);
    if (declarator.name < 0 && written >= 0 && x.facts.strings[written] === 'void') continue;
    const value = x.child(at, 'default_value');
    const name = declarator.name < 0 ? x.facts.string('') : x.name(declarator.name);
    x.parameter(
      name,
      written,
      value < 0 ? -1 : x.facts.string(x.oneLine(x.tree.start[value]!, x.tree.end[value]!, 120)),
      variadic ? 'variadic' : 'positional',
    );
    if (declarator.name < 0) continue;
    if (bind) x.local(declarator.name, written);
    else x.claim(declarator.name);
  }
  if (
    /\.\.\.\s*\)$/.test(x.text.slice(Math.max(x.tree.start[functionNode]!, x.tree.end[list]! - 20), x.tree.end[list]))
  ) {
    x.parameter(x.facts.string('...'), -1, -1, 'variadic');
  }
  x.facts.symbols.set(symbol, SymbolColumn.parameters, first);
  x.facts.symbols.set(symbol, SymbolColumn.parameterCount, x.facts.parameters.rows - first);
}

/** The parameters of a lambda: locals of the block that is open. */
export function lambdaParameters(x: Extraction, node: number): void {
  const list = x.child(x.child(node, 'declarator'), 'parameters');
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    const declarator = readDeclarator(x, x.child(at, 'declarator'));
    if (declarator.name >= 0) x.local(declarator.name, declaredType(x, at, declarator));
  }
}

/** `int a = 1, *b, f(int);` at file level, in a class or in a function. */
export function declaration(x: Extraction, node: number): void {
  const local = isLocal(x);
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (!x.fieldIs(at, 'declarator')) continue;
    const declarator = readDeclarator(x, at);
    if (declarator.name < 0) continue;
    if (declarator.functionNode >= 0) {
      if (!local) prototype(x, node, declarator);
      else claimAll(x, declarator.functionNode);
      continue;
    }
    variable(x, node, at, declarator, local);
  }
}

function prototype(x: Extraction, node: number, declarator: Declarator): void {
  const pure = /=\s*0\s*;?$/.test(
    x.text.slice(Math.max(x.tree.start[node]!, x.tree.end[node]! - 12), x.tree.end[node]),
  );
  const symbol = declareFunction(x, node, declarator, -1, SymbolFlag.declaration | (pure ? SymbolFlag.abstract : 0));
  parameters(x, symbol, declarator.functionNode, false);
}

function claimAll(x: Extraction, node: number): void {
  for (let at = node; at < x.tree.subtreeEnd[node]!; at++) if (x.is(at, 'identifier')) x.claim(at);
}

function variable(x: Extraction, node: number, at: number, declarator: Declarator, local: boolean): void {
  const type = declaredType(x, node, declarator);
  const value = x.is(at, 'init_declarator') ? x.child(at, 'value') : x.child(node, 'value');
  const constructs = x.is(value, 'argument_list') || x.is(value, 'initializer_list');
  const typeNode = x.child(node, 'type');
  if (constructs && type >= 0 && x.spec.source.language === 'cpp') {
    const plain =
      x.is(typeNode, 'type_identifier') || x.is(typeNode, 'qualified_identifier') || x.is(typeNode, 'template_type');
    if (plain && declarator.suffix === '') typeReference(x, typeNode, 'instantiate', argumentCount(x, value));
  }
  if (local) {
    x.local(declarator.name, type, type < 0 && value >= 0 ? x.expression(value) : -1);
    return;
  }
  const inType = isTypeKind(x.kindOf(x.symbol));
  const isConstant =
    /\bconst(?:expr)?\b/.test(x.text.slice(x.tree.start[node], x.tree.start[declarator.name])) && !declarator.suffix;
  const owner = declarator.qualified < 0 ? '' : qualifierOf(x, declarator.qualified);
  const isExtern = /^extern\b/.test(x.text.slice(x.tree.start[node], x.tree.start[node]! + 8)) && value < 0;
  const symbol = x.declare({
    node,
    kind: inType || owner ? 'field' : isConstant ? 'constant' : 'variable',
    nameNode: declarator.name,
    declaredType: type,
    flags: isExtern ? SymbolFlag.declaration : 0,
    ...(owner ? { owner } : {}),
    ...(!inType && isFileLocal(x, node) ? { visibility: 'internal' } : {}),
  });
  if (type < 0 && value >= 0) x.initializer(symbol, x.expression(value));
}

/** `struct S { … }`; without a body a forward declaration, or only the mention of a type. */
export function typeSpecifier(kind: SymbolKind): (x: Extraction, node: number) => void {
  return (x, node) => {
    const body = x.child(node, 'body');
    const nameNode = x.child(node, 'name');
    if (body < 0) {
      const parent = x.typeName(x.parent(node));
      if (
        nameNode < 0 ||
        !/^(?:translation_unit|declaration_list|field_declaration_list|template_declaration|preproc_.*)$/.test(parent)
      )
        return;
      const name = x.is(nameNode, 'type_identifier') ? nameNode : -1;
      if (name >= 0) x.declare({ node, kind, nameNode: name, flags: SymbolFlag.declaration });
      return;
    }
    let name = nameNode;
    let text: string | undefined;
    let owner = '';
    if (x.is(name, 'template_type')) name = x.child(name, 'name');
    else if (x.is(name, 'qualified_identifier')) {
      owner = qualifierOf(x, name);
      name = readDeclarator(x, name).name;
    } else if (name < 0) {
      // `typedef struct { … } P;` takes its name from the typedef.
      const outer = x.parent(node);
      const alias = x.is(outer, 'type_definition') ? readDeclarator(x, x.child(outer, 'declarator')) : undefined;
      text = alias && alias.name >= 0 && !alias.suffix ? x.slice(alias.name) : '';
      if (text && alias) name = alias.name;
      // Members of an anonymous union or struct inside a type belong to the outer type.
      if (text === '' && isTypeKind(x.kindOf(x.symbol)) && x.child(outer, 'declarator') < 0) return;
      if (text === '' && kind === 'enum') return;
    }
    const symbol = x.declare({
      node,
      kind,
      nameNode: name,
      body,
      flags: text === '' ? SymbolFlag.anonymous : 0,
      ...(text === undefined ? {} : { name: text }),
      ...(owner ? { owner } : {}),
    });
    x.enter(node, symbol);
  };
}

export function typeDefinition(x: Extraction, node: number): void {
  const type = x.child(node, 'type');
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) {
    if (!x.fieldIs(at, 'declarator')) continue;
    const declarator = readDeclarator(x, at);
    if (declarator.name < 0) continue;
    x.claim(declarator.name);
    const isNamedStruct = x.child(type, 'body') >= 0 && x.child(type, 'name') < 0 && !declarator.suffix;
    if (!isNamedStruct && !isLocal(x))
      x.declare({ node, kind: 'type', nameNode: declarator.name, declaredType: declaredType(x, node, declarator) });
    if (declarator.functionNode >= 0) claimAll(x, declarator.functionNode);
  }
}

export function macro(x: Extraction, node: number): void {
  const name = x.child(node, 'name');
  const value = x.child(node, 'value');
  const symbol = x.declare({ node, kind: 'macro', nameNode: name, parent: 0, body: value, visibility: 'public' });
  const list = x.child(node, 'parameters');
  if (list < 0) return;
  const first = x.facts.parameters.rows;
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    x.claim(at);
    x.parameter(x.name(at), -1, -1, 'positional');
  }
  x.facts.symbols.set(symbol, SymbolColumn.parameters, first);
  x.facts.symbols.set(symbol, SymbolColumn.parameterCount, x.facts.parameters.rows - first);
}

/** `public:` holds for what follows in the class. */
export function accessSpecifier(x: Extraction, node: number): void {
  if (!x.is(x.parent(node), 'field_declaration_list')) return;
  const word = x.slice(node).replace(/\s*:.*$/s, '');
  const visibility = visibilities.indexOf(word as Visibility);
  if (visibility >= 0) x.memory.set(`access ${x.symbol}`, visibility);
}

export function memberVisibility(x: Extraction, _node: number, _name: string, parent: number): Visibility {
  const kind = symbolKinds[x.facts.symbols.get(parent, SymbolColumn.kind)]!;
  const known = x.memory.get(`access ${parent}`);
  if (known !== undefined) return visibilities[known]!;
  return kind === 'class' ? 'private' : 'public';
}
