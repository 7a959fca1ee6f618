/** Classes that calls make, and what `object` and `type` do themselves. */
import { ConstantKind } from '#model/flow.ts';
import { ObjectKind } from '../objects.ts';
import { keyOf } from '../operations.ts';
import { argument, argumentsFrom, give, giveFrom, type Model, type ModelCall, restArguments } from './model.ts';

/** `type(value)` is its class; `type(name, bases, members)` makes one. */
const type: Model = (call) => {
  const { system } = call;
  if (argumentsFrom(call, 0).length === 1) {
    system.each(argument(call, 0), (object) => {
      if (system.objects.kind[object] === ObjectKind.instance) give(call, system.objects.a[object]!);
    });
    return;
  }
  const made = system.dialect.classes?.make(call.site);
  if (made === undefined) return;
  addBases(call, made, argument(call, 1));
  addMembers(call, made, argument(call, 2));
  give(call, made);
};

function addBases(call: ModelCall, classObject: number, bases: number): void {
  const { system } = call;
  system.each(bases, (list) => {
    if (system.objects.kind[list] !== ObjectKind.site) return;
    let position = 0;
    system.followElements(list, (_, slot) => {
      const at = position++;
      system.each(slot, (base) => system.dialect.base(system, base, classObject, at));
    });
  });
}

function addMembers(call: ModelCall, classObject: number, members: number): void {
  const { system } = call;
  system.each(members, (table) => {
    if (system.objects.kind[table] !== ObjectKind.site) return;
    system.followElements(table, (key, slot) => {
      if (key !== system.anyKey)
        system.dialect.classes?.declare(classObject, system.names.id(system.keyText(key)), slot);
    });
  });
}

/** `namedtuple("Pair", "first second")`, the names in one string or in a list. */
const namedTuple: Model = (call) => {
  const { system } = call;
  const { classes } = system.dialect;
  if (!classes) return;
  const made = classes.make(call.site);
  const add = (text: string): void => {
    for (const name of text.split(/[\s,]+/)) if (name !== '') classes.addField(made, system.names.id(name));
  };
  system.each(argument(call, 1, 'field_names'), (given) => {
    const key = keyOf(system, given);
    if (key >= 0) return add(system.keyText(key));
    if (system.objects.kind[given] !== ObjectKind.site) return;
    system.followElements(given, (_, slot) =>
      system.each(slot, (element) => {
        const name = keyOf(system, element);
        if (name >= 0) return add(system.keyText(name));
        // `NamedTuple("Pair", [("first", int)])`
        if (system.objects.kind[element] !== ObjectKind.site) return;
        const first = system.newSlot();
        system.loadKey(element, system.keyName('0'), first);
        system.each(first, (part) => {
          const text = keyOf(system, part);
          if (text >= 0) add(system.keyText(text));
        });
      }),
    );
  });
  give(call, made);
};

/** `dataclass` and its kin: the class gets a constructor that takes its fields. */
const generates =
  (name: string): Model =>
  (call) => {
    const { system } = call;
    const mark = system.objects.intern(ObjectKind.constant, ConstantKind.boolean, -1);
    system.each(argument(call, 0), (object) => {
      if (system.objects.kind[object] === ObjectKind.class)
        system.solver.add(system.field(object, system.names.id('#generated')), mark);
    });
    giveFrom(call, argument(call, 0));
    give(call, system.external(name));
  };

/** `replace(record, field=value)`, `record._replace(…)`: the same object with other fields. */
const replace =
  (hasReceiver: boolean): Model =>
  (call) => {
    const { system, site } = call;
    const change = (object: number): void => {
      if (system.objects.kind[object] !== ObjectKind.instance) return;
      for (let i = 0; i < site.arguments.length; i += 3)
        if (site.arguments[i] === 1)
          system.expand(site.arguments[i + 1]!, system.field(object, site.arguments[i + 2]!));
      give(call, object);
    };
    if (hasReceiver) change(call.receiver);
    else system.each(argument(call, 0), change);
  };

/** `object.__new__(cls)`: an instance of what it is given. */
const create: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (object) => {
    if (system.objects.kind[object] === ObjectKind.class) give(call, system.instanceOf(object));
  });
};

/** `type.__new__(metaclass, name, bases, members)`: the classes that have the metaclass. */
const createClass: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (object) => {
    if (system.objects.kind[object] === ObjectKind.class)
      giveFrom(call, system.field(object, system.names.id('#classes')));
  });
};

/** `type.__call__(cls, …)`: makes an instance as if the class had no metaclass. */
const callClass: Model = (call) => {
  const { system, site } = call;
  const construct = (object: number, args: readonly number[]): void => {
    if (system.objects.kind[object] === ObjectKind.class)
      system.dialect.construct?.(system, object, system.callSites.share(site, args));
  };
  if (call.receiver >= 0) construct(call.receiver, site.arguments);
  else system.each(argument(call, 0), (object) => construct(object, restArguments(call, 1)));
};

/** `object.__setattr__(self, name, value)`: a store that no hook sees. */
const setAttribute: Model = (call) => {
  const { system } = call;
  const isBound = call.receiver >= 0 && argumentsFrom(call, 0).length < 3;
  const from = isBound ? 0 : 1;
  const value = argument(call, from + 1);
  if (value < 0) return;
  const store = (object: number): void =>
    system.each(argument(call, from), (key) => {
      const name = keyOf(system, key);
      if (name >= 0) system.expand(value, system.field(object, system.names.id(system.keyText(name))));
    });
  if (isBound) store(call.receiver);
  else
    system.each(argument(call, 0), (object) => {
      if (system.objects.kind[object] === ObjectKind.instance) store(object);
    });
};

const nothing: Model = () => {};

export const pythonClasses: Readonly<Record<string, Model>> = {
  'py:builtins#type': type,
  'py:types#new_class': (call) => {
    const made = call.system.dialect.classes?.make(call.site);
    if (made === undefined) return;
    addBases(call, made, argument(call, 1));
    give(call, made);
  },
  'py:collections#namedtuple': namedTuple,
  'py:typing#NamedTuple': namedTuple,
  'py:typing#NamedTuple._replace': replace(true),
  'py:dataclasses#dataclass': generates('py:dataclasses#dataclass()'),
  'py:dataclasses#dataclass()': generates('py:dataclasses#dataclass()'),
  'py:dataclasses#replace': replace(false),
  'py:copy#replace': replace(false),
  'py:attr#s': generates('py:dataclasses#dataclass()'),
  'py:attr#attrs': generates('py:dataclasses#dataclass()'),
  'py:attr#define': generates('py:dataclasses#dataclass()'),
  'py:attr#frozen': generates('py:dataclasses#dataclass()'),
  'py:attrs#define': generates('py:dataclasses#dataclass()'),
  'py:attrs#frozen': generates('py:dataclasses#dataclass()'),
  'py:builtins#object.__new__': create,
  'py:builtins#object.__init__': nothing,
  'py:builtins#object.__init_subclass__': nothing,
  'py:builtins#object.__setattr__': setAttribute,
  'py:builtins#type.__new__': createClass,
  'py:builtins#type.__call__': callClass,
};
