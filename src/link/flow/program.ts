import {
  EXPORT_STRIDE,
  ExportColumn,
  IMPORT_STRIDE,
  ImportColumn,
  SYMBOL_STRIDE,
  SymbolColumn,
  type FileFacts,
} from '#model/facts.ts';
import { FLOW_STRIDE, FlowFunctionFlag, FlowOp, MemberFlag, NEXT_PLACE, StoreFlag } from '#model/flow.ts';
import { importKinds } from '#model/vocabulary.ts';
import type { FileEntry } from '../file-entry.ts';
import { languageFamily } from '../language-family.ts';
import { Factories } from './factories.ts';
import { Growing } from './growing.ts';
import { type NameTable, ObjectKind, type ObjectTable } from './objects.ts';
import { FILL } from './templates.ts';
import { decodeClasses, decodeFunctions, type FlowClass, type FlowFunction } from './program-rows.ts';

/** What copies of functions add to a program. Rows and slots are numbered behind all others. */
export interface AppendedCopies {
  readonly functions: readonly FlowFunction[];
  readonly functionObjects: readonly number[];
  readonly classes: readonly FlowClass[];
  readonly classObjects: readonly number[];
  readonly flow: readonly number[];
  readonly lists: readonly number[];
  /** Rows of the functions that were copied, in order. */
  readonly originals: readonly number[];
}

const star = importKinds.indexOf('star');
const reExportStar = importKinds.indexOf('re-export-star');

/** Operations whose first operand is no destination. */
const givesNothing: ReadonlySet<number> = new Set([
  FlowOp.store,
  FlowOp.storeElement,
  FlowOp.export,
  FlowOp.member,
  FlowOp.storeGlobal,
]);

/** Whether a place of allocation is a literal of the text and not something that a call makes. */
export function isLiteral(place: number): boolean {
  return place >= 0 && place < 1 << 29 && (place & 31) === FlowOp.object;
}

/** Before the names of private members. */
export const PRIVATE = 'private ';
/** What extractors of ECMAScript tell link under names of its own. */
const ownNames: ReadonlySet<string> = new Set(['#return', '#sent', '#copyGetters', NEXT_PLACE]);

/** The flow program of one file, decoded once and kept with the file. All slots are the file's own. */
export class Program {
  readonly entry: FileEntry;
  readonly number: number;
  /** Those of the text; `functions` holds copies behind them. */
  readonly declaredFunctions: readonly FlowFunction[];
  readonly classes: readonly FlowClass[];
  /** Slots that feed each outward name. */
  readonly exports = new Map<number, number[]>();
  /** Outward names, whether or not flow knows a value. */
  readonly exportNames = new Set<number>();
  /** Import rows of `from m import *` and `export * from m`. */
  readonly stars: readonly number[];
  readonly #names: Int32Array;
  readonly #hasPrivateNames: boolean;
  readonly #table: NameTable;
  /** First slot in the system that holds this program now; −1 when none does. */
  base = -1;
  /** By row: the objects that functions and classes are, with those of copies. */
  readonly functionObjects: number[] = [];
  readonly classObjects: number[] = [];
  #facts: FileFacts;
  #functions: FlowFunction[];
  #classes: FlowClass[];
  #flow: Growing;
  #flowLists: Growing;
  #factories: Factories | undefined;
  readonly #members = new Map<number, ReadonlyMap<string, number>>();
  #places: number[] | undefined;
  #definitions: Int32Array | undefined;
  #copyDefinitions: ReadonlyMap<number, number> | undefined;
  #loadedNames: ReadonlySet<number> | undefined;
  #fields: ReadonlyMap<number, readonly number[]> | undefined;
  #certain: ReadonlyMap<number, ReadonlySet<number>> | undefined;

