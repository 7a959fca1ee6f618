/**
 * A language as data: which node types of its grammar declare symbols, use names, open scopes. The walker (extraction.ts)
 * visits the flat tree once in pre-order and does what the rules of a node's type say; where a table cannot say it, `visit`
 * holds a hook. Everything is optional but the first four: a language at level `names` needs little more than `symbols` and
 * `calls`. Node types and fields are written by name and resolved to numbers once per grammar.
 */
import type { ReferenceRole, SymbolKind, Visibility } from '#model/vocabulary.ts';
import type { GrammarName } from '../grammars.ts';
import type { MetricSpec } from '../syntax/metric-spec.ts';
import type { Extraction } from './extraction.ts';

export type NodeType = string;
export type FieldName = string;

/** Called at a node before its children. */
export type Visitor = (x: Extraction, node: number) => void;
/** Finds a node below or beside another; −1 for none. */
export type FindNode = (x: Extraction, node: number) => number;

export interface SymbolRule {
  /** A hook may return undefined: the node declares nothing here. `function` inside a type becomes `method`, `variable` inside a type `field`. */
  readonly kind: SymbolKind | ((x: Extraction, node: number) => SymbolKind | undefined);
  /** Field or hook that finds the name; default: field `name`. A declaration without one gets no symbol, unless `anonymous`. */
  readonly name?: FieldName | FindNode;
  /** Name where the text has none at hand (`constructor`, `init`). */
  readonly fixedName?: string;
  /** Default: field `parameters`. */
  readonly parameters?: FieldName | FindNode;
  /** Return type. Default: none. */
  readonly returns?: FieldName | FindNode;
  /** Declared type of a variable, field, constant, property. Default: none. */
  readonly type?: FieldName | FindNode;
  /** Initial value: gives an untyped field or global its type. */
  readonly value?: FieldName | FindNode;
  /** Where the signature ends. Default: field `body`. */
  readonly body?: FieldName | FindNode;
  /** SymbolFlag bits that always hold. */
  readonly flags?: number;
  /** Type that the member belongs to when it is declared outside of it: a node whose text, without type arguments, is the owner. */
  readonly owner?: FieldName | FindNode;
  /** Whether what lies inside is nested under the symbol. Default: yes, but not for variables, fields, constants, enum members. */
  readonly scope?: boolean;
  /** Runs after the symbol was added, inside its scope: flags, extra references, locals. */
  readonly then?: (x: Extraction, node: number, symbol: number) => void;
}

export interface ParameterRule {
  /** One field may hold several names (`a, b int`). Default: field `name`. */
  readonly name?: FieldName | FindNode;
  readonly type?: FieldName | FindNode;
  readonly default?: FieldName | FindNode;
  readonly variadic?: boolean;
  /** Written before the type as the body sees it: Go's `...T` is `[]T`. */
  readonly typePrefix?: string;
}

export interface LocalRule {
  readonly name: FieldName | FindNode;
  readonly type?: FieldName | FindNode;
  readonly value?: FieldName | FindNode;
  /** The variable holds an element of the value (`for (x of xs)`). */
  readonly element?: boolean;
}

export interface CallRule {
  /** Field that holds the whole callee expression … */
  readonly callee?: FieldName | FindNode;
  /** … or those that hold its parts. */
  readonly name?: FieldName | FindNode;
  readonly object?: FieldName | FindNode;
  /** List of arguments, whose named children are counted. Default: field `arguments`. */
  readonly arguments?: FieldName | FindNode;
  readonly role?: ReferenceRole;
}

/** How an expression's type follows from its parts; see ExpressionOp. Without a field the first named child is meant. */
export type ExpressionRule =
  | { readonly op: 'name' | 'self' | 'super' | 'path' }
  | { readonly op: 'member'; readonly object: FieldName | FindNode; readonly name: FieldName | FindNode }
  /** Uses the call rule of the same node type. */
  | { readonly op: 'call' }
  | { readonly op: 'type'; readonly type?: FieldName | FindNode }
  | { readonly op: 'literal'; readonly type: string }
  | { readonly op: 'element' | 'unwrap' | 'pass'; readonly of?: FieldName | FindNode }
  | ((x: Extraction, node: number) => number);

