import { ConstantKind, ContainerKind } from '#model/flow.ts';
import { ObjectKind, WrapperKind } from '../objects.ts';
import { compareBy } from './python-comparisons.ts';
import {
  allocate,
  argument,
  argumentsFrom,
  fill,
  give,
  giveFrom,
  invoke,
  iterated,
  type Model,
  type ModelCall,
  positional,
} from './model.ts';

/** A new container with the elements of the first argument. */
function collect(kind: number): Model {
  return (call) => {
    const site = allocate(call, kind);
    fill(call, argument(call, 0), site);
    give(call, site);
  };
}

/** A wrapper around each object of the first argument. */
function wrap(kind: number): Model {
  return (call) => {
    const { system } = call;
    system.each(argument(call, 0, 'fget'), (object) => {
      const wrapper = system.objects.intern(ObjectKind.wrapper, object, kind);
      if (kind === WrapperKind.property)
        system.expand(argument(call, 1, 'fset'), system.field(wrapper, system.names.id('#setter')));
      give(call, wrapper);
    });
  };
}

/** A call of the first of these special methods that a class of the tree defines for the argument. */
function special(methods: string | readonly string[], passes = false, position = 0): Model {
  return (call) => {
    const { system, site } = call;
    const rest = argumentsFrom(call, 0).filter((_, index) => index !== position);
    system.each(argument(call, position), (object) => {
      for (const method of typeof methods === 'string' ? [methods] : methods)
        if (system.dialect.callSpecial?.(system, object, method, site, rest, passes ? site.destination : -1)) return;
    });
  };
}

/** `min`, `max`, `sorted`: the key is called with elements. */
function ordered(call: ModelCall, method: string): number {
  const elements = call.system.newSlot();
  for (const slot of argumentsFrom(call, 0)) call.system.solver.copy(iterated(call, slot), elements);
  compareBy(call, elements, method);
  return elements;
}

const extreme =
  (method: string): Model =>
  (call) => {
    const elements = ordered(call, method);
    giveFrom(call, elements);
    // `max(a, b)`: the arguments themselves.
    const slots = argumentsFrom(call, 0);
    if (slots.length > 1) for (const slot of slots) giveFrom(call, slot);
  };

const map: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.generator);
  const result = system.newSlot();
  invoke(call, argument(call, 0), positional(argumentsFrom(call, 1).map((slot) => iterated(call, slot))), result);
  system.expand(result, system.element(site, system.anyKey));
  give(call, site);
};

const filter: Model = (call) => {
  const site = allocate(call, ContainerKind.generator);
  const elements = iterated(call, argument(call, 1));
  invoke(call, argument(call, 0), positional([elements]));
  call.system.expand(elements, call.system.element(site, call.system.anyKey));
  give(call, site);
};

const zip: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.generator);
  const tuple = allocate(call, ContainerKind.tuple, 1);
  argumentsFrom(call, 0).forEach((slot, index) =>
    system.expand(iterated(call, slot), system.element(tuple, system.keyName(String(index)))),
  );
  system.solver.add(system.element(site, system.anyKey), tuple);
  give(call, site);
};

const enumerate: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.generator);
  const tuple = allocate(call, ContainerKind.tuple, 1);
  system.expand(iterated(call, argument(call, 0)), system.element(tuple, system.keyName('1')));
  system.solver.add(system.element(site, system.anyKey), tuple);
  give(call, site);
};

const dictionary: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.dictionary);
  for (let i = 0; i < call.site.arguments.length; i += 3) {
    const slot = call.site.arguments[i + 1]!;
    if (call.site.arguments[i] === 1) {
      const text = system.names.text(call.site.arguments[i + 2]!);
      system.expand(slot, system.element(site, system.keyName(text)));
    } else {
      system.each(slot, (object) => {
        if (system.objects.kind[object] !== ObjectKind.site) return;
        if (system.objects.detail[object] === ContainerKind.dictionary) return system.copyElements(object, site);
        // Pairs: the second of each is a value.
        system.each(system.elements(object), (pair) => {
          if (system.objects.kind[pair] === ObjectKind.site)
            system.loadKey(pair, system.keyName('1'), system.element(site, system.anyKey));
        });
      });
    }
  }
  give(call, site);
};