  constructor(entry: FileEntry, table: NameTable, objects: ObjectTable) {
    this.entry = entry;
    this.#facts = entry.facts;
    this.#flow = new Growing(entry.facts.flow);
    this.#flowLists = new Growing(entry.facts.flowLists);
    this.number = entry.number;
    this.#table = table;
    this.#names = new Int32Array(entry.facts.strings.length).fill(-1);
    this.#hasPrivateNames = languageFamily(entry.facts.language) === 'ecmascript';
    const { flow, exports, imports } = entry.facts;
    const functions = decodeFunctions(entry.facts, (string) => this.name(string));
    this.declaredFunctions = functions;
    this.#functions = functions;
    const classes = decodeClasses(entry.facts);
    this.classes = classes;
    this.#classes = classes;
    for (let at = 0; at < flow.length; at += FLOW_STRIDE) {
      if ((flow[at]! & 0xff) !== FlowOp.export) continue;
      const name = this.name(flow[at + 1]!);
      const slots = this.exports.get(name);
      if (slots) slots.push(flow[at + 2]!);
      else this.exports.set(name, [flow[at + 2]!]);
      this.exportNames.add(name);
    }
    for (let at = 0; at < exports.length; at += EXPORT_STRIDE)
      this.exportNames.add(this.name(exports[at + ExportColumn.name]!));
    const stars: number[] = [];
    for (let row = 0; row * IMPORT_STRIDE < imports.length; row++) {
      const kind = imports[row * IMPORT_STRIDE + ImportColumn.kind];
      if (kind === star || kind === reExportStar) stars.push(row);
    }
    this.stars = stars;
    this.#nameObjects(objects);
  }

  /** Of the file, and rows of flow of copies behind those. */
  get facts(): FileFacts {
    return this.#facts;
  }

  get functions(): readonly FlowFunction[] {
    return this.#functions;
  }

  /** The class in a row, copies included. */
  classAt(row: number): FlowClass | undefined {
    return this.#classes[row];
  }

