/** Reads the edges of each file off a solved system. */
import {
  EXPORT_STRIDE,
  ExportColumn,
  REFERENCE_STRIDE,
  ReferenceColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
} from '#model/facts.ts';
import { FLOW_STRIDE, FlowFunctionFlag, FlowOp } from '#model/flow.ts';
import { referenceRoles } from '#model/vocabulary.ts';
import { EdgeBuffer, edgeKindIndex, provenanceIndex } from '../edge-buffer.ts';
import type { DeepEdges } from '../file-edges.ts';
import { hasTooMany } from './call-site.ts';
import type { CallSite } from './call-sites.ts';
import { firstMadeClass, ObjectKind } from './objects.ts';
import { PairMap } from './pair-map.ts';
import type { Program } from './program.ts';
import { concrete } from './settle.ts';
import type { FlowSystem } from './system.ts';

/** An attribute that is read from more objects than this says nothing. */
const MOST_OWNERS = 40;

const roleOf = (role: (typeof referenceRoles)[number]): number => referenceRoles.indexOf(role);
const callRole = roleOf('call');
const instantiateRole = roleOf('instantiate');
const readRole = roleOf('read');
const writeRole = roleOf('write');

export class FlowEdges {
  readonly #system: FlowSystem;
  readonly #buffers = new Map<Program, { buffer: EdgeBuffer; answered: Uint8Array }>();
  /** Functions that operators of a function call. */
  readonly #operators = new PairMap();

  constructor(system: FlowSystem) {
    this.#system = system;
  }

  /** The edges of one program, after `addCalls`. */
  finish(program: Program): DeepEdges {
    const { buffer, answered } = this.#open(program);
    this.#addHierarchy(program, buffer);
    this.#addUses(program, buffer);
    const { edges, externals } = buffer.finish();
    return { answered, edges, externals };
  }

  addCalls(): void {
    const operators: CallSite[] = [];
    for (const site of this.#system.callSites) {
      if (isOperator(site)) operators.push(site);
      else this.#addCall(site);
    }
    operators.sort((a, b) => a.row - b.row);
    for (const site of operators) this.#addCall(site);
  }

