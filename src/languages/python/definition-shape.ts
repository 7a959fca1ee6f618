/** What a function or class definition declares of itself: kind, flags, decorators. */
import { SymbolFlag, type SymbolKind } from '#model/vocabulary.ts';
import { Kind } from './grammar.ts';
import { decoratorName } from './symbol-rows.ts';
import type { Unit } from './unit.ts';

export interface FunctionShape {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly nameNode: number;
  /** The decorated definition, or the definition itself. */
  readonly outer: number;
  readonly flags: number;
  readonly parameters: number;
  readonly returnType: number;
  readonly body: number;
  /** Decorator nodes, the outermost first. */
  readonly decorators: readonly number[];
  /** A setter, deleter or overload: belongs to a definition of the same name and does not rebind it. */
  readonly isCompanion: boolean;
  readonly isDeleter: boolean;
}

const propertyNames = new Set([
  'property',
  'cached_property',
  'abstractproperty',
  'lazy_property',
  'classproperty',
  'hybrid_property',
]);

export function decoratorsOf(unit: Unit, node: number): number[] {
  const parent = unit.tree.parent[node]!;
  const found: number[] = [];
  if (parent < 0 || unit.kind(parent) !== Kind.decorated_definition) return found;
  for (let child = unit.firstNamed(parent); child >= 0; child = unit.nextNamed(child, parent)) {
    if (unit.kind(child) === Kind.decorator) found.push(child);
  }
  return found;
}

export function functionShape(unit: Unit, node: number, inClass: boolean): FunctionShape {
  const { fields, tree } = unit;
  const nameNode = unit.child(node, fields.name);
  const name = nameNode < 0 ? '' : unit.textOf(nameNode);
  const body = unit.child(node, fields.body);
  const decorators = decoratorsOf(unit, node);
  let flags = unit.hasToken(node, 'async') ? SymbolFlag.async : 0;
  let isProperty = false;
  let isCompanion = false;
  let isDeleter = false;
  for (const decorator of decorators) {
    const full = decoratorName(unit, decorator);
    const last = full.slice(full.lastIndexOf('.') + 1);
    if (propertyNames.has(last)) {
      isProperty = true;
      flags |= SymbolFlag.getter;
    } else if (full === `${name}.setter` || full.endsWith(`.${name}.setter`)) {
      isProperty = isCompanion = true;
      flags |= SymbolFlag.setter;
    } else if (full === `${name}.deleter` || full === `${name}.getter`) {
      isProperty = isCompanion = true;
      isDeleter = last === 'deleter';
      if (last === 'getter') flags |= SymbolFlag.getter;
    } else if (last === 'staticmethod') flags |= SymbolFlag.static;
    else if (last === 'classmethod') flags |= SymbolFlag.classmethod;
    else if (last === 'abstractmethod') flags |= SymbolFlag.abstract;
    else if (last === 'overload') {
      flags |= SymbolFlag.declaration;
      isCompanion = true;
    } else if (last === 'override') flags |= SymbolFlag.override;
    else if (last === 'final') flags |= SymbolFlag.final;
    else if (last === 'deprecated') flags |= SymbolFlag.deprecated;
    if (last === 'abstractproperty') flags |= SymbolFlag.abstract;
  }
  if (inClass && name === '__new__') flags |= SymbolFlag.static;
  if (inClass && (name === '__init_subclass__' || name === '__class_getitem__')) flags |= SymbolFlag.classmethod;
  if (/^test(_|[A-Z0-9]|$)/.test(name)) flags |= SymbolFlag.test;
  if (inClass && name.startsWith('__') && name.endsWith('__') && name !== '__init__') flags |= SymbolFlag.operator;
  if (unit.declarations) flags |= SymbolFlag.declaration;
  if (isGenerator(unit, body)) flags |= SymbolFlag.generator;
  return {
    kind: inClass ? (isProperty ? 'property' : name === '__init__' ? 'constructor' : 'method') : 'function',
    name,
    nameNode,
    outer: decorators.length > 0 ? tree.parent[node]! : node,
    flags,
    body,
    decorators,
    isCompanion,
    isDeleter,
    parameters: unit.child(node, fields.parameters),
    returnType: unit.child(node, fields.return_type),
  };
}

/** Whether a body yields, functions nested in it aside. */
export function isGenerator(unit: Unit, body: number): boolean {
  if (body < 0) return false;
  const { subtreeEnd, flags } = unit.tree;
  const end = subtreeEnd[body]!;
  for (let node = body; node < end; node++) {
    if ((flags[node]! & 1) === 0) continue;
    const kind = unit.kind(node);
    if (kind === Kind.yield) return true;
    if (kind === Kind.function_definition || kind === Kind.lambda || kind === Kind.class_definition)
      node = subtreeEnd[node]! - 1;
  }
  return false;
}

export interface ClassShape {
  readonly name: string;
  readonly nameNode: number;
  readonly outer: number;
  readonly flags: number;
  readonly body: number;
  readonly superclasses: number;
  readonly decorators: readonly number[];
  readonly isEnum: boolean;
}

const enumBases = new Set(['Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'TextChoices', 'IntegerChoices']);

export function classShape(unit: Unit, node: number): ClassShape {
  const { fields, tree } = unit;
  const nameNode = unit.child(node, fields.name);
  const superclasses = unit.child(node, fields.superclasses);
  const decorators = decoratorsOf(unit, node);
  let flags = unit.declarations ? SymbolFlag.declaration : 0;
  let isEnum = false;
  for (
    let base = superclasses < 0 ? -1 : unit.firstNamed(superclasses);
    base >= 0;
    base = unit.nextNamed(base, superclasses)
  ) {
    const isKeyword = unit.kind(base) === Kind.keyword_argument;
    const text = unit.textOf(isKeyword ? unit.child(base, fields.value) : base);
    const last = text.slice(text.lastIndexOf('.') + 1);
    if (last === 'ABC' || last === 'ABCMeta') flags |= SymbolFlag.abstract;
    if (!isKeyword && enumBases.has(last)) isEnum = true;
  }
  const name = nameNode < 0 ? '' : unit.textOf(nameNode);
  if (/^Test[A-Z_0-9]|^Test$|Tests?$|TestCase$/.test(name)) flags |= SymbolFlag.test;
  for (const decorator of decorators) {
    const last = decoratorName(unit, decorator).split('.').at(-1);
    if (last === 'final') flags |= SymbolFlag.final;
    else if (last === 'deprecated') flags |= SymbolFlag.deprecated;
  }
  return {
    name,
    nameNode,
    outer: decorators.length > 0 ? tree.parent[node]! : node,
    flags,
    body: unit.child(node, fields.body),
    superclasses,
    decorators,
    isEnum,
  };
}
