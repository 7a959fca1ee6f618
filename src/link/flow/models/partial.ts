/** Calls with arguments held back: `functools.partial`, `Function.prototype.bind`. */
import { argument, give, invoke, type ModelCall, restArguments } from './model.ts';

/** Calls what `functools.partial` made: the arguments that it holds come first. */
export function callPartial(call: ModelCall, site: number): void {
  const { system } = call;
  const slots = system.field(site, system.names.id('#partial'));
  system.each(slots, (callee) => {
    const held = system.partials.get(site) ?? [];
    const slot = system.newSlot();
    system.solver.add(slot, callee);
    invoke(
      call,
      slot,
      [...held, ...restArguments(call, 0)],
      call.site.destination,
      system.partialReceivers.get(site) ?? -1,
    );
  });
}

/** `partial(f, …)`: an object that calls `f` with more arguments. */
export function makePartial(call: ModelCall, site: number): void {
  const { system } = call;
  system.expand(argument(call, 0), system.field(site, system.names.id('#partial')));
  system.expand(argument(call, 0), system.field(site, system.names.id('func')));
  system.partials.set(site, restArguments(call, 1));
  give(call, site);
}
