import { ContainerKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { allocate, argument, give, invoke, iterated, type Model, type ModelCall, positional } from './model.ts';

const valueName = (call: ModelCall): number => call.system.names.id('[value');

/** What awaiting the slot's objects gives. */
function settled(call: ModelCall, slot: number): number {
  const { system, site } = call;
  const value = system.newSlot();
  system.each(slot, (object) => system.dialect.await(system, object, value, site.program, site.row));
  return value;
}

function promiseOf(call: ModelCall, slot: number): number {
  const promise = allocate(call, ContainerKind.promise);
  if (slot >= 0) call.system.expand(settled(call, slot), call.system.element(promise, valueName(call)));
  return promise;
}

const receiverValue = (call: ModelCall): number =>
  call.receiver < 0 ? call.system.newSlot() : call.system.element(call.receiver, valueName(call));

const errorName = (call: ModelCall): number => call.system.names.id('[error');

const receiverError = (call: ModelCall): number =>
  call.receiver < 0 ? call.system.newSlot() : call.system.field(call.receiver, errorName(call));

const then: Model = (call) => {
  const { system, receiver } = call;
  const result = system.newSlot();
  invoke(call, argument(call, 0), positional([receiverValue(call)]), result);
  invoke(call, argument(call, 1), positional([receiverError(call)]), result);
  const made = promiseOf(call, result);
  // What nothing has caught goes on.
  if (receiver >= 0 && argument(call, 1) < 0)
    system.solver.copy(receiverError(call), system.field(made, errorName(call)));
  give(call, made);
};

const catchMethod: Model = (call) => {
  const { system } = call;
  const result = system.newSlot();
  system.expand(receiverValue(call), result);
  invoke(call, argument(call, 0), positional([receiverError(call)]), result);
  give(call, promiseOf(call, result));
};

const finallyMethod: Model = (call) => {
  invoke(call, argument(call, 0), []);
  give(call, call.receiver);
};

const construct: Model = (call) => {
  const { system } = call;
  const promise = allocate(call, ContainerKind.promise);
  const resolve = system.newSlot();
  system.solver.add(resolve, system.bound(system.external('js:promise#resolve'), promise));
  const reject = system.newSlot();
  system.solver.add(reject, system.bound(system.external('js:promise#reject'), promise));
  invoke(call, argument(call, 0), positional([resolve, reject]));
  give(call, promise);
};

const resolve: Model = (call) => {
  const { system, receiver } = call;
  if (receiver >= 0) system.expand(settled(call, argument(call, 0)), system.element(receiver, valueName(call)));
};

const rejected: Model = (call) => {
  const promise = allocate(call, ContainerKind.promise);
  call.system.expand(argument(call, 0), call.system.field(promise, errorName(call)));
  give(call, promise);
};

const resolved: Model = (call) => give(call, promiseOf(call, argument(call, 0)));

const all: Model = (call) => {
  const { system, site } = call;
  const promise = allocate(call, ContainerKind.promise);
  const list = allocate(call, ContainerKind.list, 1);
  system.solver.add(system.element(promise, valueName(call)), list);
  system.each(argument(call, 0), (object) => {
    if (system.objects.kind[object] !== ObjectKind.site) return;
    system.followElements(object, (name, slot) => {
      const value = system.element(list, name);
      system.each(slot, (element) => system.dialect.await(system, element, value, site.program, site.row));
    });
  });
  give(call, promise);
};

const any: Model = (call) => give(call, promiseOf(call, iterated(call, argument(call, 0))));

const p = 'js:globals#Promise';
export const ecmascriptPromises: Readonly<Record<string, Model>> = {
  [p]: construct,
  [`${p}.resolve`]: resolved,
  [`${p}.reject`]: rejected,
  [`${p}.all`]: all,
  [`${p}.allSettled`]: all,
  [`${p}.race`]: any,
  [`${p}.any`]: any,
  [`${p}.prototype.then`]: then,
  [`${p}.prototype.catch`]: catchMethod,
  [`${p}.prototype.finally`]: finallyMethod,
  'js:promise#resolve': resolve,
  'js:promise#reject': (call) => {
    if (call.receiver >= 0) call.system.expand(argument(call, 0), receiverError(call));
  },
};

export function isPromise({ objects }: ModelCall['system'], object: number): boolean {
  return objects.kind[object] === ObjectKind.site && objects.detail[object] === ContainerKind.promise;
}

/** What a promise comes to in the end: promises of promises are one. `seen`: promise and destination, since promises may hold themselves. */
export function awaitPromise(
  system: ModelCall['system'],
  promise: number,
  destination: number,
  seen: Set<number>,
): void {
  const key = promise * 0x4000000 + destination;
  if (seen.has(key)) return;
  seen.add(key);
  const { solver } = system;
  system.each(system.element(promise, system.names.id('[value')), (object) => {
    if (isPromise(system, object)) awaitPromise(system, object, destination, seen);
    else solver.add(destination, object);
  });
}
