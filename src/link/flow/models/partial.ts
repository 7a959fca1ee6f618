/** Calls with arguments held back: `functools.partial`, `Function.prototype.bind`. */
import { argument, give, invoke, type ModelCall, restArguments } from './model.ts';
import { callDispatcher } from './python-dispatch.ts';
import { callGetter } from './python-operators.ts';

/** Calls what a partial application holds: its own arguments come first. */
export function callPartial(call: ModelCall, site: number): void {
  const { system } = call;
  const { names } = system;
  if (system.dialect.prefix === 'py:') {
    callGetter(call, site);
    callDispatcher(call, site);
  }
  const slots = system.field(site, names.id('#partial'));
  system.each(slots, (callee) => {
    const held = system.held.of(site).map((value, index) => (index % 3 === 1 ? system.field(site, value) : value));
    const slot = system.newSlot();
    system.solver.add(slot, callee);
    invoke(
      call,
      slot,
      [...held, ...restArguments(call, 0)],
      call.site.destination,
      system.field(site, names.id('#receiver')),
    );
  });
}

/** The site holds arguments, and a receiver where one is given, for the function that its `#partial` field holds. */
export function hold({ system }: ModelCall, site: number, args: readonly number[], receiver = -1): void {
  const held = args.map((value, index) => {
    if (index % 3 !== 1) return value;
    const name = system.names.id(`#argument ${(index - 1) / 3}`);
    system.expand(value, system.field(site, name));
    return name;
  });
  system.held.hold(site, held);
  if (receiver >= 0) system.expand(receiver, system.field(site, system.names.id('#receiver')));
}

/** `partial(f, …)`: an object that calls `f` with more arguments. */
export function makePartial(call: ModelCall, site: number): void {
  const { system } = call;
  system.expand(argument(call, 0), system.field(site, system.names.id('#partial')));
  system.expand(argument(call, 0), system.field(site, system.names.id('func')));
  hold(call, site, restArguments(call, 1));
  give(call, site);
}
