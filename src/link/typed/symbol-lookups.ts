import { ParameterColumn, PARAMETER_STRIDE, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, type SymbolKind, symbolKinds } from '#model/vocabulary.ts';
import { type Container, type Declarations, fileOf, rowOf, type SymbolRef } from './declarations.ts';
import type { Wanted } from './dialect.ts';
import { typeKinds } from './file-indexes.ts';
import { ComputationStack } from './recorder.ts';
import type { TypedFile } from './typed-file.ts';

const kindIndex = (kind: SymbolKind): number => symbolKinds.indexOf(kind);
const callableKinds = new Set((['function', 'method', 'constructor', 'macro'] as const).map(kindIndex));
const namespaceKinds = new Set((['namespace', 'module'] as const).map(kindIndex));
const none: readonly SymbolRef[] = [];

/** Reading single symbols and direct members; each look at a name or a file is recorded. */
export class SymbolLookups {
  readonly declarations: Declarations;
  readonly stack = new ComputationStack();
  readonly #nameIds = new Map<string, number>();

  constructor(declarations: Declarations) {
    this.declarations = declarations;
  }

  /** Number of a name in a container, for traces. */
  lookupKey(container: Container, name: string): number {
    let id = this.#nameIds.get(name);
    if (id === undefined) this.#nameIds.set(name, (id = this.#nameIds.size + 1));
    return (Math.imul(container.id + 1, 0x9e3779b1) ^ Math.imul(id, 0x85ebca6b)) | 0;
  }

  file(ref: SymbolRef): TypedFile {
    const number = fileOf(ref);
    this.stack.recorder.visit(number);
    return this.declarations.file(number)!;
  }

  column(ref: SymbolRef, column: number): number {
    return this.declarations.file(fileOf(ref))!.facts.symbols[rowOf(ref) * SYMBOL_STRIDE + column]!;
  }

  text(ref: SymbolRef, column: number): string | undefined {
    const { facts } = this.declarations.file(fileOf(ref))!;
    return facts.strings[facts.symbols[rowOf(ref) * SYMBOL_STRIDE + column]!];
  }

  kind(ref: SymbolRef): SymbolKind {
    return symbolKinds[this.column(ref, SymbolColumn.kind)]!;
  }

  isType(ref: SymbolRef): boolean {
    return typeKinds.has(this.column(ref, SymbolColumn.kind));
  }

  isCallable(ref: SymbolRef): boolean {
    return callableKinds.has(this.column(ref, SymbolColumn.kind));
  }

  isNamespace(ref: SymbolRef): boolean {
    return namespaceKinds.has(this.column(ref, SymbolColumn.kind));
  }

  hasFlag(ref: SymbolRef, flag: number): boolean {
    return (this.column(ref, SymbolColumn.flags) & flag) !== 0;
  }

  /** The container that a type or namespace symbol is. */
  containerOf(ref: SymbolRef): Container | undefined {
    const key = this.declarations.file(fileOf(ref))!.keys[rowOf(ref)];
    return key === undefined ? undefined : this.declarations.container(key);
  }

  container(key: string): Container {
    return this.declarations.container(key);
  }

  /** Whether there are files in the package or below it, or a namespace of that key. */
  exists(container: Container): boolean {
    this.stack.recorder.lookup(this.lookupKey(container, ''));
    return container.files.length > 0 || container.below > 0 || container.declarations.length > 0;
  }

  /** Direct members of a container. */
  direct(container: Container, name: string): readonly SymbolRef[] {
    this.stack.recorder.lookup(this.lookupKey(container, name));
    const found = container.members.get(name);
    return found ?? none;
  }

  /** As `direct`, only those that fit what is wanted. */
  fitting(container: Container, name: string, wanted: Wanted): readonly SymbolRef[] {
    const found = this.direct(container, name);
    return found.length === 0 || wanted === 'any' ? found : found.filter((ref) => this.fits(ref, wanted));
  }

  fits(ref: SymbolRef, wanted: Wanted): boolean {
    if (wanted === 'any') return true;
    const { dialect } = this.declarations.file(fileOf(ref))!;
    if (wanted === 'type') return this.isType(ref) || this.isNamespace(ref);
    if (wanted === 'call')
      return dialect.oneNameSpace
        ? !this.isNamespace(ref)
        : this.isCallable(ref) || (dialect.callsConstruct && this.isType(ref));
    return !this.isCallable(ref) || dialect.oneNameSpace;
  }

  /** Types of a callable's parameters as written, '' for none. */
  parameterTypes(ref: SymbolRef): readonly string[] {
    const { facts } = this.declarations.file(fileOf(ref))!;
    const first = this.column(ref, SymbolColumn.parameters);
    return Array.from(
      { length: this.column(ref, SymbolColumn.parameterCount) },
      (_, i) => facts.strings[facts.parameters[(first + i) * PARAMETER_STRIDE + ParameterColumn.type]!] ?? '',
    );
  }

  /** Number of arguments that a callable takes: least and most (−1: any number). */
  arity(ref: SymbolRef): readonly [number, number] {
    const file = this.declarations.file(fileOf(ref))!;
    const first = this.column(ref, SymbolColumn.parameters);
    const count = this.column(ref, SymbolColumn.parameterCount);
    let least = 0;
    let most = count;
    for (let row = first; row < first + count; row++) {
      const at = row * PARAMETER_STRIDE;
      if (file.facts.parameters[at + ParameterColumn.kind] !== 0) most = -1;
      else if (file.facts.parameters[at + ParameterColumn.default]! < 0) least++;
    }
    return [least, most];
  }

  isDeclarationOnly(ref: SymbolRef): boolean {
    return this.hasFlag(ref, SymbolFlag.declaration);
  }
}