const getAttribute: Model = (call) => {
  const { system, site } = call;
  const base = argument(call, 0);
  if (base < 0 || site.destination < 0) return;
  giveFrom(call, argument(call, 2));
  system.each(argument(call, 1), (key) => {
    const name = attributeName(call, key);
    if (name < 0) return;
    system.each(base, (object) => system.dialect.load(system, object, name, site.destination, site.program, site.row));
  });
};

/** `name.lower()`: a constant string, known whole or in part, stays known. */
const recase =
  (change: (text: string) => string): Model =>
  (call) => {
    const { system, receiver } = call;
    if (receiver < 0 || system.objects.kind[receiver] !== ObjectKind.constant || system.objects.b[receiver]! < 0)
      return;
    const text = change(system.names.text(system.objects.b[receiver]!));
    give(call, system.objects.intern(ObjectKind.constant, system.objects.a[receiver]!, system.names.id(text)));
  };

const setAttribute: Model = (call) => {
  const { system, site } = call;
  const value = argument(call, 2);
  if (value < 0) return;
  system.each(argument(call, 1), (key) => {
    const name = attributeName(call, key);
    if (name < 0 || system.names.text(name).includes('*')) return;
    system.each(argument(call, 0), (object) =>
      system.dialect.store(system, object, name, value, site.program, site.row),
    );
  });
};

function attributeName({ system }: ModelCall, key: number): number {
  // A string known in part is a pattern: reading understands it, writing does not.
  return system.objects.kind[key] === ObjectKind.constant ? system.objects.b[key]! : -1;
}

const iterator: Model = (call) => {
  const { system, site } = call;
  // `iter(f, stop)` calls `f` for each element.
  const stop = argument(call, 1);
  const result = system.newSlot();
  if (stop >= 0) {
    invoke(call, argument(call, 0), [], result);
    const generator = allocate(call, ContainerKind.generator);
    system.expand(result, system.element(generator, system.anyKey));
    return give(call, generator);
  }
  system.each(argument(call, 0), (object) => {
    if (
      !system.dialect.callSpecial?.(system, object, '__iter__', site, [], site.destination) &&
      !system.dialect.callSpecial?.(system, object, '__aiter__', site, [], site.destination)
    )
      give(call, object);
  });
};

const next: Model = (call) => {
  const { system, site } = call;
  system.each(argument(call, 0), (object) => {
    if (
      system.dialect.callSpecial?.(system, object, '__next__', site, [], site.destination) ||
      system.dialect.callSpecial?.(system, object, '__anext__', site, [], site.destination)
    )
      return;
    if (system.objects.kind[object] !== ObjectKind.instance && site.destination >= 0)
      system.dialect.iterate(system, object, site.destination, site.program, site.row);
  });
  giveFrom(call, argument(call, 1));
};

const sorted: Model = (call) => {
  const site = allocate(call, ContainerKind.list);
  call.system.expand(ordered(call, '__lt__'), call.system.element(site, call.system.anyKey));
  give(call, site);
};

const text: Model = (call) => give(call, call.system.objects.intern(ObjectKind.constant, ConstantKind.string, -1));

const textOf =
  (...methods: readonly string[]): Model =>
  (call) => {
    special(methods)(call);
    text(call);
  };

/** `@prop.setter`: the property itself, with a setter. */
const setter: Model = (call) => {
  const { system } = call;
  system.expand(argument(call, 0), system.field(call.receiver, system.names.id('#setter')));
  give(call, call.receiver);
};

/** What elements give is added up from 0 on. */
const sum: Model = (call) => {
  const { system, site } = call;
  const elements = iterated(call, argument(call, 0));
  const total = system.newSlot();
  giveFrom(call, total);
  system.each(elements, (object) => {
    if (argument(call, 1, 'start') < 0) system.dialect.callSpecial?.(system, object, '__radd__', site, [], total);
  });
  const start = argument(call, 1, 'start');
  if (start >= 0) system.solver.copy(start, total);
  system.each(total, (object) => system.dialect.callSpecial?.(system, object, '__add__', site, [elements], total));
};

