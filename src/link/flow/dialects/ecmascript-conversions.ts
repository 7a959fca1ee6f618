/** Methods that operators and templates call on objects: `toString`, `valueOf`, `Symbol.toPrimitive`. */
import { FLOW_STRIDE, FlowOp } from '#model/flow.ts';
import { callFunction } from '../calls.ts';
import { ObjectKind } from '../objects.ts';
import { listedArguments } from '../call-sites.ts';
import type { Program } from '../program.ts';
import type { Prototypes } from '../prototypes.ts';
import type { FlowSystem } from '../system.ts';
import { FILL, fillTemplate } from '../templates.ts';

/** A `protocol` row: the method, where an object of the tree has it. */
export function convert(system: FlowSystem, prototypes: Prototypes, program: Program, row: number): void {
  const { flow } = program.facts;
  const at = row * FLOW_STRIDE;
  if ((flow[at]! & 0xff) !== FlowOp.protocol) return;
  const name = program.name(flow[at + 3]!);
  const text = system.names.text(name);
  if (text.startsWith(FILL)) {
    const destination = system.use(program, flow[at + 1]!);
    return system.each(system.use(program, flow[at + 2]!), (object) => {
      if (system.objects.kind[object] === ObjectKind.constant) fillTemplate(system, object, text, destination);
    });
  }
  const args = listedArguments(program, flow[at + 4]!);
  system.each(system.use(program, flow[at + 2]!), (object) => {
    if (!prototypes.finds(object, name)) return;
    const site = system.implicitCall(program, row, system.use(program, flow[at + 1]!), args);
    system.each(prototypes.lookup(object, name), (found) => {
      if (system.objects.kind[found] === ObjectKind.function) callFunction(system, found, site, -1, object);
    });
  });
}
