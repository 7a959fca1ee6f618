/** Proxies: what is done with one runs its handler's trap, or is done with its target where the handler has none. */
import { ConstantKind, ContainerKind } from '#model/flow.ts';
import type { CallSite } from '../call-sites.ts';
import { callFunction } from '../calls.ts';
import { ObjectKind } from '../objects.ts';
import type { Program } from '../program.ts';
import type { Prototypes } from '../prototypes.ts';
import type { FlowSystem } from '../system.ts';

export function isProxy({ objects }: FlowSystem, object: number): boolean {
  return objects.kind[object] === ObjectKind.site && objects.detail[object] === ContainerKind.proxy;
}

/** Calls `each` for every handler; `none` once for a handler without the trap, which leaves the act to the target. */
function eachTrap(
  system: FlowSystem,
  prototypes: Prototypes,
  proxy: number,
  trap: string,
  each: (found: number, handler: number) => void,
  none: (target: number) => void,
): void {
  const { objects, names } = system;
  const name = names.id(trap);
  system.each(system.field(proxy, names.id('#handler')), (handler) => {
    if (!prototypes.finds(handler, name)) return system.each(targetSlot(system, proxy), none);
    system.each(prototypes.lookup(handler, name), (found) => {
      if (objects.kind[found] === ObjectKind.function) each(found, handler);
    });
  });
}

/** What was done with which proxy: one may be its own target, or in a ring of them. */
const done = new WeakMap<FlowSystem, Set<string>>();

function isFirst(system: FlowSystem, act: string): boolean {
  const acts = done.get(system) ?? new Set();
  done.set(system, acts);
  return acts.size < acts.add(act).size;
}

const targetSlot = (system: FlowSystem, proxy: number): number => system.field(proxy, system.names.id('#target'));

function argumentsOf(system: FlowSystem, proxy: number, rest: readonly number[]): number[] {
  return [targetSlot(system, proxy), ...rest].flatMap((slot) => [0, slot, -1]);
}

function single(system: FlowSystem, object: number): number {
  const slot = system.newSlot();
  system.solver.add(slot, object);
  return slot;
}

const keySlot = (system: FlowSystem, name: number): number =>
  single(system, system.objects.intern(ObjectKind.constant, ConstantKind.string, name));

export function loadProxy(
  system: FlowSystem,
  prototypes: Prototypes,
  proxy: number,
  name: number,
  destination: number,
  program: Program,
  row: number,
): void {
  if (!isFirst(system, `get ${proxy} ${name} ${destination} ${row}`)) return;
  eachTrap(
    system,
    prototypes,
    proxy,
    'get',
    (found, handler) => {
      if (row < 0) return;
      const args = argumentsOf(system, proxy, [keySlot(system, name), single(system, proxy)]);
      callFunction(system, found, system.implicitCall(program, row, destination, args), -1, handler);
    },
    (target) => system.dialect.load(system, target, name, destination, program, row),
  );
}

export function storeProxy(
  system: FlowSystem,
  prototypes: Prototypes,
  proxy: number,
  name: number,
  source: number,
  program: Program,
  row: number,
): void {
  if (!isFirst(system, `set ${proxy} ${name} ${source} ${row}`)) return;
  eachTrap(
    system,
    prototypes,
    proxy,
    'set',
    (found, handler) => {
      if (row < 0) return;
      const args = argumentsOf(system, proxy, [keySlot(system, name), source]);
      callFunction(system, found, system.implicitCall(program, row, -1, args), -1, handler);
    },
    (target) => system.dialect.store(system, target, name, source, program, row),
  );
}

/** `proxy(…)` and `new proxy(…)`: the trap receives the arguments as a list. */
export function callProxy(
  system: FlowSystem,
  prototypes: Prototypes,
  proxy: number,
  site: CallSite,
  isNew: boolean,
): void {
  if (!isFirst(system, `call ${proxy} ${site.index} ${isNew}`)) return;
  eachTrap(
    system,
    prototypes,
    proxy,
    isNew ? 'construct' : 'apply',
    (found, handler) => {
      const list = system.site(site.program, site.row + 0x30000000, ContainerKind.list);
      let position = 0;
      for (let i = 0; i < site.arguments.length; i += 3)
        if (site.arguments[i] === 0)
          system.expand(site.arguments[i + 1]!, system.element(list, system.names.id(String(position++))));
      const given = isNew ? [single(system, list)] : [system.newSlot(), single(system, list)];
      const made = system.callSites.variant(site, {
        arguments: argumentsOf(system, proxy, given),
        flags: 0,
        derived: true,
      });
      callFunction(system, found, made, -1, handler);
    },
    (target) => system.dialect.call(system, target, site),
  );
}
