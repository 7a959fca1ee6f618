/** The functions and classes of a flow program, out of its tables. */
import type { FileFacts } from '#model/facts.ts';
import { FLOW_CLASS_STRIDE, FLOW_FUNCTION_STRIDE, FlowClassColumn, FlowFunctionColumn } from '#model/flow.ts';
import { parameterKinds } from '#model/vocabulary.ts';

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
  /** Parameter indices that take positions, in order. */
  readonly positions: readonly number[];
  readonly hasVariadic: boolean;
  readonly hasKeywordVariadic: boolean;
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

const variadicKind = parameterKinds.indexOf('variadic');
const keywordVariadicKind = parameterKinds.indexOf('keyword-variadic');
const keywordOnlyKind = parameterKinds.indexOf('keyword-only');

function positionsOf(parameters: readonly FlowParameter[]): readonly number[] {
  const named = [variadicKind, keywordVariadicKind, keywordOnlyKind];
  return [...parameters.keys()].filter((index) => !named.includes(parameters[index]!.kind));
}

/** `name`: the linker's number for a text of the file. */
export function decodeFunctions(
  { flowFunctions, flowLists }: FileFacts,
  name: (string: number) => number,
): FlowFunction[] {
  const functions: FlowFunction[] = [];
  for (let row = 0, at = 0; at < flowFunctions.length; row++, at += FLOW_FUNCTION_STRIDE) {
    const parameters: FlowParameter[] = [];
    const list = flowFunctions[at + FlowFunctionColumn.parameters]!;
    const count = list < 0 ? 0 : (flowLists[list] ?? 0);
    for (let i = 0, p = list + 1; i < count; i++, p += 4) {
      parameters.push({
        kind: flowLists[p]!,
        slot: flowLists[p + 1]!,
        name: name(flowLists[p + 2]!),
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
      positions: positionsOf(parameters),
      hasVariadic: parameters.some(({ kind }) => kind === variadicKind),
      hasKeywordVariadic: parameters.some(({ kind }) => kind === keywordVariadicKind),
      firstOperation: flowFunctions[at + FlowFunctionColumn.firstOperation]!,
      operationCount: flowFunctions[at + FlowFunctionColumn.operationCount]!,
    });
  }
  return functions;
}

export function decodeClasses({ flowClasses, flowLists }: FileFacts): FlowClass[] {
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
  return classes;
}
