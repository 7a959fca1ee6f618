/**
 * What TypeScript knows of a module's exports: declarations, JSDoc and what the compiler infers from JavaScript. The one place
 * that loads the compiler's API; nothing is run, plug-ins are not loaded.
 */
import type TypeScript from 'typescript';
import type { Node, Signature, Symbol as TypeScriptSymbol, Type, TypeChecker, TypeReference } from 'typescript';
import { anyShape, type Callable, type Parameter, type RecordField, type Shape, union } from '../model/surface.ts';

export interface DeclaredTypes {
  /** By path from the module, joined with `.`: `parse`, `default`, `Vector`. `""`: what CommonJS exports as a whole. */
  readonly callables: ReadonlyMap<string, Callable>;
}

const MOST_DEPTH = 4;
const MOST_FIELDS = 40;

/** `files`: absolute; several are read in one program, since that costs less. */
export async function readDeclaredTypes(files: readonly string[]): Promise<ReadonlyMap<string, DeclaredTypes>> {
  const ts = (await import('typescript')).default;
  const program = ts.createProgram({
    rootNames: [...files],
    options: {
      allowJs: true,
      checkJs: false,
      noEmit: true,
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      maxNodeModuleJsDepth: 0,
      skipLibCheck: true,
      types: [],
      allowImportingTsExtensions: true,
    },
  });
  const checker = program.getTypeChecker();
  const found = new Map<string, DeclaredTypes>();
  for (const file of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (!source || !module) continue;
    found.set(file, { callables: new Reader(ts, checker, source).callablesOf(module) });
  }
  return found;
}

type Compiler = typeof TypeScript;

class Reader {
  readonly #ts: Compiler;
  readonly #checker: TypeChecker;
  readonly #at: Node;
  readonly #open = new Set<Type>();

  constructor(ts: Compiler, checker: TypeChecker, at: Node) {
    this.#ts = ts;
    this.#checker = checker;
    this.#at = at;
  }

