import { EXPORT_STRIDE, ExportColumn, IMPORT_STRIDE, ImportColumn, type FileFacts } from '#model/facts.ts';
import {
  FLOW_CLASS_STRIDE,
  FLOW_FUNCTION_STRIDE,
  FLOW_STRIDE,
  FlowClassColumn,
  FlowFunctionColumn,
  FlowOp,
} from '#model/flow.ts';
import { importKinds } from '#model/vocabulary.ts';
import type { FileEntry } from '../file-entry.ts';
import { numberInterface, type InterfaceNumbers } from '#model/interface-numbers.ts';
import type { NameTable } from './objects.ts';

export interface FlowParameter {
  /** index into parameterKinds */
  readonly kind: number;
  readonly slot: number;
  readonly name: number; // NameTable
  readonly default: number; // slot, −1
}

export interface FlowFunction {
  readonly row: number;
  readonly symbol: number;
  readonly owner: number;
  readonly class: number;
  readonly flags: number;
  readonly receiver: number;
  readonly returns: number;
  readonly yields: number;
  readonly arguments: number;
  readonly parameters: readonly FlowParameter[];
  readonly firstOperation: number;
  readonly operationCount: number;
}

export interface FlowClass {
  readonly row: number;
  readonly symbol: number;
  readonly slot: number;
  readonly bases: readonly number[];
  readonly metaclass: number;
  readonly owner: number;
}

const star = importKinds.indexOf('star');
const reExportStar = importKinds.indexOf('re-export-star');

/** Rows outside the interface slice have places from here on. */
const OUTSIDE_INTERFACE = 1 << 24;

/** The flow program of one file, decoded once and kept with the file. All slots are the file's own. */
export class Program {
  readonly entry: FileEntry;
  readonly facts: FileFacts;
  readonly number: number;
  readonly functions: readonly FlowFunction[];
  readonly classes: readonly FlowClass[];
  /** Slots that feed each outward name. */
  readonly exports = new Map<number, number[]>();
  /** Outward names, whether or not flow knows a value. */
  readonly exportNames = new Set<number>();
  /** Import rows of `from m import *` and `export * from m`. */
  readonly stars: readonly number[];
  readonly #names: Int32Array;
  readonly #table: NameTable;
  /** First slot in the system that holds this program now; −1 when none does. */
  base = -1;
  /** First slot in the system of all interfaces. */
  interfaceBase = -1;
  /** The program of this file that the system of all interfaces was solved with: this one, or one with an equal interface. */
  solved: Program | undefined;
  #interfaceNumbers: InterfaceNumbers | undefined;

  constructor(entry: FileEntry, table: NameTable) {
    this.entry = entry;
    this.facts = entry.facts;
    this.number = entry.number;
    this.#table = table;
    this.#names = new Int32Array(entry.facts.strings.length).fill(-1);
    const { flowFunctions, flowClasses, flowLists, flow, exports, imports } = entry.facts;
    const functions: FlowFunction[] = [];
    for (let row = 0, at = 0; at < flowFunctions.length; row++, at += FLOW_FUNCTION_STRIDE) {
      const parameters: FlowParameter[] = [];
      const list = flowFunctions[at + FlowFunctionColumn.parameters]!;
      const count = list < 0 ? 0 : (flowLists[list] ?? 0);
      for (let i = 0, p = list + 1; i < count; i++, p += 4) {
        parameters.push({
          kind: flowLists[p]!,
          slot: flowLists[p + 1]!,
          name: this.name(flowLists[p + 2]!),
          default: flowLists[p + 3]!,
        });
      }
      functions.push({
        row,
        symbol: flowFunctions[at + FlowFunctionColumn.symbol]!,
        owner: flowFunctions[at + FlowFunctionColumn.owner]!,
        class: flowFunctions[at + FlowFunctionColumn.class]!,
        flags: flowFunctions[at + FlowFunctionColumn.flags]!,
        receiver: flowFunctions[at + FlowFunctionColumn.receiver]!,
        returns: flowFunctions[at + FlowFunctionColumn.returns]!,
        yields: flowFunctions[at + FlowFunctionColumn.yields]!,
        arguments: flowFunctions[at + FlowFunctionColumn.arguments]!,
        parameters,
        firstOperation: flowFunctions[at + FlowFunctionColumn.firstOperation]!,
        operationCount: flowFunctions[at + FlowFunctionColumn.operationCount]!,
      });
    }
    this.functions = functions;
    const classes: FlowClass[] = [];
    for (let row = 0, at = 0; at < flowClasses.length; row++, at += FLOW_CLASS_STRIDE) {
      const list = flowClasses[at + FlowClassColumn.bases]!;
      classes.push({
        row,
        symbol: flowClasses[at + FlowClassColumn.symbol]!,
        slot: flowClasses[at + FlowClassColumn.slot]!,
        bases: list < 0 ? [] : [...flowLists.subarray(list + 1, list + 1 + flowLists[list]!)],
        metaclass: flowClasses[at + FlowClassColumn.metaclass]!,
        owner: flowClasses[at + FlowClassColumn.owner]!,
      });
    }
    this.classes = classes;
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
  }

  /** The linker's number for a text of this file; −1 for none. */
  name(string: number): number {
    if (string < 0) return -1;
    let id = this.#names[string]!;
    if (id < 0) this.#names[string] = id = this.#table.id(this.facts.strings[string]!);
    return id;
  }

  slot(slot: number): number {
    return slot < 0 ? -1 : this.base + slot;
  }

  /** The slot of the system of all interfaces that stands for one of this program's, −1 if it is none of the interface. */
  interfaceSlot(slot: number): number {
    const { solved } = this;
    if (!solved || solved.interfaceBase < 0) return -1;
    if (solved === this) return solved.interfaceBase + slot;
    const number = this.#interface().numbers[slot]!;
    return number < 0 ? -1 : solved.interfaceBase + solved.#interface().slots[number]!;
  }

  /** Identity of a row that holds when the bodies around it change: its place in the interface slice, or its own number. */
  place(row: number): number {
    const ordinal = this.#interface().ordinals[row]!;
    return ordinal >= 0 ? ordinal : OUTSIDE_INTERFACE + row;
  }

  #interface(): InterfaceNumbers {
    return (this.#interfaceNumbers ??= numberInterface(this.facts));
  }

  /** Names of attributes that the file's code stores. */
  storedNames(): ReadonlySet<number> {
    const names = new Set<number>();
    const { flow } = this.facts;
    for (let at = 0; at < flow.length; at += FLOW_STRIDE)
      if ((flow[at]! & 0xff) === FlowOp.store) names.add(this.name(flow[at + 2]!));
    return names;
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
