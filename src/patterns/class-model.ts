/** Classes as patterns see them: what they extend, hold, make, and hand on to what they hold. */
import type { Snapshot, SymbolRecord } from '#model/snapshot.ts';
import { functionKinds, SymbolFlag, symbolKinds, typeKinds } from '#model/vocabulary.ts';

export interface HandedOn {
  /** The field through which it goes. */
  readonly field: SymbolRecord;
  readonly target: SymbolRecord;
  readonly owner: number;
}

export interface MethodModel {
  readonly symbol: SymbolRecord;
  readonly isAbstract: boolean;
  readonly isStatic: boolean;
  /** Without comments. */
  readonly source: string;
  /** Calls on a field of its own object. */
  readonly handedOn: readonly HandedOn[];
  /** Methods of its own class or bases that it calls. */
  readonly ownCalls: ReadonlySet<number>;
  /** All methods that it calls, in the project. */
  readonly calls: readonly SymbolRecord[];
  /** Classes of the project that it makes; those that it returns at once. */
  readonly made: ReadonlySet<number>;
  readonly returned: ReadonlySet<number>;
  readonly reads: ReadonlySet<number>;
  readonly writes: ReadonlySet<number>;
}

export interface ClassModel {
  readonly symbol: SymbolRecord;
  readonly isAbstract: boolean;
  readonly bases: readonly number[];
  readonly outsideBases: readonly string[];
  readonly methods: readonly MethodModel[];
  readonly constructors: readonly MethodModel[];
  readonly fields: readonly SymbolRecord[];
  /** Classes that a field may hold, by field. */
  readonly holds: ReadonlyMap<number, ReadonlySet<number>>;
  /** Fields whose first value its constructor is given. */
  readonly given: ReadonlySet<number>;
}

export class ClassModels {
  readonly all: readonly ClassModel[];
  readonly #byId: ReadonlyMap<number, ClassModel>;
  readonly #children = new Map<number, number[]>();
  readonly #ancestors = new Map<number, ReadonlySet<number>>();

  constructor(all: readonly ClassModel[]) {
    this.all = all;
    this.#byId = new Map(all.map((each) => [each.symbol.id, each]));
    for (const { symbol, bases } of all)
      for (const base of bases) this.#children.set(base, [...(this.#children.get(base) ?? []), symbol.id]);
  }

  get(id: number): ClassModel | undefined {
    return this.#byId.get(id);
  }

