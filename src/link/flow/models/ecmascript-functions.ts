import { ArgumentKind, CallFlag, ContainerKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { Constraint } from '../constraint.ts';
import { hold } from './partial.ts';
import { allocate, argument, argumentsFrom, give, invoke, type Model, type ModelCall, restArguments } from './model.ts';

/** Calls the receiver (a function object) with another `this`: as if the text called it. */
function callReceiver(call: ModelCall, receiver: number, args: readonly number[]): void {
  const { system, site } = call;
  if (call.receiver < 0 || site.depth > 4) return;
  const made = system.callSites.variant(site, {
    receiver,
    arguments: args,
    isDeeper: true,
    flags: 0,
  });
  const { objects } = system;
  // `Array.prototype.slice.call(list)`: the outside method on each object that is given as its receiver.
  if (objects.kind[call.receiver] === ObjectKind.external && receiver >= 0) {
    system.each(receiver, (object) => system.dialect.call(system, system.bound(call.receiver, object), made));
    return;
  }
  system.dialect.call(system, call.receiver, made);
}

const callMethod: Model = (call) => callReceiver(call, argument(call, 0), restArguments(call, 1));

const applyMethod: Model = (call) => {
  const list = argument(call, 1);
  callReceiver(call, argument(call, 0), list < 0 ? [] : [ArgumentKind.spread, list, -1]);
};

/** `f.bind(self, …)`: an object that calls `f` on `self`, with arguments held back. */
const bindMethod: Model = (call) => {
  const { system, receiver } = call;
  if (receiver < 0) return;
  const site = allocate(call, ContainerKind.object);
  system.solver.add(system.field(site, system.names.id('#partial')), receiver);
  hold(call, site, restArguments(call, 1), argument(call, 0));
  give(call, site);
};

/** Runs a function argument later, with the arguments behind it. */
const later =
  (position: number, rest: number): Model =>
  (call) => {
    invoke(call, argument(call, position), restArguments(call, rest));
    give(call, call.system.external('js:globals#setTimeout()'));
  };

const reflectApply: Model = (call) => {
  const { system, site } = call;
  const list = argument(call, 2);
  const made = system.callSites.variant(site, {
    receiver: argument(call, 1),
    arguments: list < 0 ? [] : [ArgumentKind.spread, list, -1],
    isDeeper: true,
    flags: 0,
  });
  system.solver.attach(argument(call, 0), Constraint.call, made.index);
};

const reflectConstruct: Model = (call) => {
  const { system, site } = call;
  const list = argument(call, 1);
  const made = system.callSites.variant(site, {
    arguments: list < 0 ? [] : [ArgumentKind.spread, list, -1],
    isDeeper: true,
    flags: CallFlag.construct,
  });
  system.solver.attach(argument(call, 0), Constraint.call, made.index);
};

/** `promisify(f)`: calls `f` with the arguments and a callback, and gives a promise of what the callback receives. */
const promisify: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.object);
  system.expand(argument(call, 0), system.field(site, system.names.id('#partial')));
  give(call, site);
};

const inherits: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (child) => {
    system.each(argument(call, 1), (parent) => system.dialect.base(system, parent, child, 0));
  });
};

const identity: Model = (call) => {
  const slot = argumentsFrom(call, 0)[0];
  if (slot !== undefined && call.site.destination >= 0) call.system.solver.copy(slot, call.site.destination);
};

const proxy: Model = (call) => {
  const { system } = call;
  const made = allocate(call, ContainerKind.proxy);
  system.expand(argument(call, 0), system.field(made, system.names.id('#target')));
  system.expand(argument(call, 1), system.field(made, system.names.id('#handler')));
  give(call, made);
};

/** `Proxy.revocable(target, handler).proxy` */
const revocable: Model = (call) => {
  const { system } = call;
  const holder = allocate(call, ContainerKind.object, 1);
  const slot = system.element(holder, system.names.id('proxy'));
  proxy({ ...call, site: system.callSites.variant(call.site, { destination: slot }) });
  give(call, holder);
};

const f = 'js:globals#Function.prototype.';
export const ecmascriptFunctions: Readonly<Record<string, Model>> = {
  [`${f}call`]: callMethod,
  [`${f}apply`]: applyMethod,
  [`${f}bind`]: bindMethod,
  'js:globals#setTimeout': later(0, 2),
  'js:globals#setInterval': later(0, 2),
  'js:globals#setImmediate': later(0, 1),
  'js:globals#queueMicrotask': later(0, 1),
  'js:globals#process.nextTick': later(0, 1),
  'js:globals#requestAnimationFrame': later(0, 1),
  'js:globals#requestIdleCallback': later(0, 1),
  'node:timers#setTimeout': later(0, 2),
  'node:timers#setInterval': later(0, 2),
  'node:process#nextTick': later(0, 1),
  'js:globals#Reflect.apply': reflectApply,
  'js:globals#Reflect.construct': reflectConstruct,
  'node:util#promisify': promisify,
  'node:util#callbackify': promisify,
  'node:util#deprecate': identity,
  'node:util#inherits': inherits,
  'js:globals#Proxy': proxy,
  'js:globals#Proxy.revocable': revocable,
  'js:globals#structuredClone': identity,
};
