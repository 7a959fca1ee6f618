import { ContainerKind } from '#model/flow.ts';
import { sendInto } from '../calls.ts';
import { ObjectKind } from '../objects.ts';
import { keyOf } from '../operations.ts';
import { allocate, argument, fill, give, giveFrom, type Model, type ModelCall, nextElement } from './model.ts';
import { compareBy } from './python-comparisons.ts';

const anyElement = (call: ModelCall): number => call.system.element(call.receiver, call.system.anyKey);

/** Stores an argument as an element whose place is not known. */
const store =
  (position: number): Model =>
  (call) =>
    call.system.expand(argument(call, position), anyElement(call));

/** The extractor says at which place of a list that has been written out the next element comes to stand. */
const append: Model = (call) => call.system.expand(argument(call, 0), nextElement(call));

const extend: Model = (call) => fill(call, argument(call, 0), call.receiver);

const take: Model = (call) => giveFrom(call, call.system.elements(call.receiver));

const takeKey: Model = (call) => {
  const { system, site } = call;
  const key = argument(call, 0);
  giveFrom(call, argument(call, 1));
  if (site.destination < 0) return;
  if (key < 0) return giveFrom(call, system.elements(call.receiver));
  system.keyedLoads.push({ base: single(call, call.receiver), key, destination: site.destination });
  system.each(key, (object) => {
    const name = keyOf(system, object);
    if (name >= 0) system.loadKey(call.receiver, name, site.destination);
  });
};

const setDefault: Model = (call) => {
  const { system } = call;
  const value = argument(call, 1);
  const key = argument(call, 0);
  if (value >= 0 && key >= 0) {
    system.keyedStores.push({ base: single(call, call.receiver), key, source: value });
    system.each(key, (object) => {
      const name = keyOf(system, object);
      if (name >= 0) system.expand(value, system.element(call.receiver, name));
    });
  }
  takeKey(call);
};

function single({ system }: ModelCall, object: number): number {
  const slot = system.newSlot();
  system.solver.add(slot, object);
  return slot;
}

const values: Model = (call) => {
  const site = allocate(call, ContainerKind.list);
  call.system.solver.copy(call.system.elements(call.receiver), call.system.element(site, call.system.anyKey));
  give(call, site);
};

function pairOf(call: ModelCall): number {
  const { system } = call;
  const pair = allocate(call, ContainerKind.tuple, 1);
  system.solver.copy(system.elements(call.receiver), system.element(pair, system.keyName('1')));
  system.solver.copy(system.field(call.receiver, system.names.id('#keys')), system.element(pair, system.keyName('0')));
  return pair;
}

const items: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  system.solver.add(system.element(site, system.anyKey), pairOf(call));
  give(call, site);
};

const item: Model = (call) => give(call, pairOf(call));

const keys: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  system.solver.copy(system.field(call.receiver, system.names.id('#keys')), system.element(site, system.anyKey));
  give(call, site);
};

const update: Model = (call) => {
  const { system } = call;
  const args = call.site.arguments;
  for (let i = 0; i < args.length; i += 3) {
    if (args[i] === 1)
      system.expand(args[i + 1]!, system.element(call.receiver, system.keyName(system.names.text(args[i + 2]!))));
    else {
      system.each(args[i + 1]!, (object) => {
        if (system.objects.kind[object] === ObjectKind.site) system.copyElements(object, call.receiver);
      });
    }
  }
};

const sort: Model = (call) => compareBy(call, call.system.elements(call.receiver), '__lt__');

const copy: Model = (call) => {
  const site = allocate(call, call.system.objects.detail[call.receiver]!);
  call.system.copyElements(call.receiver, site);
  call.system.solver.copy(
    call.system.field(call.receiver, call.system.names.id('#keys')),
    call.system.field(site, call.system.names.id('#keys')),
  );
  give(call, site);
};

/** `list.__iter__` and its like give the container back: iterating over it yields the same. */
const same: Model = (call) => give(call, call.receiver);

const send: Model = (call) => {
  sendInto(call.system, call.receiver, argument(call, 0));
  giveFrom(call, call.system.elements(call.receiver));
};

export const pythonContainers: Readonly<Record<string, Model>> = {
  'py:builtins#list.append': append,
  'py:builtins#list.insert': store(1),
  'py:builtins#list.extend': extend,
  'py:builtins#list.pop': take,
  'py:builtins#list.sort': sort,
  'py:builtins#list.copy': copy,
  'py:builtins#list.__getitem__': take,
  'py:builtins#list.__iter__': same,
  'py:builtins#list.appendleft': store(0),
  'py:builtins#list.extendleft': extend,
  'py:builtins#list.popleft': take,
  'py:builtins#list.put': store(0),
  'py:builtins#list.get': take,
  'py:builtins#set.add': store(0),
  'py:builtins#set.update': extend,
  'py:builtins#set.pop': take,
  'py:builtins#set.copy': copy,
  'py:builtins#set.union': copy,
  'py:builtins#set.difference': copy,
  'py:builtins#set.intersection': copy,
  'py:builtins#dict.get': takeKey,
  'py:builtins#dict.pop': takeKey,
  'py:builtins#dict.setdefault': setDefault,
  'py:builtins#dict.values': values,
  'py:builtins#dict.items': items,
  'py:builtins#dict.keys': keys,
  'py:builtins#dict.update': update,
  'py:builtins#dict.copy': copy,
  'py:builtins#dict.__getitem__': takeKey,
  'py:builtins#dict.popitem': item,
  'py:builtins#generator.__next__': take,
  'py:builtins#generator.send': send,
  'py:builtins#generator.__anext__': take,
  'py:builtins#tuple.__iter__': same,
  'py:builtins#generator.__iter__': same,
};
