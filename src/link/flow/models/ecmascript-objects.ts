import { ConstantKind, ContainerKind } from '#model/flow.ts';
import { ObjectKind, WrapperKind } from '../objects.ts';
import { keyOf } from '../operations.ts';
import { PRIVATE } from '../program.ts';
import { allocate, argument, argumentsFrom, give, giveFrom, invoke, type Model, type ModelCall } from './model.ts';

/** Copies the own properties of every object in a slot to another object. */
function assign(call: ModelCall, slot: number, target: number): void {
  const { system } = call;
  system.each(slot, (source) => {
    const kind = system.objects.kind[source];
    if (kind === ObjectKind.constant || kind === ObjectKind.external || source === target) return;
    if (system.objects.kind[target] === ObjectKind.bound && system.objects.a[target] === source) return;
    if (!system.mayCopy(source, target)) return;
    system.followElements(source, (name, from) => {
      if (isHidden(system.names.text(name))) return;
      system.dialect.storeElement(system, target, elementKey(call, name), from, call.site.program, call.site.row);
    });
  });
}

/** Names that are no properties: accessors' setters, what models keep, the link to the prototype. */
function isHidden(name: string): boolean {
  return name.startsWith('#') || name.startsWith(PRIVATE) || name === '__proto__';
}

function elementKey({ system }: ModelCall, name: number): number {
  return name === system.anyKey ? name : system.keyName(system.names.text(name));
}

const objectAssign: Model = (call) => {
  const { system } = call;
  const sources = argumentsFrom(call, 1);
  system.each(argument(call, 0), (target) => {
    if (system.objects.kind[target] === ObjectKind.constant) return;
    for (const slot of sources) assign(call, slot, target);
  });
  giveFrom(call, argument(call, 0));
};

const create: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.object);
  system.expand(argument(call, 0), system.element(site, system.names.id('__proto__')));
  if (argument(call, 1) >= 0) defineAll(call, site, argument(call, 1));
  give(call, site);
};

/** A property descriptor's value, or its accessors as such. */
function define(call: ModelCall, target: number, name: number, descriptor: number): void {
  const { system, site } = call;
  const read = (text: string): number => {
    const slot = system.newSlot();
    system.each(descriptor, (object) => {
      if (system.objects.kind[object] === ObjectKind.site) system.loadKey(object, system.names.id(text), slot);
    });
    return slot;
  };
  const key = system.keyName(system.names.text(name));
  system.dialect.storeElement(system, target, key, read('value'), site.program, site.row);
  const getter = read('get');
  system.each(getter, (object) => {
    if (system.objects.kind[object] !== ObjectKind.function) return;
    const wrapper = system.objects.intern(ObjectKind.wrapper, object, WrapperKind.property);
    system.solver.add(system.element(target, name), wrapper);
  });
  const setter = read('set');
  system.each(setter, (object) => system.dialect.accessor?.(system, target, name, object));
}

const defineProperty: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 1), (key) => {
    const name = keyOf(system, key);
    if (name < 0) return;
    system.each(argument(call, 0), (target) => {
      if (system.objects.kind[target] !== ObjectKind.constant)
        define(call, target, system.objects.b[key]!, argument(call, 2));
    });
  });
  giveFrom(call, argument(call, 0));
};

function defineAll(call: ModelCall, target: number, descriptors: number): void {
  const { system } = call;
  system.each(descriptors, (object) => {
    if (system.objects.kind[object] === ObjectKind.site)
      system.followElements(object, (name, slot) => define(call, target, name, slot));
  });
}

const defineProperties: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (target) => {
    if (system.objects.kind[target] !== ObjectKind.constant) defineAll(call, target, argument(call, 1));
  });
  giveFrom(call, argument(call, 0));
};

const setPrototype: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (object) =>
    system.expand(argument(call, 1), system.element(object, system.names.id('__proto__'))),
  );
  giveFrom(call, argument(call, 0));
};

const getPrototype: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (object) => {
    if (system.objects.kind[object] === ObjectKind.instance)
      give(call, system.objects.intern(ObjectKind.prototype, system.objects.a[object]!));
    else giveFrom(call, system.element(object, system.names.id('__proto__')));
  });
};

/** What `each` does with every property name of the argument. */
function properties(call: ModelCall, each: (name: number, slot: number) => void): void {
  const { system } = call;
  system.each(argument(call, 0), (object) => {
    const kind = system.objects.kind[object];
    if (kind === ObjectKind.constant || kind === ObjectKind.external) return;
    system.followElements(object, (name, slot) => {
      if (!isHidden(system.names.text(name))) each(name, slot);
    });
  });
}

const keys: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  properties(call, (name) => {
    if (name !== system.anyKey)
      system.solver.add(
        system.element(site, system.anyKey),
        system.objects.intern(ObjectKind.constant, ConstantKind.string, name),
      );
  });
  give(call, site);
};

const values: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  properties(call, (_, slot) => system.solver.copy(slot, system.element(site, system.anyKey)));
  give(call, site);
};

