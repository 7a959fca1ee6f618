/** Event emitters: a listener is called where its event is emitted. Any outside base class whose methods have these names is taken for one. */
import { keyOf } from '../operations.ts';
import { argument, give, invoke, type ModelCall, restArguments } from './model.ts';

const listens: ReadonlySet<string> = new Set([
  'on',
  'once',
  'addListener',
  'prependListener',
  'prependOnceListener',
  'addEventListener',
]);
const emits: ReadonlySet<string> = new Set(['emit', 'dispatchEvent']);

function methodOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
}

/** Hooks of `tapable`, webpack's kind of emitter: one event each. */
const taps: ReadonlySet<string> = new Set(['tap', 'tapAsync', 'tapPromise']);
const tapCalls: ReadonlySet<string> = new Set(['call', 'callAsync', 'promise']);

export function isEmitterMethod(name: string): boolean {
  const method = methodOf(name);
  if (name.startsWith('npm:tapable')) return taps.has(method) || tapCalls.has(method);
  return listens.has(method) || emits.has(method);
}

export function nodeEvents(name: string, call: ModelCall): boolean {
  const { system, receiver } = call;
  if (name.startsWith('npm:tapable')) {
    const tapped = system.field(receiver, system.names.id('#event *'));
    if (taps.has(methodOf(name))) system.expand(argument(call, 1), tapped);
    else invoke(call, tapped, restArguments(call, 0));
    return true;
  }
  const isListener = listens.has(methodOf(name));
  const field = (event: string): number => system.field(receiver, system.names.id(`#event ${event}`));
  const keys = argument(call, 0);
  let known = false;
  system.each(keys, (object) => {
    const key = keyOf(system, object);
    if (key < 0) return;
    known = true;
    const event = system.keyText(key);
    if (isListener) system.expand(argument(call, 1), field(event));
    else invoke(call, field(event), restArguments(call, 1), -1, receiverSlot(call));
  });
  if (!known && system.solver.size(keys) === 0 && isListener) system.expand(argument(call, 1), field('*'));
  if (isListener) give(call, receiver);
  return true;
}

function receiverSlot({ system, receiver }: ModelCall): number {
  const slot = system.newSlot();
  system.solver.add(slot, receiver);
  return slot;
}