  /** Itself and all that it extends or implements. */
  family(id: number): ReadonlySet<number> {
    let found = this.#ancestors.get(id);
    if (!found) {
      const all = new Set([id]);
      for (const at of all) for (const base of this.#byId.get(at)?.bases ?? []) all.add(base);
      this.#ancestors.set(id, (found = all));
    }
    return found;
  }

  isA(id: number, base: number): boolean {
    return this.family(id).has(base);
  }

  heirs(id: number): readonly ClassModel[] {
    const all = new Set<number>();
    const queue = [id];
    for (const at of queue)
      for (const child of this.#children.get(at) ?? [])
        if (!all.has(child)) {
          all.add(child);
          queue.push(child);
        }
    return [...all].flatMap((each) => this.#byId.get(each) ?? []);
  }

  /** Heirs that something can be made of. */
  concrete(id: number): readonly ClassModel[] {
    return this.heirs(id).filter(({ isAbstract }) => !isAbstract);
  }

  /** Fields of a class and of what it extends, with what they hold. */
  *held(model: ClassModel): Generator<readonly [SymbolRecord, ReadonlySet<number>, ClassModel]> {
    for (const id of this.family(model.symbol.id)) {
      const owner = this.#byId.get(id);
      for (const field of owner?.fields ?? []) {
        const types = owner!.holds.get(field.id);
        if (types) yield [field, types, owner!];
      }
    }
  }

  /** The method of that name in a base: what a method stands in for. */
  overridden(model: ClassModel, name: string): readonly ClassModel[] {
    return [...this.family(model.symbol.id)]
      .filter((id) => id !== model.symbol.id)
      .flatMap((id) => this.#byId.get(id) ?? [])
      .filter(({ methods }) => methods.some(({ symbol }) => symbol.name === name));
  }
}

export function classModels(snapshot: Snapshot, isAsked: (path: string) => boolean): ClassModels {
  const lines = new Map<number, readonly string[]>();
  const linesOf = (file: number): readonly string[] => {
    let found = lines.get(file);
    if (!found) lines.set(file, (found = snapshot.text(file)?.split(/\r\n|\n|\r/) ?? []));
    return found;
  };
  const all: ClassModel[] = [];
  for (const file of snapshot.files()) {
    if (!isAsked(file.path)) continue;
    for (const symbol of snapshot.symbolsOf(file.id))
      if (typeKinds.includes(symbol.kind) && symbol.kind !== 'enum')
        all.push(modelOf(snapshot, symbol, linesOf(file.id)));
  }
  return new ClassModels(all);
}

function modelOf(snapshot: Snapshot, symbol: SymbolRecord, lines: readonly string[]): ClassModel {
  const members = snapshot.members(symbol.id);
  const fields = members.filter(({ kind }) => ['field', 'property', 'constant'].includes(kind));
  const parents = snapshot
    .edgesFrom(symbol.id, ['inherits', 'implements'])
    .filter(({ provenance }) => provenance !== 'candidate');
  const outsideBases = parents.flatMap(({ external }) => external ?? []);
  const functions = members
    .filter(({ kind }) => functionKinds.includes(kind))
    .map((each) => methodOf(snapshot, each, symbol.id, lines));
  const methods = functions.filter((each) => each.symbol.kind !== 'constructor');
  const constructors = functions.filter((each) => each.symbol.kind === 'constructor');
  const holds = new Map<number, Set<number>>();
  const add = (field: number, type: number): void =>
    void (holds.get(field) ?? holds.set(field, new Set()).get(field)!).add(type);
  const given = new Set<number>();
  const bodies = [symbol.id, ...functions.map((each) => each.symbol.id)];
  for (const field of fields)
    for (const id of bodies)
      for (const { kind, target, line } of snapshot.edgesFrom(id, ['types', 'instantiates']))
        // What stands on the field's own line: its declared type, or what it is first made of.
        if (
          target >= 0 &&
          line >= field.startLine &&
          line <= field.endLine &&
          typeKinds.includes(snapshot.symbol(target).kind) &&
          (kind === 'instantiates' || isTypeOf(field, snapshot.symbol(target), lines[line - 1] ?? ''))
        )
          add(field.id, target);
  for (const { symbol: maker } of constructors)
    for (const { target, line } of snapshot.edgesFrom(maker.id, ['writes'])) {
      if (target < 0) continue;
      const value = /=\s*([A-Za-z_]\w*)\s*;?\s*(?:#.*|\/\/.*)?$/.exec(lines[line - 1] ?? '')?.[1];
      const parameter = maker.parameters.find(({ name }) => name === value);
      if (!parameter) continue;
      given.add(target);
      for (const { target: type } of snapshot.edgesFrom(maker.id, ['types']))
        if (type >= 0 && new RegExp(`\\b${snapshot.symbol(type).name}\\b`).test(parameter.type ?? ''))
          add(target, type);
    }
  // TypeScript's parameters that are fields at once.
  for (const { symbol: maker } of constructors)
    for (const field of fields)
      if (
        field.startLine >= maker.startLine &&
        field.endLine <= maker.endLine &&
        maker.parameters.some(({ name }) => name === field.name)
      )
        given.add(field.id);
  for (const { handedOn } of functions) for (const { field, owner } of handedOn) add(field.id, owner);
  return {
    symbol,
    isAbstract:
      symbol.kind === 'interface' ||
      symbol.kind === 'trait' ||
      (symbol.flags & SymbolFlag.abstract) !== 0 ||
      outsideBases.some((name) => /#(?:ABC|Protocol)$/.test(name)) ||
      methods.some(({ isAbstract }) => isAbstract),
    bases: [...new Set(parents.flatMap(({ target }) => (target < 0 ? [] : [target])))],
    outsideBases,
    methods,
    constructors,
    fields,
    holds,
    given,
  };
}

/** On one line several parameters may stand: the type is the field's where its name comes last before it. */
function isTypeOf({ name }: SymbolRecord, type: SymbolRecord, line: string): boolean {
  const at = line.search(new RegExp(`\\b${name}\\b`));
  if (at < 0) return false;
  const after = line.slice(at + name.length);
  return (
    new RegExp(`^[?!]?\\s*:\\s*[^,=)]*\\b${type.name}\\b`).test(after) ||
    new RegExp(`\\b${type.name}\\b[^,;(=]*\\s$`).test(line.slice(0, at))
  );
}

function methodOf(snapshot: Snapshot, symbol: SymbolRecord, owner: number, lines: readonly string[]): MethodModel {
  const source = lines
    .slice(symbol.startLine - 1, symbol.endLine)
    .map((line) => line.replace(/(?:^|\s)(?:#|\/\/).*$/, ''))
    .join('\n');
  const ids = [symbol.id, ...inner(snapshot, symbol)];
  const reads = new Map<string, SymbolRecord>();
  const handedOn: HandedOn[] = [];
  const calls: SymbolRecord[] = [];
  const ownCalls = new Set<number>();
  const made = new Set<number>();
  const returned = new Set<number>();
  const readIds = new Set<number>();
  const writes = new Set<number>();
  const edges = ids
    .flatMap((id) => snapshot.edgesFrom(id))
    .filter(({ target, provenance }) => target >= 0 && provenance !== 'candidate');
  for (const { kind, target, line, column } of edges) {
    const used = snapshot.symbol(target);
    if (kind === 'reads' && used.parent !== undefined && ['field', 'property', 'constant'].includes(used.kind)) {
      readIds.add(target);
      reads.set(`${line}:${column + used.name.length + 1}`, used);
    }
    if (kind === 'writes') writes.add(target);
    if (kind === 'instantiates') {
      made.add(target);
      if (/\breturn\s+(?:new\s+)?[\w.]*$/.test((lines[line - 1] ?? '').slice(0, column - 1))) returned.add(target);
    }
  }
  for (const { kind, target, line, column } of edges) {
    if (kind !== 'calls') continue;
    const callee = snapshot.symbol(target);
    if (callee.parent === undefined || callee.kind !== 'method') continue;
    calls.push(callee);
    const field = reads.get(`${line}:${column}`);
    if (field) handedOn.push({ field, target: callee, owner: callee.parent });
    if (
      /\b(?:self|this|cls)\s*\.\s*$/.test((lines[line - 1] ?? '').slice(0, column - 1)) ||
      (callee.parent === owner && !/\.\s*$/.test((lines[line - 1] ?? '').slice(0, column - 1)))
    )
      ownCalls.add(target);
  }
  return {
    symbol,
    isAbstract:
      (symbol.flags & (SymbolFlag.abstract | SymbolFlag.declaration)) !== 0 ||
      symbol.decorators.some((name) => name.endsWith('abstractmethod')) ||
      /^[^\n]*(?:\n\s*(?:"""|''')[\s\S]*?(?:"""|'''))?\s*raise NotImplementedError\b[^\n]*$/.test(source.trim()),
    isStatic: (symbol.flags & (SymbolFlag.static | SymbolFlag.classmethod)) !== 0,
    source,
    handedOn,
    ownCalls,
    calls,
    made,
    returned,
    reads: readIds,
    writes,
  };
}

/** Functions inside of it; a symbol's number is lower than those of what it holds. */
function inner(snapshot: Snapshot, { id, file }: SymbolRecord): number[] {
  const { parent, file: fileOf, kind } = snapshot.symbolTable();
  const held = new Set([id]);
  const found: number[] = [];
  for (let at = id + 1; at < parent.length && fileOf[at] === file; at++) {
    if (!held.has(parent[at]!)) continue;
    held.add(at);
    if (functionKinds.includes(symbolKinds[kind[at]!]!)) found.push(at);
  }
  return found;
}
