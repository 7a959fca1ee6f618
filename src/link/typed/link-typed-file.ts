import { EXPRESSION_STRIDE, ExpressionOp } from '#model/declared-types.ts';
import { Binding, ImportColumn, IMPORT_STRIDE, REFERENCE_STRIDE, ReferenceColumn } from '#model/facts.ts';
import { referenceRoles } from '#model/vocabulary.ts';
import { EdgeBuffer, edgeKindIndex, provenanceIndex } from '../edge-buffer.ts';
import type { DeepEdges } from '../file-edges.ts';
import { type Container, fileOf, rowOf, type SymbolRef } from './declarations.ts';
import type { Wanted } from './dialect.ts';
import { definitionOf, importedFiles } from './imported-files.ts';
import { choose, evaluate, type Memo, settled } from './evaluate.ts';
import { argumentsOf } from './call-arguments.ts';
import { areVariants } from './overloads.ts';
import { overriddenBy } from './overrides.ts';
import type { Resolution } from './resolution.ts';
import { supertypeEdge } from './supertype-edge.ts';
import { structuralEdges } from './structural.ts';
import type { TypedFile } from './typed-file.ts';
import type { Value } from './value.ts';

const role = Object.fromEntries(referenceRoles.map((name, index) => [name, index])) as Record<
  (typeof referenceRoles)[number],
  number
>;
const wantedOf: readonly Wanted[] = referenceRoles.map((name) =>
  name === 'call'
    ? 'call'
    : name === 'instantiate' || name === 'type' || name === 'inherit' || name === 'implement'
      ? 'type'
      : name === 'decorate'
        ? 'any'
        : 'value',
);

/** The edges that declared types give a file, and which references they answer. */
export function linkTypedFile(resolution: Resolution, file: TypedFile): DeepEdges {
  return new FileLink(resolution, file).run();
}

class FileLink {
  readonly #resolution: Resolution;
  readonly #file: TypedFile;
  readonly #edges = new EdgeBuffer();
  readonly #answered: Uint8Array;
  readonly #memo: Memo = { expressions: [], locals: [] };
  readonly #usedFiles = new Set<number>();
  #symbol = 0;
  #argumentList = 0;
  #line = 0;
  #column = 0;

  constructor(resolution: Resolution, file: TypedFile) {
    this.#resolution = resolution;
    this.#file = file;
    this.#answered = new Uint8Array(file.facts.references.length / REFERENCE_STRIDE);
  }