  callablesOf(module: TypeScriptSymbol): Map<string, Callable> {
    const found = new Map<string, Callable>();
    const whole = wholeExport(this.#checker, module);
    if (whole !== module) this.#add(found, whole, [], 0);
    for (const symbol of this.#checker.getExportsOfModule(module)) this.#add(found, symbol, [symbol.name], 0);
    return found;
  }

  #add(found: Map<string, Callable>, symbol: TypeScriptSymbol, path: readonly string[], depth: number): void {
    const target = symbol.flags & this.#ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    const type = this.#checker.getTypeOfSymbolAtLocation(target, this.#at);
    const callable = this.#callable(type, path, target);
    if (callable && !found.has(path.join('.'))) found.set(path.join('.'), callable);
    if (depth >= 2) return;
    for (const property of type.getProperties().slice(0, 300)) {
      if (property.name === 'prototype' || property.name.startsWith('__')) continue;
      const declared = property.valueDeclaration;
      if (declared && declared.getSourceFile().hasNoDefaultLib) continue;
      this.#add(found, property, [...path, property.name], depth + 1);
    }
  }

  #callable(type: Type, path: readonly string[], symbol: TypeScriptSymbol): Callable | undefined {
    const documentation = this.#ts.displayPartsToString(symbol.getDocumentationComment(this.#checker));
    const shared = { path, name: symbol.name, ...(documentation ? { documentation } : {}) };
    const made = type.getConstructSignatures();
    if (made.length > 0) {
      const instance = made[0]!.getReturnType();
      return { ...shared, kind: 'class', ...this.#merge(made), members: this.#members(instance) };
    }
    const calls = type.getCallSignatures();
    if (calls.length === 0) return undefined;
    return { ...shared, kind: 'function', ...this.#merge(calls), members: [] };
  }

  #members(instance: Type): Callable[] {
    const members: Callable[] = [];
    for (const property of instance.getProperties().slice(0, 200)) {
      const type = this.#checker.getTypeOfSymbolAtLocation(property, this.#at);
      const calls = type.getNonNullableType().getCallSignatures();
      if (calls.length === 0 || this.#isHidden(property)) continue;
      members.push({ path: [property.name], name: property.name, kind: 'method', ...this.#merge(calls), members: [] });
    }
    return members;
  }

  #isHidden(symbol: TypeScriptSymbol): boolean {
    const declaration = symbol.valueDeclaration;
    if (!declaration) return false;
    const flags = this.#ts.getCombinedModifierFlags(declaration as never);
    return (flags & (this.#ts.ModifierFlags.Private | this.#ts.ModifierFlags.Protected)) !== 0;
  }

  /** Overloads as one: parameters by place take the union; what the shorter ones lack is optional. */
  #merge(signatures: readonly Signature[]): { readonly parameters: Parameter[]; readonly returns: Shape } {
    const several = signatures.slice(0, 8).map((signature) => this.#parameters(signature));
    const longest = Math.max(...several.map(({ length }) => length));
    const parameters: Parameter[] = [];
    for (let i = 0; i < longest; i++) {
      const present = several.map((list) => list[i]).filter((parameter) => parameter !== undefined);
      parameters.push({
        ...present[0]!,
        shape: union(present.map(({ shape }) => shape)),
        optional: present.length < several.length || present.some(({ optional }) => optional),
        declared: present.some(({ declared }) => declared),
      });
    }
    return { parameters, returns: union(signatures.slice(0, 8).map((s) => this.#shape(s.getReturnType(), 0))) };
  }

  #parameters(signature: Signature): Parameter[] {
    return signature.getParameters().map((symbol) => {
      const declaration = symbol.valueDeclaration;
      const type = this.#checker.getTypeOfSymbolAtLocation(symbol, this.#at);
      const isParameter = declaration !== undefined && this.#ts.isParameter(declaration);
      const variadic = isParameter && declaration.dotDotDotToken !== undefined;
      const optional = isParameter && this.#checker.isOptionalParameter(declaration);
      let shape = this.#shape(type, 0);
      if (variadic && shape.kind === 'list') shape = shape.of;
      return { name: symbol.name, shape, optional: optional || variadic, variadic, declared: shape.kind !== 'any' };
    });
  }

  #shape(type: Type, depth: number): Shape {
    const { TypeFlags } = this.#ts;
    const { flags } = type;
    if (flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.NonPrimitive)) return anyShape;
    if (flags & TypeFlags.StringLiteral || flags & TypeFlags.NumberLiteral) {
      return { kind: 'one-of', values: [(type as unknown as { value: string | number }).value] };
    }
    if (flags & TypeFlags.BooleanLiteral)
      return { kind: 'one-of', values: [this.#checker.typeToString(type) === 'true'] };
    if (flags & TypeFlags.StringLike) return { kind: 'string' };
    if (flags & TypeFlags.NumberLike) return { kind: 'number' };
    if (flags & TypeFlags.BooleanLike) return { kind: 'boolean' };
    if (flags & TypeFlags.BigIntLike) return { kind: 'bigint' };
    if (flags & TypeFlags.ESSymbolLike) return { kind: 'symbol' };
    if (flags & TypeFlags.Null) return { kind: 'null' };
    if (flags & (TypeFlags.Undefined | TypeFlags.Void | TypeFlags.Never)) return { kind: 'undefined' };
    if (type.isUnion()) return this.#union(type.types, depth);
    if (flags & (TypeFlags.TypeParameter | TypeFlags.IndexedAccess | TypeFlags.Conditional | TypeFlags.Substitution)) {
      const constraint = this.#checker.getBaseConstraintOfType(type);
      return constraint && constraint !== type && !(constraint.flags & TypeFlags.Unknown)
        ? this.#shape(constraint, depth)
        : anyShape;
    }
    if (depth > MOST_DEPTH || this.#open.has(type)) return anyShape;
    this.#open.add(type);
    try {
      return this.#object(type, depth);
    } finally {
      this.#open.delete(type);
    }
  }

  #union(types: readonly Type[], depth: number): Shape {
    const shapes = types.slice(0, 60).map((item) => this.#shape(item, depth));
    const exact = shapes.flatMap((shape) => (shape.kind === 'one-of' ? shape.values : []));
    const rest = shapes.filter(({ kind }) => kind !== 'one-of');
    if (exact.length === 2 && exact.every((value) => typeof value === 'boolean'))
      return union([...rest, { kind: 'boolean' }]);
    return union(exact.length > 0 ? [...rest, { kind: 'one-of', values: exact }] : rest);
  }

  #object(type: Type, depth: number): Shape {
    const checker = this.#checker;
    const parts = (): readonly Type[] => checker.getTypeArguments(type as TypeReference);
    const part = (index: number): Shape => (parts()[index] ? this.#shape(parts()[index]!, depth + 1) : anyShape);
    if (checker.isTupleType(type)) return { kind: 'tuple', items: parts().map((item) => this.#shape(item, depth + 1)) };
    if (checker.isArrayType(type)) return { kind: 'list', of: part(0) };
    const name = type.symbol?.name ?? '';
    switch (name) {
      case 'Object':
        return anyShape;
      case 'Date':
        return { kind: 'date' };
      case 'RegExp':
        return { kind: 'regexp' };
      case 'Promise':
      case 'PromiseLike':
        return { kind: 'promise', of: part(0) };
      case 'Map':
      case 'ReadonlyMap':
        return { kind: 'map', key: part(0), of: part(1) };
      case 'Set':
      case 'ReadonlySet':
        return { kind: 'set', of: part(0) };
      case 'ArrayLike':
      case 'ConcatArray':
        return { kind: 'list', of: part(0) };
      case 'Iterable':
      case 'Iterator':
      case 'IterableIterator':
      case 'Generator':
        return { kind: 'iterable', of: part(0) };
      case 'AsyncIterable':
      case 'AsyncGenerator':
      case 'AsyncIterableIterator':
        return { kind: 'async-iterable', of: part(0) };
      case 'Buffer':
      case 'Uint8Array':
      case 'ArrayBuffer':
        return { kind: 'bytes' };
      case 'Error':
        return { kind: 'error' };
      case 'Function':
        return { kind: 'function', parameters: [], returns: anyShape };
    }
    const calls = type.getCallSignatures();
    if (calls.length > 0) {
      return {
        kind: 'function',
        parameters: calls[0]!
          .getParameters()
          .map((p) => this.#shape(checker.getTypeOfSymbolAtLocation(p, this.#at), depth + 1)),
        returns: this.#shape(calls[0]!.getReturnType(), depth + 1),
      };
    }
    if (type.getConstructSignatures().length > 0) return { kind: 'class' };
    if (type.isClass() && name !== '') return { kind: 'instance', of: name };
    return this.#record(type, depth);
  }

  #record(type: Type, depth: number): Shape {
    const fields: RecordField[] = [];
    for (const property of type.getProperties().slice(0, MOST_FIELDS)) {
      if (property.name.startsWith('__@')) continue;
      const shape = this.#shape(this.#checker.getTypeOfSymbolAtLocation(property, this.#at), depth + 1);
      fields.push({ name: property.name, shape, optional: (property.flags & this.#ts.SymbolFlags.Optional) !== 0 });
    }
    const index = fields.length === 0 ? type.getStringIndexType() : undefined;
    if (index) {
      const shape = this.#shape(index, depth + 1);
      return { kind: 'record', fields: ['a', 'b', 'key'].map((name) => ({ name, shape, optional: true })) };
    }
    return { kind: 'record', fields };
  }
}

/** What `module.exports =` or `export =` gives, where a module has one. */
function wholeExport(checker: TypeChecker, module: TypeScriptSymbol): TypeScriptSymbol {
  const assigned =
    checker.getExportsOfModule(module).find(({ name }) => name === 'export=') ??
    module.exports?.get('export=' as never);
  return assigned ?? module;
}