/** A read whose value nobody takes: properties and hooks are called all the same. */
const hasAttribute: Model = (call) => {
  const { system, site } = call;
  const base = argument(call, 0);
  const found = system.newSlot();
  system.each(argument(call, 1), (key) => {
    const name = attributeName(call, key);
    if (name < 0 || base < 0 || system.names.text(name).includes('*')) return;
    system.each(base, (object) => system.dialect.load(system, object, name, found, site.program, site.row));
  });
};

const consume: Model = (call) => {
  iterated(call, argument(call, 0));
};

const reversed: Model = (call) => {
  const { system, site } = call;
  const generator = allocate(call, ContainerKind.generator);
  system.each(argument(call, 0), (object) => {
    if (system.dialect.callSpecial?.(system, object, '__reversed__', site, [], site.destination)) return;
    const single = system.newSlot();
    system.solver.add(single, object);
    fill(call, single, generator);
  });
  give(call, generator);
};

const print: Model = (call) => {
  const { system, site } = call;
  for (const slot of argumentsFrom(call, 0))
    system.each(slot, (object) => {
      if (!system.dialect.callSpecial?.(system, object, '__str__', site, [], -1))
        system.dialect.callSpecial?.(system, object, '__repr__', site, [], -1);
    });
};

const b = 'py:builtins#';
export const pythonBuiltins: Readonly<Record<string, Model>> = {
  [`${b}map`]: map,
  [`${b}filter`]: filter,
  [`${b}zip`]: zip,
  [`${b}enumerate`]: enumerate,
  [`${b}sorted`]: sorted,
  [`${b}min`]: extreme('__lt__'),
  [`${b}max`]: extreme('__gt__'),
  [`${b}list`]: collect(ContainerKind.list),
  [`${b}tuple`]: collect(ContainerKind.tuple),
  [`${b}set`]: collect(ContainerKind.set),
  [`${b}frozenset`]: collect(ContainerKind.set),
  [`${b}reversed`]: reversed,
  [`${b}dict`]: dictionary,
  [`${b}getattr`]: getAttribute,
  [`${b}str.lower`]: recase((text) => text.toLowerCase()),
  [`${b}str.upper`]: recase((text) => text.toUpperCase()),
  [`${b}setattr`]: setAttribute,
  [`${b}iter`]: iterator,
  [`${b}next`]: next,
  [`${b}anext`]: next,
  [`${b}aiter`]: iterator,
  [`${b}len`]: special('__len__'),
  [`${b}str`]: textOf('__str__', '__repr__'),
  [`${b}repr`]: textOf('__repr__'),
  [`${b}format`]: textOf('__format__', '__str__'),
  [`${b}bool`]: special(['__bool__', '__len__']),
  [`${b}int`]: special('__int__'),
  [`${b}float`]: special('__float__'),
  [`${b}hash`]: special('__hash__'),
  [`${b}abs`]: special('__abs__', true),
  [`${b}divmod`]: special('__divmod__', true),
  [`${b}round`]: special('__round__', true),
  [`${b}bytes`]: special('__bytes__'),
  [`${b}dir`]: special('__dir__'),
  [`${b}any`]: consume,
  [`${b}all`]: consume,
  [`${b}sum`]: sum,
  [`${b}staticmethod`]: wrap(WrapperKind.static),
  [`${b}classmethod`]: wrap(WrapperKind.class),
  [`${b}property`]: wrap(WrapperKind.property),
  [`${b}property.setter`]: setter,
  [`${b}property.getter`]: setter,
  [`${b}property.deleter`]: (call) => give(call, call.receiver),
  [`${b}isinstance`]: special('__instancecheck__', false, 1),
  [`${b}issubclass`]: special('__subclasscheck__', false, 1),
  [`${b}hasattr`]: hasAttribute,
  [`${b}callable`]: () => {},
  [`${b}print`]: print,
  [`${b}id`]: () => {},
  [`${b}range`]: (call) => give(call, call.system.external('py:builtins#range()')),
};