  get factories(): Factories {
    return (this.#factories ??= new Factories(this));
  }

  /** Adds copies of functions, in rows behind all others. */
  append(copies: AppendedCopies): void {
    this.#copyDefinitions = undefined;
    const places = (this.#places ??= this.#countPlaces());
    const added: number[] = [];
    for (const row of copies.originals) {
      const { firstOperation, operationCount } = this.functions[row]!;
      for (let each = firstOperation; each < firstOperation + operationCount; each++) added.push(places[each]!);
    }
    for (const place of added) places.push(place);
    if (this.#functions === this.declaredFunctions) this.#functions = [...this.#functions];
    if (this.#classes === this.classes) this.#classes = [...this.#classes];
    this.#functions.push(...copies.functions);
    this.#classes.push(...copies.classes);
    this.functionObjects.push(...copies.functionObjects);
    this.classObjects.push(...copies.classObjects);
    this.#facts = {
      ...this.#facts,
      flow: this.#flow.append(copies.flow),
      flowLists: this.#flowLists.append(copies.lists),
    };
  }

  /** Forgets all copies: they hold slots of the system that they were made in. */
  dropCopies(): void {
    if (this.#facts === this.entry.facts) return;
    this.#copyDefinitions = undefined;
    this.#facts = this.entry.facts;
    this.#functions = this.declaredFunctions as FlowFunction[];
    this.#classes = this.classes as FlowClass[];
    this.functionObjects.length = this.declaredFunctions.length;
    this.classObjects.length = this.classes.length;
    this.#flow = new Growing(this.entry.facts.flow);
    this.#flowLists = new Growing(this.entry.facts.flowLists);
    if (this.#places) this.#places.length = this.entry.facts.flow.length / FLOW_STRIDE;
  }

  /**
   * Functions and classes are known by their own and their owners' names and a number among namesakes: what is added beside
   * them changes nothing.
   */
  #nameObjects(objects: ObjectTable): void {
    const { symbols, strings } = this.facts;
    const taken = new Map<string, number>();
    const names: string[] = [];
    const nameOf = (mark: string, owner: number, symbol: number): string => {
      const own = symbols[symbol * SYMBOL_STRIDE + SymbolColumn.name] ?? -1;
      const name = `${owner < 0 ? '' : names[owner]}${mark}${own < 0 ? '' : strings[own]}`;
      const count = taken.get(name) ?? 0;
      taken.set(name, count + 1);
      return count === 0 ? name : `${name}#${count}`;
    };
    // Owners stand before what they own.
    for (const { row, owner, class: holder, symbol } of this.declaredFunctions) {
      const inside = holder < 0 ? '' : `${this.#classMark(holder)}`;
      names[row] = row === 0 ? '' : nameOf(`${inside}/`, owner, symbol);
      const object = objects.intern(ObjectKind.function, this.number, this.#table.id(`ƒ${names[row]}`));
      objects.setRow(object, row);
      this.functionObjects[row] = object;
    }
    for (const { row, owner, symbol } of this.classes) {
      const object = objects.intern(ObjectKind.class, this.number, this.#table.id(`©${nameOf('|', owner, symbol)}`));
      objects.setRow(object, row);
      this.classObjects[row] = object;
    }
  }

  #classMark(row: number): string {
    const name = this.facts.symbols[this.classes[row]!.symbol * SYMBOL_STRIDE + SymbolColumn.name]!;
    return name < 0 ? '.' : `.${this.facts.strings[name]}`;
  }

  /** Its functions and classes are no more. */
  retire(objects: ObjectTable): void {
    this.dropCopies();
    for (const object of this.functionObjects) objects.setRow(object, -1);
    for (const object of this.classObjects) objects.setRow(object, -1);
  }

  /** The linker's number for a text of this file; −1 for none. */
  name(string: number): number {
    if (string < 0) return -1;
    let id = this.#names[string]!;
    if (id < 0) this.#names[string] = id = this.#table.id(this.#textOf(this.facts.strings[string]!));
    return id;
  }

  /** Link's own names begin as private members of classes do: those are written apart. */
  #textOf(text: string): string {
    const isPrivate = text.startsWith('#') && !ownNames.has(text) && !text.startsWith(FILL);
    return isPrivate && this.#hasPrivateNames ? `${PRIVATE}${text}` : text;
  }

  slot(slot: number): number {
    return slot < 0 ? -1 : this.base + slot;
  }

  /** The row that alone gives a slot its value; −1 where none or several do. */
  definition(slot: number): number {
    if (slot < 0) return -1;
    const definitions = (this.#definitions ??= this.#findDefinitions());
    if (slot < definitions.length) return definitions[slot]!;
    return (this.#copyDefinitions ??= this.#findCopyDefinitions()).get(slot) ?? -1;
  }

  #findDefinitions(): Int32Array {
    const { flow, flowSlots } = this.entry.facts;
    const definitions = new Int32Array(flowSlots).fill(-1);
    const isTaken = new Uint8Array(flowSlots);
    for (let at = 0; at < flow.length; at += FLOW_STRIDE) {
      const slot = flow[at + 1]!;
      if (givesNothing.has(flow[at]! & 0xff) || slot < 0) continue;
      definitions[slot] = isTaken[slot] ? -1 : at / FLOW_STRIDE;
      isTaken[slot] = 1;
    }
    return definitions;
  }

  #findCopyDefinitions(): ReadonlyMap<number, number> {
    const { flow } = this.facts;
    const definitions = new Map<number, number>();
    for (let at = this.entry.facts.flow.length; at < flow.length; at += FLOW_STRIDE) {
      const slot = flow[at + 1]!;
      if (givesNothing.has(flow[at]! & 0xff) || slot < 0) continue;
      definitions.set(slot, definitions.has(slot) ? -1 : at / FLOW_STRIDE);
    }
    return definitions;
  }

  /** Identity of a row within its function: its place among the rows of the same operation there. */
  place(row: number): number {
    return (this.#places ??= this.#countPlaces())[row]!;
  }

  #countPlaces(): number[] {
    const { flow } = this.facts;
    const places: number[] = Array.from({ length: flow.length / FLOW_STRIDE }, () => 0);
    const counts = new Int32Array(32);
    for (const fn of this.functions) {
      counts.fill(0);
      for (let row = fn.firstOperation; row < fn.firstOperation + fn.operationCount; row++) {
        const op = flow[row * FLOW_STRIDE]! & 31;
        places[row] = counts[op]!++ * 32 + op;
      }
    }
    return places;
  }

  /** Attributes that the file reads by their names. */
  get loadedNames(): ReadonlySet<number> {
    return (this.#loadedNames ??= this.#findLoadedNames());
  }

  #findLoadedNames(): ReadonlySet<number> {
    const { flow } = this.facts;
    const names = new Set<number>();
    for (let at = 0; at < flow.length; at += FLOW_STRIDE)
      if ((flow[at]! & 0xff) === FlowOp.load) names.add(this.name(flow[at + 3]!));
    return names;
  }

  /** Annotated fields of a class in order: what a generated constructor takes. */
  fieldsOf(classRow: number): readonly number[] {
    return (this.#fields ??= this.#findFields()).get(classRow) ?? NONE;
  }

  #findFields(): Map<number, number[]> {
    const { flow } = this.facts;
    const fields = new Map<number, number[]>();
    for (let at = 0; at < flow.length; at += FLOW_STRIDE) {
      if ((flow[at]! & 0xff) !== FlowOp.member || (flow[at + 4]! & MemberFlag.field) === 0) continue;
      const known = fields.get(flow[at + 1]!);
      const name = this.name(flow[at + 2]!);
      if (!known) fields.set(flow[at + 1]!, [name]);
      else if (!known.includes(name)) known.push(name);
    }
    return fields;
  }

  /** Whether a class leaves methods of its own to those that inherit from it. */
  isAbstract(classRow: number): boolean {
    return this.declaredFunctions.some((fn) => fn.class === classRow && (fn.flags & FlowFunctionFlag.abstract) !== 0);
  }

  /** Attributes that a class's `__init__` gives every instance, whatever way it takes. */
  certainOf(classRow: number): ReadonlySet<number> | undefined {
    return (this.#certain ??= this.#findCertain()).get(classRow);
  }

  #findCertain(): Map<number, ReadonlySet<number>> {
    const { symbols, strings, flow } = this.facts;
    const certain = new Map<number, ReadonlySet<number>>();
    for (const fn of this.functions) {
      if (fn.class < 0 || strings[symbols[fn.symbol * SYMBOL_STRIDE + SymbolColumn.name]!] !== '__init__') continue;
      const names = new Set<number>();
      for (let row = fn.firstOperation; row < fn.firstOperation + fn.operationCount; row++) {
        const at = row * FLOW_STRIDE;
        if ((flow[at]! & 0xff) === FlowOp.store && ((flow[at]! >> 8) & StoreFlag.certain) !== 0)
          names.add(this.name(flow[at + 2]!));
      }
      if (names.size > 0) certain.set(fn.class, names);
    }
    return certain;
  }

  /** Symbols declared directly in a class, by name. */
  membersOf(symbol: number): ReadonlyMap<string, number> {
    let members = this.#members.get(symbol);
    if (!members) {
      const { symbols, strings } = this.facts;
      const found = new Map<string, number>();
      for (let row = symbol + 1; row * SYMBOL_STRIDE < symbols.length; row++) {
        const at = row * SYMBOL_STRIDE;
        if (symbols[at + SymbolColumn.parent] !== symbol) {
          if (symbols[at + SymbolColumn.parent]! < symbol) break;
          continue;
        }
        const name = symbols[at + SymbolColumn.name]!;
        if (name >= 0 && !found.has(strings[name]!)) found.set(strings[name]!, row);
      }
      this.#members.set(symbol, (members = found));
    }
    return members;
  }

  /** The function whose operations hold the row. */
  functionOfRow(row: number): FlowFunction {
    let low = 0;
    let high = this.functions.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.functions[middle]!.firstOperation <= row) low = middle;
      else high = middle - 1;
    }
    // Empty functions share their first row with the next one.
    while (low > 0 && this.functions[low]!.operationCount === 0 && row < this.functions[low]!.firstOperation + 1) low--;
    return this.functions[low]!;
  }
}

const NONE: readonly number[] = [];