const entries: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  const pair = allocate(call, ContainerKind.list, 1);
  properties(call, (name, slot) => {
    if (name !== system.anyKey)
      system.solver.add(
        system.element(pair, system.names.id('0')),
        system.objects.intern(ObjectKind.constant, ConstantKind.string, name),
      );
    system.solver.copy(slot, system.element(pair, system.names.id('1')));
  });
  system.solver.add(system.element(site, system.anyKey), pair);
  give(call, site);
};

const fromEntries: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.object);
  system.each(argument(call, 0), (list) => {
    if (system.objects.kind[list] !== ObjectKind.site) return;
    system.each(system.elements(list), (pair) => {
      if (system.objects.kind[pair] !== ObjectKind.site) return;
      const key = system.newSlot();
      const value = system.newSlot();
      system.loadKey(pair, system.names.id('0'), key);
      system.loadKey(pair, system.names.id('1'), value);
      system.each(key, (object) => {
        const name = keyOf(system, object);
        system.expand(value, system.element(site, name < 0 ? system.anyKey : system.names.id(system.keyText(name))));
      });
    });
  });
  give(call, site);
};

const identity: Model = (call) => giveFrom(call, argument(call, 0));

/** A symbol is a key of its own: that of the place that makes it, or of its name for `Symbol.for`. */
const symbol =
  (isShared: boolean): Model =>
  (call) => {
    const { system, site } = call;
    const text = (mark: string): number =>
      system.objects.intern(ObjectKind.constant, ConstantKind.string, system.names.id(`@@${mark}`));
    if (!isShared) return give(call, text(`${site.program.number}:${site.row}`));
    system.each(argument(call, 0), (name) => {
      const key = keyOf(system, name);
      if (key >= 0) give(call, text(system.keyText(key)));
    });
  };

const reflectGet: Model = (call) => {
  const { system, site } = call;
  if (site.destination < 0) return;
  system.each(argument(call, 1), (key) => {
    const name = keyOf(system, key);
    if (name >= 0)
      system.each(argument(call, 0), (object) =>
        system.dialect.loadElement(system, object, name, site.destination, site.program, -1),
      );
  });
};

const reflectSet: Model = (call) => {
  const { system, site } = call;
  system.each(argument(call, 1), (key) => {
    const name = keyOf(system, key);
    if (name >= 0)
      system.each(argument(call, 0), (object) =>
        system.dialect.storeElement(system, object, name, argument(call, 2), site.program, -1),
      );
  });
};

/** What bundlers do in a loop: every property of the second argument is a getter that the first one receives under its name. */
const copyGetters: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (target) => {
    if (system.objects.kind[target] === ObjectKind.constant) return;
    system.each(argument(call, 1), (source) => {
      if (system.objects.kind[source] !== ObjectKind.site) return;
      system.followElements(source, (name, slot) => {
        system.each(slot, (getter) => {
          if (system.objects.kind[getter] === ObjectKind.function)
            system.solver.add(
              system.element(target, name),
              system.objects.intern(ObjectKind.wrapper, getter, WrapperKind.property),
            );
        });
      });
    });
  });
};

const parse: Model = (call) => invoke(call, argument(call, 1), []);

/** `toJSON` of what is written, and of what that holds. */
const stringify: Model = (call) => {
  const { system, site } = call;
  parse(call);
  const name = system.names.id('toJSON');
  const write = (object: number): void => {
    if (!system.dialect.finds(system, object, name)) return;
    const method = system.newSlot();
    const receiver = system.newSlot();
    system.solver.add(receiver, object);
    system.dialect.load(system, object, name, method, site.program, site.row);
    invoke(call, method, [], -1, receiver);
  };
  system.each(argument(call, 0), (object) => {
    write(object);
    if (system.objects.kind[object] === ObjectKind.site) system.each(system.elements(object), write);
  });
};

const o = 'js:globals#Object.';
export const ecmascriptObjects: Readonly<Record<string, Model>> = {
  [`${o}#copyGetters`]: copyGetters,
  'js:globals#JSON.parse': parse,
  'js:globals#JSON.stringify': stringify,
  [`${o}assign`]: objectAssign,
  [`${o}create`]: create,
  [`${o}defineProperty`]: defineProperty,
  [`${o}defineProperties`]: defineProperties,
  [`${o}setPrototypeOf`]: setPrototype,
  [`${o}getPrototypeOf`]: getPrototype,
  [`${o}keys`]: keys,
  [`${o}values`]: values,
  [`${o}entries`]: entries,
  [`${o}getOwnPropertyNames`]: keys,
  [`${o}fromEntries`]: fromEntries,
  [`${o}freeze`]: identity,
  [`${o}seal`]: identity,
  [`${o}preventExtensions`]: identity,
  'js:globals#Object': identity,
  'js:globals#Symbol': symbol(false),
  'js:globals#Symbol.for': symbol(true),
  'js:globals#Reflect.get': reflectGet,
  'js:globals#Reflect.set': reflectSet,
  'js:globals#Reflect.ownKeys': keys,
  'js:globals#Reflect.defineProperty': defineProperty,
  'js:globals#Reflect.getPrototypeOf': getPrototype,
  'js:globals#Reflect.setPrototypeOf': setPrototype,
};
