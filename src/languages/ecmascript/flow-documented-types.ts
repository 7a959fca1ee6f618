/** Types from JSDoc: names of classes, alone or in unions, lists and promises. */
import { ContainerKind, FlowOp } from '#model/flow.ts';
import type { FlowPass } from './flow-pass.ts';
import { lookup, lookupType } from './scope.ts';

/** Copies what the documentation says of the parameter (or `return`) into the slot. */
export function documentedType(pass: FlowPass, symbol: number, name: string, slot: number): void {
  const documentation = pass.unit.documented.get(symbol);
  if (!documentation) return;
  const written = name === 'return' ? documentation.returns : documentation.parameters.get(name);
  if (written !== undefined) pass.writer.copy(slot, typedText(pass, written, 0));
}

export function typedText(pass: FlowPass, text: string, depth: number): number {
  const { writer } = pass;
  const type = text
    .trim()
    .replace(/^[?!]|[=?!]$/g, '')
    .trim();
  if (depth > 4 || type.length > 200) return -1;
  const union = /^\((.*)\)$/.exec(type)?.[1] ?? type;
  if (union.includes('|') && !union.includes('<'))
    return union.split('|').reduce((slot, part) => writer.union(slot, typedText(pass, part, depth + 1)), -1);
  const list = /^(.*)\[\]$/.exec(type)?.[1] ?? /^Array\.?<(.*)>$/.exec(type)?.[1];
  const promise = /^Promise\.?<(.*)>$/.exec(type)?.[1];
  const inner = list ?? promise;
  if (inner !== undefined) {
    const item = typedText(pass, inner, depth + 1);
    if (item < 0) return -1;
    if (list === undefined) return writer.builtin('Promise', 'resolve', [item]);
    const made = writer.object(ContainerKind.list);
    writer.emit(FlowOp.storeElement, made, -1, item);
    return made;
  }
  if (!/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/.test(type)) return -1;
  const [first, ...rest] = type.split('.');
  const binding = lookupType(pass.scope, first!) ?? lookup(pass.scope, first!);
  if (!binding || (binding.symbol < 0 && binding.importRow < 0)) return -1;
  const base = rest.reduce((slot, part) => writer.load(slot, part), writer.read(binding));
  const slot = writer.slot();
  writer.emit(FlowOp.annotate, slot, base);
  return slot;
}
