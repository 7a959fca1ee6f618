/** The syntax tree that both parsers of the family yield: ESTree with TypeScript's nodes, offsets in UTF-16 units. */
import type {
  AccessorProperty,
  ArrowFunctionExpression,
  Class,
  Expression,
  Function as OrdinaryFunction,
  MethodDefinition,
  Node,
  Program,
  PropertyDefinition,
  PropertyKey,
  TSType,
  TSTypeAnnotation,
} from 'oxc-parser';

export type {
  Argument,
  ArrowFunctionExpression,
  AssignmentExpression,
  AssignmentTarget,
  BinaryExpression,
  BindingPattern,
  CallExpression,
  Class,
  Decorator,
  ExportAllDeclaration,
  ExportDefaultDeclaration,
  ExportNamedDeclaration,
  Expression,
  ForStatementLeft,
  ImportDeclaration,
  ImportExpression,
  JSXElement,
  JSXElementName,
  JSXFragment,
  MemberExpression,
  MethodDefinition,
  ModuleExportName,
  NewExpression,
  Node,
  ObjectExpression,
  ParamPattern,
  Program,
  PropertyKey,
  Statement,
  TaggedTemplateExpression,
  TemplateLiteral,
  TSEnumDeclaration,
  TSImportEqualsDeclaration,
  TSInterfaceDeclaration,
  TSModuleDeclaration,
  TSGlobalDeclaration,
  TSSignature,
  TSType,
  TSTypeAliasDeclaration,
  TSTypeAnnotation,
  TSTypeName,
  TSTypeParameterDeclaration,
  VariableDeclaration,
  VariableDeclarator,
} from 'oxc-parser';
export type { Function as OrdinaryFunction } from 'oxc-parser';

export type FunctionNode = OrdinaryFunction | ArrowFunctionExpression;
export type FieldNode = PropertyDefinition | AccessorProperty;
export type ClassMember = MethodDefinition | FieldNode;

export interface Comment {
  readonly block: boolean;
  readonly start: number;
  readonly end: number;
}

export interface ParsedSource {
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** The text holds errors; the tree has what could be known. */
  readonly partial: boolean;
}

/** Without parentheses and type assertions: the expression whose value it is. */
export function bare(node: Expression): Expression {
  let inner = node;
  for (;;) {
    switch (inner.type) {
      case 'ParenthesizedExpression':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
        inner = inner.expression;
        break;
      default:
        return inner;
    }
  }
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionDeclaration' ||
    node.type === 'TSDeclareFunction' ||
    node.type === 'TSEmptyBodyFunctionExpression'
  );
}

export function isClass(node: Node): node is Class {
  return node.type === 'ClassExpression' || node.type === 'ClassDeclaration';
}

/** The text of a constant key: 'a', "b", 1, `c`; undefined when it is computed at run time. */
export function constantText(node: Node): string | undefined {
  if (node.type === 'Literal') {
    return typeof node.value === 'string'
      ? node.value
      : typeof node.value === 'number'
        ? String(node.value)
        : undefined;
  }
  if (node.type === 'TemplateLiteral' && node.expressions.length === 0)
    return node.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** A property's name as programs look it up; private names keep their `#`. */
export function keyName(key: PropertyKey, computed: boolean): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!computed && key.type === 'Identifier') return key.name;
  const constant = constantText(key);
  if (constant !== undefined) return constant;
  // Well-known symbols are properties like others: `[Symbol.iterator]`.
  if (
    key.type === 'MemberExpression' &&
    !key.computed &&
    key.object.type === 'Identifier' &&
    key.object.name === 'Symbol' &&
    key.property.type === 'Identifier'
  ) {
    return `@@${key.property.name}`;
  }
  return undefined;
}

export function annotatedType(annotation: TSTypeAnnotation | null | undefined): TSType | undefined {
  return annotation?.typeAnnotation;
}
