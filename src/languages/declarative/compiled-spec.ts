import { ExpressionOp } from '#model/declared-types.ts';
import type { SymbolKind } from '#model/vocabulary.ts';
import { isTypeKind, typeText } from './declare-symbol.ts';
import type { Extraction } from './extraction.ts';
import type {
  CallRule,
  ExpressionRule,
  LanguageSpec,
  LocalRule,
  Modifier,
  SymbolRule,
  Visitor,
} from './language-spec.ts';
import { type MetricTable, metricTable } from '../syntax/metrics.ts';
import { addParameters, bindTypeParameter } from './parameters.ts';
import { inheritChildren, qualifiedTypeReference, typeNameReference } from './type-references.ts';

/** A spec with its node types resolved to one grammar's numbers. */
export interface CompiledSpec {
  readonly source: LanguageSpec;
  readonly fields: ReadonlyMap<string, number>;
  /** By node type: 1 if the walker has something to do. */
  readonly actions: Uint8Array;
  readonly visitors: readonly (Visitor | undefined)[];
  readonly expressions: readonly (ExpressionRule | undefined)[];
  readonly isComment: Uint8Array;
  readonly isAnnotation: Uint8Array;
  readonly isModifierNode: Uint8Array;
  readonly isTypeArguments: Uint8Array;
  readonly isTypeName: Uint8Array;
  readonly isQualifiedType: Uint8Array;
  readonly isSpread: Uint8Array;
  readonly isArgument: Uint8Array;
  readonly hasModifiers: boolean;
  readonly modifiers: ReadonlyMap<string, Modifier>;
  readonly wrappers: ReadonlySet<string>;
  readonly builtinTypes: ReadonlySet<string>;
  readonly builtinNames: ReadonlySet<string>;
  readonly identifierTypes: readonly string[];
  readonly metrics: MetricTable | undefined;
  expression(x: Extraction, node: number): number;
}

const leafKinds = new Set<SymbolKind>(['variable', 'field', 'constant', 'enum-member', 'property', 'type', 'macro']);

export function compileSpec(
  source: LanguageSpec,
  typeNames: readonly string[],
  fieldNames: readonly (string | null)[],
): CompiledSpec {
  const known = new Set(typeNames);
  const flags = (names: readonly string[] | undefined): Uint8Array => {
    const wanted = new Set(names ?? []);
    for (const name of wanted)
      if (!known.has(name)) throw new Error(`${source.language}: the grammar has no node type ${name}`);
    // One more than the types, so that ERROR (65535) reads as undefined and never as another type.
    return Uint8Array.from(typeNames, (name) => (wanted.has(name) ? 1 : 0));
  };
  const visitorsByName = new Map<string, Visitor[]>();
  const on = (types: readonly string[] | undefined, visitor: Visitor): void => {
    for (const type of types ?? []) {
      if (!known.has(type)) throw new Error(`${source.language}: the grammar has no node type ${type}`);
      const list = visitorsByName.get(type);
      if (list) list.push(visitor);
      else visitorsByName.set(type, [visitor]);
    }
  };
  const general = (type: string): boolean => source.visit?.[type] === undefined;
  const calls = source.calls ?? {};
  const expressionRules = source.expressions ?? {};
  on(source.comments, (x, node) => x.comment(node));
  on(source.blocks, (x, node) => x.enter(node));
  for (const [type, rule] of Object.entries(source.symbols)) on([type], symbolVisitor(rule));
  for (const [type, rule] of Object.entries(source.locals ?? {})) on([type], localVisitor(rule));
  for (const [type, rule] of Object.entries(source.typeParameters ?? {}))
    on([type], (x, node) => bindTypeParameter(x, node, rule));
  for (const [type, where] of Object.entries(source.writes ?? {}))
    on([type], (x, node) => x.markWritten(x.find(node, where)));
  for (const [type, rule] of Object.entries(calls)) on([type], (x, node) => callVisitor(x, node, rule));
  for (const [type, role] of Object.entries(source.inherits ?? {}))
    on([type], (x, node) => inheritChildren(x, node, role));
  on(source.qualifiedTypes?.filter(general), qualifiedTypeReference);
  on(source.typeNames?.filter(general), typeNameReference);
  for (const [type, rule] of Object.entries(expressionRules)) {
    if (typeof rule !== 'function' && rule.op === 'member') {
      on([type], (x, node) => x.plainMember(node, x.find(node, rule.object), x.find(node, rule.name)));
    }
  }
  on(source.names?.filter(general), (x, node) => x.plainName(node));
  for (const [type, visitor] of Object.entries(source.visit ?? {})) on([type], visitor);
  const visitors = typeNames.map((name) => chain(visitorsByName.get(name)));
  const callsByType = typeNames.map((name) => calls[name]);
  const expressions = typeNames.map((name) => expressionRules[name]);
  return {
    source,
    fields: new Map(fieldNames.flatMap((name, id) => (name === null ? [] : [[name, id] as const]))),
    actions: Uint8Array.from(visitors, (visitor) => (visitor ? 1 : 0)),
    visitors,
    expressions,
    isComment: flags(source.comments),
    isAnnotation: flags(source.annotations),
    isModifierNode: flags(source.modifierNodes),
    isTypeArguments: flags(source.typeArguments),
    isTypeName: flags(source.typeNames),
    isQualifiedType: flags(source.qualifiedTypes),
    isSpread: flags(source.spreads),
    isArgument: flags(source.argumentNodes),
    hasModifiers: Boolean(source.modifiers ?? source.annotations),
    modifiers: new Map(Object.entries(source.modifiers ?? {})),
    wrappers: new Set(source.wrappers ?? []),
    builtinTypes: new Set(source.builtinTypes ?? []),
    builtinNames: new Set(source.builtinNames ?? []),
    metrics: source.metrics && metricTable(source.metrics, typeNames, fieldNames),
    identifierTypes: [...(source.names ?? []), ...(source.typeNames ?? [])],
    expression: (x, node) => expressionOf(x, node, expressions[x.tree.type[node]!], callsByType[x.tree.type[node]!]),
  };
}