  run(): DeepEdges {
    const { references } = this.#file.facts;
    for (let row = 0, at = 0; at < references.length; row++, at += REFERENCE_STRIDE) {
      this.#symbol = references[at + ReferenceColumn.symbol]!;
      this.#line = references[at + ReferenceColumn.line]!;
      this.#column = references[at + ReferenceColumn.column]!;
      this.#argumentList = references[at + ReferenceColumn.argumentList]!;
      if (this.#reference(at)) this.#answered[row] = 1;
    }
    overriddenBy(this.#resolution, this.#file, (row, target, line, column) => {
      this.#symbol = row;
      this.#line = line;
      this.#column = column;
      this.#add(target, edgeKindIndex.overrides, provenanceIndex.exact, 1);
    });
    if (this.#file.dialect.structural) {
      structuralEdges(this.#resolution, this.#file, (source, target, kind, line, column) => {
        this.#edges.add(
          this.#file.number,
          source,
          fileOf(target),
          rowOf(target),
          kind,
          provenanceIndex.exact,
          line,
          column,
        );
      });
    }
    this.#imports();
    const { edges, externals } = this.#edges.finish();
    return { answered: this.#answered, edges, externals };
  }

  /** Returns whether the reference needs no answer from its name alone. */
  #reference(at: number): boolean {
    const { references, strings, expressions } = this.#file.facts;
    const use = references[at + ReferenceColumn.role]!;
    if (use === role.inherit || use === role.implement) return this.#inherit(at, use);
    const name = strings[references[at + ReferenceColumn.name]!]!;
    const count = references[at + ReferenceColumn.arguments]!;
    const receiver = references[at + ReferenceColumn.receiver]!;
    const binding = references[at + ReferenceColumn.binding]!;
    const wanted = wantedOf[use]!;
    if (binding === Binding.open) return this.#emit(use, this.#bare(receiver, name, wanted), count);
    if (receiver < 0) return false;
    if (binding === Binding.variable) {
      if (use !== role.call) return true;
      const value = this.#evaluate(receiver);
      if (value?.kind === 'callable') this.#call(value.refs, count, value.receiver, true);
      return value !== undefined;
    }
    const op = expressions[receiver * EXPRESSION_STRIDE];
    const text = strings[expressions[receiver * EXPRESSION_STRIDE + 1]!];
    if (op === ExpressionOp.type && use !== role.read && use !== role.write && use !== role.call) {
      return this.#emit(
        use,
        text === undefined ? undefined : this.#resolution.path(this.#file, this.#symbol, text, 'type'),
        count,
      );
    }
    if (op === ExpressionOp.path && text === '!') return this.#macro(name);
    if (
      use === role.call &&
      (name === 'super' || name === 'this' || name === 'base') &&
      (op === ExpressionOp.super || op === ExpressionOp.self)
    ) {
      return this.#constructorCall(op === ExpressionOp.super, count);
    }
    const object = op === ExpressionOp.path && text === '' ? undefined : this.#evaluate(receiver);
    if (!object) {
      // A literal's key that is no field of its type names a value.
      return use === role.write && op === ExpressionOp.type
        ? this.#emit(role.read, this.#named(name, 'value'), -1)
        : false;
    }
    const member =
      this.#resolution.memberOf(object, name, wanted, this.#file) ??
      (wanted === 'any' ? undefined : this.#resolution.memberOf(object, name, 'any', this.#file));
    if (member && member.kind !== 'external') return this.#emit(use, member, count);
    if (op === ExpressionOp.self && (use === role.call || use === role.write)) {
      const base = this.#named(name, 'type');
      if (base?.kind === 'type') return this.#construct(base.type, count, false);
    }
    if (use === role.write && op === ExpressionOp.type) return this.#emit(role.read, this.#named(name, 'value'), -1);
    const extension =
      use === role.call
        ? this.#file.dialect.extension?.(this.#resolution, this.#file, this.#symbol, object, name)
        : undefined;
    if (extension) return this.#emit(use, extension, count);
    if (member) return this.#emit(use, member, count);
    // What is not found in a known value is not there.
    return settled(this.#resolution, object) !== undefined;
  }

  /** A member of the value that a lambda has for its receiver, or what the name means by scope. */
  #bare(receiver: number, name: string, wanted: Wanted): Value | undefined {
    const object = receiver < 0 ? undefined : this.#evaluate(receiver);
    const member = object && this.#resolution.memberOf(object, name, wanted, this.#file);
    return member && member.kind !== 'external' ? member : this.#named(name, wanted);
  }

  #named(name: string, wanted: Wanted): Value | undefined {
    const found = this.#resolution.named(this.#file, this.#symbol, name, wanted);
    return (
      found ??
      (wanted === 'call' || wanted === 'value'
        ? this.#resolution.named(this.#file, this.#symbol, name, 'any')
        : undefined)
    );
  }

  #evaluate(row: number): Value | undefined {
    return evaluate(this.#resolution, this.#file, this.#symbol, row, this.#memo);
  }

  #emit(use: number, value: Value | undefined, count: number): boolean {
    if (!value) return false;
    switch (value.kind) {
      case 'callable':
        if (
          use === role.call ||
          use === role.instantiate ||
          (use === role.write && this.#resolution.kind(value.refs[0]!) === 'constructor')
        ) {
          this.#call(value.refs, count, value.receiver, false);
          const holder =
            use !== role.write && this.#resolution.kind(value.refs[0]!) === 'constructor'
              ? this.#resolution.holderOf(value.refs[0]!)
              : undefined;
          const type = holder && definitionOf(this.#resolution, holder);
          if (type !== undefined) this.#add(type, edgeKindIndex.instantiates, provenanceIndex.exact, 1);
        } else
          for (const ref of choose(this.#resolution, value.refs, -1, undefined).slice(0, 1))
            this.#add(
              ref,
              use === role.decorate ? edgeKindIndex.decorates : edgeKindIndex.reads,
              provenanceIndex.exact,
              1,
            );
        return true;
      case 'type':
        return this.#type(use, value.type, count);
      case 'variable': {
        const kind =
          use === role.write
            ? edgeKindIndex.writes
            : use === role.decorate
              ? edgeKindIndex.decorates
              : edgeKindIndex.reads;
        const refs = value.refs.length > 1 ? choose(this.#resolution, value.refs, -1, undefined) : value.refs;
        if (refs[0] !== undefined) this.#add(refs[0], kind, provenanceIndex.exact, 1);
        if (use === role.call) {
          const type = this.#resolution.variableType(value);
          if (type?.kind === 'callable') this.#call(type.refs, count, type.receiver, true);
        }
        return true;
      }
      case 'external':
        this.#external(use, value.name);
        return true;
      case 'package':
      case 'instance':
      case 'super':
      case 'array':
      case 'tuple':
      case 'function':
      case 'parameter':
        return true;
    }
  }

  #type(use: number, type: Container, count: number): boolean {
    const target = definitionOf(this.#resolution, type);
    if (target === undefined) return false;
    if (use === role.instantiate) return this.#construct(type, count, true);
    if (use === role.call && this.#file.dialect.callsConstruct) return this.#construct(type, count, true);
    if (use === role.decorate) this.#add(target, edgeKindIndex.decorates, provenanceIndex.exact, 1);
    else if (!this.#isOwnName(target)) this.#add(target, edgeKindIndex.types, provenanceIndex.exact, 1);
    return true;
  }

  /** A type's use of itself says nothing. */
  #isOwnName(target: SymbolRef): boolean {
    return fileOf(target) === this.#file.number && rowOf(target) === this.#symbol;
  }

  #construct(type: Container, count: number, instance: boolean): boolean {
    const target = definitionOf(this.#resolution, type);
    if (target === undefined) return false;
    if (instance) this.#add(target, edgeKindIndex.instantiates, provenanceIndex.exact, 1);
    const { constructorNames } = this.#file.dialect;
    for (const name of [type.name, ...constructorNames]) {
      const found = this.#resolution.member(type, name, 'call');
      const refs =
        found?.refs.filter((ref) => this.#resolution.kind(ref) === 'constructor' || constructorNames.includes(name)) ??
        [];
      if (refs.length === 0 || (found && found.type !== type && !constructorNames.includes(name))) continue;
      this.#call(refs, count, undefined, false);
      break;
    }
    return true;
  }

  #constructorCall(ofSuper: boolean, count: number): boolean {
    const own = this.#resolution.enclosingType(this.#file, this.#symbol);
    if (!own) return false;
    if (!ofSuper) return this.#construct(own, count, false);
    for (const base of this.#resolution.supers(own)) {
      if (base.kind === 'instance') return this.#construct(base.type, count, false);
      if (base.kind === 'external') {
        this.#external(role.call, `${base.name}#<init>`);
        return true;
      }
    }
    return true;
  }

  #macro(name: string): boolean {
    const refs = this.#file.dialect.macro?.(this.#resolution, this.#file, this.#symbol, name) ?? [];
    if (refs.length === 0) {
      this.#external(role.call, `std#${name}!`);
      return true;
    }
    this.#add(refs[0]!, edgeKindIndex.calls, refs.length === 1 ? provenanceIndex.exact : provenanceIndex.inferred, 1);
    return true;
  }

  #call(refs: readonly SymbolRef[], count: number, receiver: Value | undefined, indirect: boolean): void {
    const chosen = choose(
      this.#resolution,
      refs,
      count,
      receiver,
      refs.length > 1
        ? argumentsOf(this.#resolution, this.#file, this.#symbol, this.#argumentList, count, this.#memo)
        : undefined,
    );
    if (chosen.length === 1) {
      // Of variants for several platforms, the one for the platform that links are shown for is no certainty.
      const isOneOfMany = refs.length > 1 && this.#file.dialect.prefer !== undefined;
      const provenance = indirect || isOneOfMany ? provenanceIndex.inferred : provenanceIndex.exact;
      this.#add(chosen[0]!, edgeKindIndex.calls, provenance, 1);
      return;
    }
    // Overloads that the number of arguments does not tell apart, or variants for several platforms.
    const variants = this.#file.dialect.prefer !== undefined || areVariants(this.#resolution, chosen);
    const provenance = variants ? provenanceIndex.inferred : provenanceIndex.candidate;
    for (const ref of chosen) this.#add(ref, edgeKindIndex.calls, provenance, chosen.length);
  }

  #add(target: SymbolRef, kind: number, provenance: number, rivals: number): void {
    const number = fileOf(target);
    if (number !== this.#file.number) this.#usedFiles.add(number);
    this.#resolution.stack.recorder.visit(number);
    this.#edges.add(
      this.#file.number,
      this.#symbol,
      number,
      rowOf(target),
      kind,
      provenance,
      this.#line,
      this.#column,
      rivals,
    );
  }

  #external(use: number, name: string): void {
    const kind =
      use === role.call
        ? edgeKindIndex.calls
        : use === role.instantiate
          ? edgeKindIndex.instantiates
          : use === role.decorate
            ? edgeKindIndex.decorates
            : -1;
    if (kind < 0 || name.startsWith('?')) return;
    this.#edges.addExternal(
      this.#file.number,
      this.#symbol,
      `${this.#file.dialect.ecosystem}:${name}`,
      kind,
      this.#line,
      this.#column,
    );
  }

  #inherit(at: number, use: number): boolean {
    const resolution = this.#resolution;
    const edge = supertypeEdge(resolution, this.#file, at, use === role.implement);
    if (!edge) return true;
    const { source, target, kind } = edge;
    if (typeof target === 'string') {
      const name = `${this.#file.dialect.ecosystem}:${target}`;
      this.#edges.addExternal(fileOf(source), rowOf(source), name, kind, this.#line, this.#column);
      return true;
    }
    const number = fileOf(target);
    if (number !== this.#file.number) this.#usedFiles.add(number);
    resolution.stack.recorder.visit(fileOf(source));
    resolution.stack.recorder.visit(number);
    const { exact } = provenanceIndex;
    this.#edges.add(fileOf(source), rowOf(source), number, rowOf(target), kind, exact, this.#line, this.#column);
    return true;
  }

  /** File to file: through an import of a package, to those of its files that are used; to its first if none is. */
  #imports(): void {
    const { imports } = this.#file.facts;
    this.#symbol = 0;
    for (let row = 0; row * IMPORT_STRIDE < imports.length; row++) {
      this.#line = imports[row * IMPORT_STRIDE + ImportColumn.line]!;
      this.#column = imports[row * IMPORT_STRIDE + ImportColumn.column]!;
      const target = this.#resolution.importTarget(this.#file, row);
      if (!target) continue;
      if (target.kind === 'external') {
        this.#edges.addExternal(
          this.#file.number,
          0,
          `${this.#file.dialect.ecosystem}:${target.name}`,
          edgeKindIndex.imports,
          this.#line,
          this.#column,
        );
        continue;
      }
      for (const number of importedFiles(this.#resolution, this.#usedFiles, target)) {
        if (number === this.#file.number) continue;
        this.#resolution.stack.recorder.visit(number);
        this.#edges.add(
          this.#file.number,
          0,
          number,
          0,
          edgeKindIndex.imports,
          provenanceIndex.exact,
          this.#line,
          this.#column,
        );
      }
    }
  }
}
