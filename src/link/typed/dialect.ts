/** What differs between the languages with declared types: how names are found. Values and members work alike everywhere. */
import type { FileFacts } from '#model/facts.ts';
import type { ProjectFiles } from '../linker.ts';
import type { Container } from './declarations.ts';
import type { Resolution } from './resolution.ts';
import type { TypedFile } from './typed-file.ts';
import type { Value } from './value.ts';

/** Where an import row leads. */
export type ImportTarget =
  /** A package, namespace or module of the tree, by container key. */
  | { readonly kind: 'package'; readonly key: string }
  /** A declaration inside a container. */
  | { readonly kind: 'member'; readonly value: Value }
  /** Files of the tree: an include, a `require`. */
  | { readonly kind: 'files'; readonly files: readonly number[] }
  | { readonly kind: 'external'; readonly name: string }
  | undefined;

/** What a name is looked up for. */
export type Wanted = 'call' | 'type' | 'value' | 'any';

export interface Dialect {
  readonly language: string;
  /** Prefix of container keys: languages that share declarations share it (`jvm`, `c`). */
  readonly family: string;
  /** Prefix of external names: `go`, `java`, `rust`, `c`, … */
  readonly ecosystem: string;
  /** Between the parts of a qualified name as written. */
  readonly separator: '.' | '::' | '\\';
  /** Key of a container inside another. */
  join(container: string, name: string): string;
  /** Container key of a file's top level; `project` gives manifests. */
  packageKey(path: string, facts: FileFacts, project: ProjectFiles): string;
  /** Manifests changed: what was read from them is read again. */
  forget?(project: ProjectFiles): void;
  /** Members declared outside their type belong to a type of the same container (Go), so no look-up is needed to find it. */
  readonly ownerIsLocal: boolean;
  readonly enumeratorsLeak: boolean;
  /** Unqualified names find members of the types around them (and of their supertypes). */
  readonly implicitMembers: boolean;
  /** Functions, variables and types share one name space: a parameter named like a function hides it. */
  readonly oneNameSpace: boolean;
  /** Of the symbols of one name in a package or namespace, those that a file can mean (`static` and includes in C). */
  select?(resolution: Resolution, from: TypedFile, refs: readonly number[]): readonly number[];
  /** A method and a variable of one name are two things: a name that is not called means the variable (Java). */
  readonly callablesApart?: boolean;
  /** Functions that take any number of arguments are asked only where no other takes these (Java). */
  readonly fixedFirst?: boolean;
  /** What a method of things outside the tree returns, as written; undefined where that is not known. */
  externalResult?(method: string): string | undefined;
  /** What a package passes on under a name without declaring it (Rust's `pub use`). */
  passedOn?(resolution: Resolution, container: Container, name: string, wanted: Wanted): Value | undefined;
  /** Where an import leads. */
  importTarget(resolution: Resolution, file: TypedFile, row: number): ImportTarget;
  /** The name that an import binds when no alias does; undefined for none. */
  importName(resolution: Resolution, file: TypedFile, row: number): string | undefined;
  /** Names after the file's own scopes and imports: same package, outer namespaces, the language's own. */
  outerName(resolution: Resolution, file: TypedFile, row: number, name: string, wanted: Wanted): Value | undefined;
  /** Imports and `outerName` mean the same everywhere in a file. */
  readonly outerIgnoresPlace: boolean;
  /** A path as written (`a::B`, `std::vec`, `A.B`): first segment by scope, the rest by members. Undefined: the general way. */
  path?(resolution: Resolution, file: TypedFile, row: number, path: string): Value | undefined;
  /** External types that stand for what they hold (`Box<T>`, `unique_ptr<T>`). */
  readonly transparent: ReadonlySet<string>;
  /** Picks among equal definitions of one name those that the platform at hand would have (Go build constraints). */
  prefer?(resolution: Resolution, refs: readonly number[]): readonly number[];
  /** Class-like names are called to make instances (`Foo()`): Kotlin, C++. */
  readonly callsConstruct: boolean;
  /** Names of constructors inside a type, where they are not of kind `constructor`. */
  readonly constructorNames: readonly string[];
  /** Further indexes that a file is put into: key of the index, name, symbol row. */
  indexed?(file: TypedFile): readonly (readonly [string, string, number])[];
  /** A function outside of the type that is called like a method (C#, Kotlin). */
  extension?(resolution: Resolution, file: TypedFile, row: number, object: Value, name: string): Value | undefined;
  /** Definitions of a macro that is called with its own syntax (Rust). */
  macro?(resolution: Resolution, file: TypedFile, row: number, name: string): readonly number[];
  /** Parameters that a call does not write: the receiver of a Rust method, of a C# or Kotlin extension. */
  hiddenArguments(resolution: Resolution, ref: number, receiver: Value | undefined): number;
  /** Inherited functions of a name stand beside a type's own, unless their parameters are the same (not so in C++). */
  readonly overloadsInherit?: boolean;
  /** A type and its instances have different methods of one name (Ruby's class methods). */
  readonly staticApart?: boolean;
  /** Types implement interfaces by their method sets. */
  readonly structural: boolean;
}