function chain(list: readonly Visitor[] | undefined): Visitor | undefined {
  if (!list || list.length < 2) return list?.[0];
  const [first, second, ...more] = list;
  if (!more.length) return (x, node) => (first!(x, node), second!(x, node));
  return (x, node) => {
    for (const visitor of list) visitor(x, node);
  };
}

function symbolVisitor(rule: SymbolRule): Visitor {
  return (x, node) => {
    let kind = typeof rule.kind === 'string' ? rule.kind : rule.kind(x, node);
    if (kind === undefined) return;
    const nameNode = rule.name === undefined ? x.child(node, 'name') : x.find(node, rule.name);
    if (nameNode < 0 && rule.fixedName === undefined) return;
    const inType = isTypeKind(x.kindOf(x.symbol));
    const ownerNode = x.find(node, rule.owner);
    if (kind === 'function' && (inType || ownerNode >= 0)) kind = 'method';
    else if (kind === 'variable' && inType) kind = 'field';
    const body = x.find(node, rule.body ?? 'body');
    const type = typeText(x, x.find(node, rule.type));
    const symbol = x.declare({
      node,
      kind,
      nameNode,
      body,
      flags: rule.flags ?? 0,
      returnType: typeText(x, x.find(node, rule.returns)),
      declaredType: type,
      ...(rule.fixedName === undefined ? {} : { name: rule.fixedName }),
      ...(ownerNode < 0 ? {} : { owner: ownerName(x, ownerNode) }),
    });
    if (type < 0 && rule.value !== undefined) x.initializer(symbol, x.expression(x.find(node, rule.value)));
    if (rule.scope ?? !leafKinds.has(kind)) x.enter(node, symbol);
    const parameters = rule.parameters === undefined ? x.child(node, 'parameters') : x.find(node, rule.parameters);
    if (parameters >= 0) addParameters(x, symbol, parameters);
    rule.then?.(x, node, symbol);
  };
}

/** The type's name without type arguments, pointers and references. */
export function ownerName(x: Extraction, node: number): string {
  const base = x.spec.isTypeArguments;
  let end = x.tree.end[node]!;
  for (let at = node; at < x.tree.subtreeEnd[node]!; at++) {
    if (base[x.tree.type[at]!]) {
      end = x.tree.start[at]!;
      break;
    }
  }
  return x.oneLine(x.tree.start[node]!, end, 200).replace(/^[&*\s]+|[\s?]+$/g, '');
}

function localVisitor(rule: LocalRule): Visitor {
  return (x, node) => {
    const type = typeText(x, x.find(node, rule.type));
    let value = type < 0 ? x.expression(x.find(node, rule.value)) : -1;
    if (value >= 0 && rule.element) value = x.addExpression(ExpressionOp.element, value);
    const name = x.find(node, rule.name);
    if (name >= 0) x.local(name, type, value);
  };
}

