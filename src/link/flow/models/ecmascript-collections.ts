import { ConstantKind, ContainerKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { keyOf } from '../operations.ts';
import {
  allocate,
  argument,
  give,
  giveFrom,
  invoke,
  iterated,
  type Model,
  type ModelCall,
  positional,
} from './model.ts';

/** Elements of maps live under their constant keys, marked so that they are no properties. */
const mapKey = (call: ModelCall, object: number): number => {
  const key = keyOf(call.system, object);
  return key < 0 ? -1 : call.system.names.id(`[map ${call.system.keyText(key)}`);
};

function keyed(call: ModelCall, slot: number, known: (key: number) => void, unknown: () => void): void {
  const { system } = call;
  // The key lies in a spread: `map.get.apply(map, given)`.
  if (slot < 0) return unknown();
  const keys = new Set<number>();
  let isUnknown = false;
  system.each(slot, (object) => {
    const key = mapKey(call, object);
    if (key >= 0 && !keys.has(key)) {
      keys.add(key);
      known(key);
    } else if (key < 0 && !isUnknown) {
      isUnknown = true;
      unknown();
    }
  });
  if (system.solver.size(slot) === 0) {
    // A key that flow does not follow.
    unknown();
  }
}

const construct =
  (kind: number): Model =>
  (call) => {
    const { system } = call;
    const site = allocate(call, kind);
    const source = argument(call, 0);
    if (source >= 0) {
      const elements = iterated(call, source);
      if (kind === ContainerKind.set) system.expand(elements, system.element(site, system.anyKey));
      else {
        system.each(elements, (pair) => {
          if (system.objects.kind[pair] !== ObjectKind.site) return;
          const value = system.newSlot();
          system.loadKey(pair, system.names.id('1'), value);
          const key = system.newSlot();
          system.loadKey(pair, system.names.id('0'), key);
          keyed(
            call,
            key,
            (name) => system.expand(value, system.element(site, name)),
            () => system.expand(value, system.element(site, system.anyKey)),
          );
          system.expand(key, system.field(site, system.names.id('#keys')));
        });
      }
    }
    give(call, site);
  };

const set: Model = (call) => {
  const { system, receiver } = call;
  const value = argument(call, 1);
  const key = argument(call, 0);
  if (value >= 0)
    keyed(
      call,
      key,
      (name) => system.expand(value, system.element(receiver, name)),
      () => system.expand(value, system.element(receiver, system.anyKey)),
    );
  system.expand(key, system.field(receiver, system.names.id('#keys')));
  give(call, receiver);
};

const get: Model = (call) => {
  const { system, receiver, site } = call;
  if (site.destination < 0) return;
  keyed(
    call,
    argument(call, 0),
    (name) => system.loadKey(receiver, name, site.destination),
    () => giveFrom(call, system.elements(receiver)),
  );
};

const add: Model = (call) => {
  call.system.expand(argument(call, 0), call.system.element(call.receiver, call.system.anyKey));
  give(call, call.receiver);
};

const forEachValue: Model = (call) => {
  const { system, receiver } = call;
  const self = system.newSlot();
  system.solver.add(self, receiver);
  invoke(
    call,
    argument(call, 0),
    positional([system.elements(receiver), system.field(receiver, system.names.id('#keys')), self]),
    -1,
    argument(call, 1),
  );
};

const values: Model = (call) => {
  const site = allocate(call, ContainerKind.generator);
  call.system.solver.copy(call.system.elements(call.receiver), call.system.element(site, call.system.anyKey));
  give(call, site);
};

const keys: Model = (call) => {
  const site = allocate(call, ContainerKind.generator);
  call.system.solver.copy(
    call.system.field(call.receiver, call.system.names.id('#keys')),
    call.system.element(site, call.system.anyKey),
  );
  give(call, site);
};

const entries: Model = (call) => {
  const { system, receiver } = call;
  const site = allocate(call, ContainerKind.generator);
  const pair = allocate(call, ContainerKind.list, 1);
  system.solver.copy(system.field(receiver, system.names.id('#keys')), system.element(pair, system.names.id('0')));
  system.solver.copy(system.elements(receiver), system.element(pair, system.names.id('1')));
  system.solver.add(system.element(site, system.anyKey), pair);
  give(call, site);
};

const text: Model = (call) => give(call, call.system.objects.intern(ObjectKind.constant, ConstantKind.string, -1));

const replace: Model = (call) => {
  invoke(call, argument(call, 1), positional([call.system.newSlot()]));
  text(call);
};

const split: Model = (call) => {
  const site = allocate(call, ContainerKind.list);
  call.system.solver.add(
    call.system.element(site, call.system.anyKey),
    call.system.objects.intern(ObjectKind.constant, ConstantKind.string, -1),
  );
  give(call, site);
};

const m = 'js:globals#Map.prototype.';
const s = 'js:globals#Set.prototype.';
const t = 'js:globals#String.prototype.';
export const ecmascriptCollections: Readonly<Record<string, Model>> = {
  'js:globals#Map': construct(ContainerKind.map),
  'js:globals#WeakMap': construct(ContainerKind.map),
  'js:globals#Set': construct(ContainerKind.set),
  'js:globals#WeakSet': construct(ContainerKind.set),
  [`${m}set`]: set,
  [`${m}get`]: get,
  [`${m}forEach`]: forEachValue,
  [`${m}values`]: values,
  [`${m}keys`]: keys,
  [`${m}entries`]: entries,
  [`${m}has`]: () => {},
  [`${m}delete`]: () => {},
  [`${m}clear`]: () => {},
  [`${m}@@iterator`]: entries,
  [`${s}add`]: add,
  [`${s}forEach`]: forEachValue,
  [`${s}values`]: values,
  [`${s}keys`]: values,
  [`${s}@@iterator`]: values,
  [`${s}has`]: () => {},
  [`${s}delete`]: () => {},
  [`${s}clear`]: () => {},
  [`${t}replace`]: replace,
  [`${t}replaceAll`]: replace,
  [`${t}split`]: split,
  [`${t}trim`]: text,
  [`${t}slice`]: text,
  [`${t}toLowerCase`]: text,
  [`${t}toUpperCase`]: text,
  [`${t}substring`]: text,
  [`${t}concat`]: text,
};