export interface Modifier {
  readonly flags?: number;
  readonly visibility?: Visibility;
}

export interface LanguageSpec {
  readonly language: string;
  readonly grammar: GrammarName;
  readonly level: 'typed' | 'names';
  readonly symbols: Readonly<Record<NodeType, SymbolRule>>;

  /** Comment node types. */
  readonly comments?: readonly NodeType[];
  /** Beginnings of comments that document (`/**`, `///`). Default: any comment that stands directly above. */
  readonly documentation?: readonly string[];
  /** Nodes around a declaration in front of which its comment stands (`export_statement`). */
  readonly wrappers?: readonly NodeType[];
  /** Annotation and attribute nodes, one each: inside the declaration or a modifier node, or before the declaration. */
  readonly annotations?: readonly NodeType[];
  /** Nodes among a declaration's children that hold modifier words and annotations. */
  readonly modifierNodes?: readonly NodeType[];
  readonly modifiers?: Readonly<Record<string, Modifier>>;
  /** Where no modifier says it. Default: public. */
  readonly visibility?: (x: Extraction, node: number, name: string, parent: number) => Visibility;
  /** Default: public symbols whose parents are exported too. */
  readonly exported?: (x: Extraction, name: string, visibility: Visibility, parent: number) => boolean;

  /** Nodes that open a scope of local variables (functions do so by themselves). */
  readonly blocks?: readonly NodeType[];
  readonly parameters?: Readonly<Record<NodeType, ParameterRule>>;
  /** Type parameters with their bounds: bound like locals, at position −1. */
  readonly typeParameters?: Readonly<Record<NodeType, ParameterRule>>;
  readonly locals?: Readonly<Record<NodeType, LocalRule>>;

  readonly calls?: Readonly<Record<NodeType, CallRule>>;
  /** Arguments that stand for any number of arguments. */
  readonly spreads?: readonly NodeType[];
  /** What is called is never a variable: `int size = size();` (Java). */
  readonly callablesApart?: boolean;
  /** Functions of one name may differ in their parameters' types: calls tell the values of their arguments. */
  readonly overloads?: boolean;
  /** Nodes around an argument's value, which comes last in them. */
  readonly argumentNodes?: readonly NodeType[];
  readonly expressions?: Readonly<Record<NodeType, ExpressionRule>>;
  /** Identifiers that read a value where nothing else claims them. */
  readonly names?: readonly NodeType[];
  /** Assignments: the field of what is written. */
  readonly writes?: Readonly<Record<NodeType, FieldName | FindNode>>;
  /** Identifiers that name types. */
  readonly typeNames?: readonly NodeType[];
  /** Types with a qualifier (`a.B`, `a::B`), outermost node. */
  readonly qualifiedTypes?: readonly NodeType[];
  /** Nodes that hold type arguments: left out where a type's base is meant. */
  readonly typeArguments?: readonly NodeType[];
  /** Nodes whose named children are types that the enclosing type extends or implements. */
  readonly inherits?: Readonly<Record<NodeType, 'inherit' | 'implement'>>;
  /** Words that are types or functions of the language itself: no reference is made of them. */
  readonly builtinTypes?: readonly string[];
  readonly builtinNames?: readonly string[];

  /** Complexity and size of functions, types and the file; without it there are none. */
  readonly metrics?: MetricSpec;

  /** Hooks: run after the rules of the same node type; on a type of `names`, `typeNames` or `qualifiedTypes` in place of the general rule. Imports live here. */
  readonly visit?: Readonly<Record<NodeType, Visitor>>;
  /** Runs once, after the module symbol was added. */
  readonly start?: (x: Extraction) => void;
  /** Runs once at the end, before the tables are closed. */
  readonly finish?: (x: Extraction) => void;
}