/** Descends through parentheses and type arguments to the expression that is called. */
export function strip(x: Extraction, node: number): number {
  let at = node;
  for (let steps = 0; at >= 0 && steps < 100; steps++) {
    const rule = x.spec.expressions[x.tree.type[at]!];
    if (!rule || typeof rule === 'function' || rule.op !== 'pass') return at;
    at = rule.of === undefined ? x.firstNamed(at) : x.find(at, rule.of);
  }
  return at;
}

export function argumentCount(x: Extraction, list: number): number {
  x.argumentNode = x.spec.source.overloads ? list : -1;
  if (list < 0) return 0;
  let count = 0;
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    const type = x.tree.type[at]!;
    if (x.spec.isSpread[type]) return -1;
    if (!x.spec.isComment[type]) count++;
  }
  return count;
}

function callVisitor(x: Extraction, node: number, rule: CallRule): void {
  const count = argumentCount(
    x,
    rule.arguments === undefined ? x.child(node, 'arguments') : x.find(node, rule.arguments),
  );
  const role = rule.role ?? 'call';
  if (rule.callee === undefined) {
    const name = x.find(node, rule.name);
    if (name >= 0) x.reference(role, name, x.find(node, rule.object), count);
    return;
  }
  const callee = strip(x, x.find(node, rule.callee));
  if (callee < 0) return;
  const shape = x.spec.expressions[x.tree.type[callee]!];
  if (!shape || typeof shape === 'function') return;
  if (shape.op === 'name' || shape.op === 'path') x.reference(role, callee, -1, count);
  else if (shape.op === 'member') {
    const name = x.find(callee, shape.name);
    if (name >= 0) x.reference(role, name, x.find(callee, shape.object), count);
  }
}

function expressionOf(
  x: Extraction,
  node: number,
  rule: ExpressionRule | undefined,
  call: CallRule | undefined,
): number {
  if (!rule) return -1;
  if (typeof rule === 'function') return rule(x, node);
  switch (rule.op) {
    case 'name': {
      const name = x.name(node);
      const local = x.scopes.find(name);
      const lent = local < 0 ? x.scopes.lentAt(node) : -1;
      return x.addExpression(ExpressionOp.name, name, lent < 0 ? local : -2 - lent);
    }
    case 'self':
      return x.addExpression(ExpressionOp.self, -1);
    case 'super':
      return x.addExpression(ExpressionOp.super, -1);
    case 'path':
      return x.addExpression(ExpressionOp.path, x.name(node));
    case 'literal':
      return x.typeExpression(rule.type);
    case 'type': {
      const type = typeText(x, rule.type === undefined ? x.firstNamed(node) : x.find(node, rule.type));
      return type < 0 ? -1 : x.addExpression(ExpressionOp.type, type);
    }
    case 'member': {
      const object = x.expression(x.find(node, rule.object));
      const name = x.find(node, rule.name);
      return object < 0 || name < 0 ? -1 : x.addExpression(ExpressionOp.member, object, x.name(name));
    }
    case 'call':
      return call ? callExpression(x, node, call) : -1;
    default: {
      const of = x.expression(rule.of === undefined ? x.firstNamed(node) : x.find(node, rule.of));
      if (rule.op === 'pass' || of < 0) return of;
      return x.addExpression(rule.op === 'element' ? ExpressionOp.element : ExpressionOp.unwrap, of);
    }
  }
}

function callExpression(x: Extraction, node: number, call: CallRule): number {
  const count = argumentCount(
    x,
    call.arguments === undefined ? x.child(node, 'arguments') : x.find(node, call.arguments),
  );
  let callee: number;
  if (call.callee !== undefined) callee = x.expression(x.find(node, call.callee));
  else {
    const nameNode = x.find(node, call.name);
    if (nameNode < 0) return -1;
    const name = x.name(nameNode);
    const objectNode = x.find(node, call.object);
    const object = objectNode < 0 ? -1 : x.expression(objectNode);
    if (objectNode >= 0 && object < 0) return -1;
    callee =
      object < 0
        ? x.addExpression(ExpressionOp.name, name, x.spec.source.callablesApart ? -1 : x.scopes.find(name))
        : x.addExpression(ExpressionOp.member, object, name);
  }
  return callee < 0 ? -1 : x.addExpression(ExpressionOp.call, callee, count);
}