  #open(program: Program): { buffer: EdgeBuffer; answered: Uint8Array } {
    let opened = this.#buffers.get(program);
    if (!opened) {
      opened = {
        buffer: new EdgeBuffer(),
        answered: new Uint8Array(program.facts.references.length / REFERENCE_STRIDE),
      };
      this.#buffers.set(program, opened);
    }
    return opened;
  }

  #addCall(site: CallSite): void {
    if (site.isOpen) return;
    const { program, line, column } = site;
    if (hasTooMany(site) || line < 0) return;
    const { buffer, answered } = this.#open(program);
    const caller = program.functions[site.caller]!.symbol;
    const asOperator = isOperator(site);
    const provenance = this.#isSingle(site) ? provenanceIndex.exact : provenanceIndex.inferred;
    for (const callee of site.callees) {
      // Operators are everywhere: one edge, at the first place, says that the function uses it.
      if (asOperator && !this.#operators.add(site.caller, callee)) continue;
      const target = this.#system.programOf(callee);
      const isClass = this.#system.objects.kind[callee] === ObjectKind.class;
      const symbol = isClass ? this.#system.classOf(callee)!.symbol : this.#system.functionOf(callee).symbol;
      const kind = isClass ? edgeKindIndex.instantiates : edgeKindIndex.calls;
      buffer.add(program.number, caller, target.number, symbol, kind, provenance, line, column);
    }
    if (!site.derived && line > 0) {
      for (const name of site.externals)
        buffer.addExternal(program.number, caller, this.#system.names.text(name), edgeKindIndex.calls, line, column);
    }
    if (site.reference < 0) return;
    const role = program.facts.references[site.reference * REFERENCE_STRIDE + ReferenceColumn.role];
    if (role === callRole || role === instantiateRole) answered[site.reference] = 1;
  }

  /** Whether the call is `self.m()` and no object that `self` can be has another `m`. */
  #isSingle(site: CallSite): boolean {
    const system = this.#system;
    const { objects, solver, dialect } = system;
    const { program } = site;
    const { flow } = program.facts;
    if (site.derived || site.calleeCount !== 1 || site.externals.length > 0 || !dialect.single) return false;
    if ((flow[site.row * FLOW_STRIDE]! & 0xff) !== FlowOp.call) return false;
    const load = program.definition(flow[site.row * FLOW_STRIDE + 2]!) * FLOW_STRIDE;
    if (load < 0 || (flow[load]! & 0xff) !== FlowOp.load) return false;
    const base = program.slot(flow[load + 2]!);
    if (solver.size(base) !== 1) return false;
    const self = solver.at(base, 0);
    if (objects.kind[self] !== ObjectKind.parameter || objects.b[self] !== 0) return false;
    if (objects.a[objects.a[self]!] !== program.number) return false;
    const fn = system.functionOf(objects.a[self]!);
    if (fn.class < 0 || (fn.flags & FlowFunctionFlag.static) !== 0) return false;
    const owner = system.classObject(program, fn.class);
    return dialect.single(system, owner, program.name(flow[load + 3]!)) === site.callees[0];
  }

  /** Bases and overridden methods. */
  #addHierarchy(program: Program, buffer: EdgeBuffer): void {
    const system = this.#system;
    const { objects, dialect } = system;
    const { symbols, strings } = program.facts;
    for (const value of program.classes) {
      const object = system.classObject(program, value.row);
      const at = value.symbol * SYMBOL_STRIDE;
      for (const base of dialect.bases(object)) {
        if (objects.kind[base] === ObjectKind.class) {
          if (objects.b[base]! >= firstMadeClass) continue;
          buffer.add(
            program.number,
            value.symbol,
            objects.a[base]!,
            this.#classSymbol(base),
            edgeKindIndex.inherits,
            provenanceIndex.exact,
            symbols[at + SymbolColumn.nameLine]!,
            symbols[at + SymbolColumn.nameColumn]!,
          );
        } else if (objects.kind[base] === ObjectKind.external) {
          buffer.addExternal(
            program.number,
            value.symbol,
            system.names.text(objects.a[base]!),
            edgeKindIndex.inherits,
            symbols[at + SymbolColumn.nameLine]!,
            symbols[at + SymbolColumn.nameColumn]!,
          );
        }
      }
      const ancestors = dialect
        .order(object)
        .slice(1)
        .filter((ancestor) => objects.kind[ancestor] === ObjectKind.class && objects.b[ancestor]! < firstMadeClass);
      if (ancestors.length === 0) continue;
      for (const symbol of this.#membersOf(object).values()) {
        const name = strings[symbols[symbol * SYMBOL_STRIDE + SymbolColumn.name]!]!;
        const ancestor = ancestors.find((candidate) => this.#membersOf(candidate).has(name));
        if (ancestor === undefined) continue;
        const target = this.#membersOf(ancestor).get(name)!;
        const targetFacts = system.programOf(ancestor).facts;
        if (!isMethod(program.facts.symbols, symbol) || !isMethod(targetFacts.symbols, target)) continue;
        buffer.add(
          program.number,
          symbol,
          objects.a[ancestor]!,
          target,
          edgeKindIndex.overrides,
          provenanceIndex.exact,
          symbols[symbol * SYMBOL_STRIDE + SymbolColumn.nameLine]!,
          symbols[symbol * SYMBOL_STRIDE + SymbolColumn.nameColumn]!,
        );
      }
    }
  }

  /** Attributes that are read or written, where the owner is known. */
  #addUses(program: Program, buffer: EdgeBuffer): void {
    const { flow, references, strings } = program.facts;
    for (let at = 0; at < flow.length; at += FLOW_STRIDE) {
      const op = flow[at]! & 0xff;
      if (op !== FlowOp.load && op !== FlowOp.store) continue;
      const reference = flow[at + 4]!;
      if (reference < 0) continue;
      const place = reference * REFERENCE_STRIDE;
      const role = references[place + ReferenceColumn.role];
      if (role !== readRole && role !== writeRole) continue;
      const base = program.slot(op === FlowOp.load ? flow[at + 2]! : flow[at + 1]!);
      const name = strings[flow[at + (op === FlowOp.load ? 3 : 2)]!]!;
      const kind = role === readRole ? edgeKindIndex.reads : edgeKindIndex.writes;
      for (const object of concrete(this.#system, base).slice(0, MOST_OWNERS)) {
        const owner = this.#attribute(object, name);
        if (!owner) continue;
        buffer.add(
          program.number,
          references[place + ReferenceColumn.symbol]!,
          owner.file,
          owner.symbol,
          kind,
          provenanceIndex.inferred,
          references[place + ReferenceColumn.line]!,
          references[place + ReferenceColumn.column]!,
        );
      }
    }
  }

  /** The symbol that declares an object's attribute. */
  #attribute(object: number, name: string): { readonly file: number; readonly symbol: number } | undefined {
    const { objects, dialect } = this.#system;
    const kind = objects.kind[object];
    if (kind === ObjectKind.module) {
      const program = this.#system.moduleProgram(objects.a[object]!);
      const symbol = program && exportedSymbol(program, name);
      return symbol === undefined || symbol < 0 ? undefined : { file: objects.a[object]!, symbol };
    }
    const classObject = kind === ObjectKind.instance ? objects.a[object]! : kind === ObjectKind.class ? object : -1;
    if (classObject < 0 || objects.kind[classObject] !== ObjectKind.class) return undefined;
    for (const ancestor of dialect.order(classObject)) {
      if (objects.kind[ancestor] !== ObjectKind.class || objects.b[ancestor]! >= firstMadeClass) continue;
      const symbol = this.#membersOf(ancestor).get(name);
      if (symbol !== undefined) return { file: objects.a[ancestor]!, symbol };
    }
    return undefined;
  }

  #classSymbol(classObject: number): number {
    return this.#system.classOf(classObject)!.symbol;
  }

  /** Symbols declared directly in the class, by name. */
  #membersOf(classObject: number): ReadonlyMap<string, number> {
    return this.#system.programOf(classObject).membersOf(this.#classSymbol(classObject));
  }
}

function isOperator({ program, row }: CallSite): boolean {
  return (program.facts.flow[row * FLOW_STRIDE]! & 0xff) === FlowOp.protocol;
}

function isMethod(symbols: Int32Array, row: number): boolean {
  return symbols[row * SYMBOL_STRIDE + SymbolColumn.parameterCount]! > 0;
}

function exportedSymbol(program: Program, name: string): number {
  const { exports, strings } = program.facts;
  for (let at = 0; at < exports.length; at += EXPORT_STRIDE) {
    if (strings[exports[at + ExportColumn.name]!] === name) return exports[at + ExportColumn.symbol]!;
  }
  return -1;
}
