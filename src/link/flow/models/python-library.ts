import { ConstantKind, ContainerKind } from '#model/flow.ts';
import { ObjectKind, WrapperKind } from '../objects.ts';
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
  restArguments,
} from './model.ts';
import { makePartial } from './partial.ts';

const identity: Model = (call) => giveFrom(call, argument(call, 0));

/** A decorator that is used bare or with arguments: given a function, it gives it back; else it gives a decorator. */
const decorator =
  (name: string): Model =>
  (call) => {
    giveFrom(call, argument(call, 0));
    give(call, call.system.external(`${name}()`));
  };

const cachedProperty: Model = (call) => {
  const { system } = call;
  system.each(argument(call, 0), (object) =>
    give(call, system.objects.intern(ObjectKind.wrapper, object, WrapperKind.property)),
  );
};

/** A module by a name that flows here. `__import__` of a dotted name gives its first part, unless names are asked for. */
const importModule =
  (isWhole: (call: ModelCall) => boolean): Model =>
  (call) => {
    const { system, site } = call;
    system.each(argument(call, 0, 'name'), (object) => {
      const { objects, names } = system;
      if (objects.kind[object] !== ObjectKind.constant || objects.b[object]! < 0) return;
      if (objects.a[object] !== ConstantKind.string) return;
      const text = names.text(objects.b[object]!);
      const asked = isWhole(call) ? text : text.split('.')[0]!;
      const module = system.dialect.moduleNamed?.(system, asked, site.program);
      if (module !== undefined) give(call, module);
    });
  };

const partial: Model = (call) => makePartial(call, allocate(call, ContainerKind.object));

const reduce: Model = (call) => {
  const result = call.system.newSlot();
  const elements = iterated(call, argument(call, 1));
  const initial = argument(call, 2);
  if (initial >= 0) call.system.expand(initial, result);
  call.system.expand(elements, result);
  invoke(call, argument(call, 0), positional([result, elements]), result);
  giveFrom(call, result);
};

/** A function given as a keyword or at a place is called with the arguments behind it. */
const callsArgument =
  (position: number, keyword?: string): Model =>
  (call) => {
    invoke(call, argument(call, position, keyword), restArguments(call, position + 1), call.system.newSlot());
  };

const runsTarget: Model = (call) => {
  const { system } = call;
  const tuple = argument(call, 3, 'args');
  const args: number[] = tuple < 0 ? [] : [2, tuple, -1];
  const keywords = argument(call, 4, 'kwargs');
  if (keywords >= 0) args.push(3, keywords, -1);
  invoke(call, argument(call, 1, 'target'), args);
  give(call, system.external('py:threading#Thread()'));
};

const timer: Model = (call) => {
  const tuple = argument(call, 2, 'args');
  invoke(call, argument(call, 1, 'function'), tuple < 0 ? [] : [2, tuple, -1]);
  give(call, call.system.external('py:threading#Timer()'));
};

const submit: Model = (call) => {
  const { system } = call;
  const result = system.newSlot();
  invoke(call, argument(call, 0, 'fn'), restArguments(call, 1), result);
  const future = allocate(call, ContainerKind.promise);
  system.expand(result, system.element(future, system.names.id('[value')));
  give(call, future);
};

const mapOver: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.list);
  const result = system.newSlot();
  invoke(call, argument(call, 0), positional(argumentsFrom(call, 1).map((slot) => iterated(call, slot))), result);
  system.expand(result, system.element(site, system.anyKey));
  give(call, site);
};

const applyTo: Model = (call) => {
  const tuple = argument(call, 1, 'args');
  invoke(call, argument(call, 0, 'func'), tuple < 0 ? [] : [2, tuple, -1], call.site.destination);
};

const chain: Model = (call) => {
  const site = allocate(call, ContainerKind.generator);
  for (const slot of argumentsFrom(call, 0)) fill(call, slot, site);
  give(call, site);
};

const chainIterable: Model = (call) => {
  const site = allocate(call, ContainerKind.generator);
  fill(call, iterated(call, argument(call, 0)), site);
  give(call, site);
};

const starMap: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.generator);
  const result = system.newSlot();
  invoke(call, argument(call, 0), [2, iterated(call, argument(call, 1)), -1], result);
  system.expand(result, system.element(site, system.anyKey));
  give(call, site);
};

/** A predicate or key, then an iterable: elements pass. */
const predicate =
  (fn: number, iterable: number): Model =>
  (call) => {
    const site = allocate(call, ContainerKind.generator);
    const elements = iterated(call, argument(call, iterable));
    invoke(call, argument(call, fn, 'key'), positional([elements]));
    call.system.expand(elements, call.system.element(site, call.system.anyKey));
    give(call, site);
  };

/** The result of a coroutine. */
const awaited: Model = (call) => {
  const { system, site } = call;
  system.each(argument(call, 0), (object) => {
    if (site.destination >= 0) system.dialect.await(system, object, site.destination, site.program, site.row);
  });
};

const gather: Model = (call) => {
  const { system, site } = call;
  const list = allocate(call, ContainerKind.list);
  argumentsFrom(call, 0).forEach((slot, index) => {
    const value = system.newSlot();
    system.each(slot, (object) => system.dialect.await(system, object, value, site.program, site.row));
    system.expand(value, system.element(list, system.keyName(String(index))));
  });
  give(call, list);
};

const futureResult: Model = (call) => {
  const { system, receiver } = call;
  if (receiver >= 0 && system.objects.kind[receiver] === ObjectKind.site)
    giveFrom(call, system.element(receiver, system.names.id('[value')));
};

const doneCallback: Model = (call) => {
  const slot = call.system.newSlot();
  call.system.solver.add(slot, call.receiver);
  invoke(call, argument(call, 0), positional([slot]));
};

const defaultDictionary: Model = (call) => {
  const { system } = call;
  const site = allocate(call, ContainerKind.dictionary);
  const made = system.newSlot();
  invoke(call, argument(call, 0), [], made);
  system.expand(made, system.element(site, system.anyKey));
  give(call, site);
};

const collection =
  (kind: number): Model =>
  (call) => {
    const site = allocate(call, kind);
    const slot = argument(call, 0);
    if (kind === ContainerKind.dictionary) {
      call.system.each(slot, (object) => {
        if (call.system.objects.kind[object] === ObjectKind.site) call.system.copyElements(object, site);
      });
    } else fill(call, slot, site);
    give(call, site);
  };

export const pythonLibrary: Readonly<Record<string, Model>> = {
  'py:functools#update_wrapper': identity,
  'py:functools#lru_cache': decorator('py:functools#lru_cache'),
  'py:functools#lru_cache()': identity,
  'py:functools#cache': identity,
  'py:functools#cached_property': cachedProperty,
  'py:builtins#__import__': importModule((call) => argument(call, 3, 'fromlist') >= 0),
  'py:importlib#import_module': importModule(() => true),
  'py:functools#partial': partial,
  'py:functools#partialmethod': partial,
  'py:functools#reduce': reduce,
  'py:contextlib#contextmanager': identity,
  'py:contextlib#asynccontextmanager': identity,
  'py:contextlib#nullcontext': identity,
  'py:contextlib#suppress': () => {},
  'py:dataclasses#field': (call) => invoke(call, argument(call, -1, 'default_factory'), [], call.site.destination),
  'py:abc#abstractmethod': identity,
  'py:abc#abstractproperty': cachedProperty,
  'py:typing#cast': (call) => giveFrom(call, argument(call, 1)),
  'py:typing#overload': identity,
  'py:typing#final': identity,
  'py:typing#runtime_checkable': identity,
  'py:weakref#proxy': identity,
  'py:threading#Thread': runsTarget,
  'py:threading#Timer': timer,
  'py:multiprocessing#Process': runsTarget,
  'py:concurrent.futures#ThreadPoolExecutor().submit': submit,
  'py:concurrent.futures#ProcessPoolExecutor().submit': submit,
  'py:concurrent.futures#ThreadPoolExecutor().map': mapOver,
  'py:concurrent.futures#ProcessPoolExecutor().map': mapOver,
  'py:multiprocessing#Pool().map': mapOver,
  'py:multiprocessing#Pool().imap': mapOver,
  'py:multiprocessing#Pool().imap_unordered': mapOver,
  'py:multiprocessing#Pool().starmap': starMap,
  'py:multiprocessing#Pool().apply': applyTo,
  'py:multiprocessing#Pool().apply_async': applyTo,
  'py:builtins#coroutine.result': futureResult,
  'py:builtins#coroutine.add_done_callback': doneCallback,
  'py:asyncio#run': awaited,
  'py:asyncio#create_task': identity,
  'py:asyncio#ensure_future': identity,
  'py:asyncio#wait_for': identity,
  'py:asyncio#shield': identity,
  'py:asyncio#gather': gather,
  'py:asyncio#to_thread': submit,
  'py:asyncio#get_event_loop().run_until_complete': awaited,
  'py:asyncio#get_event_loop().create_task': identity,
  'py:asyncio#get_event_loop().call_soon': callsArgument(0),
  'py:asyncio#get_event_loop().call_later': callsArgument(1),
  'py:asyncio#get_event_loop().run_in_executor': callsArgument(1),
  'py:asyncio#get_running_loop().run_in_executor': callsArgument(1),
  'py:asyncio#get_running_loop().call_soon': callsArgument(0),
  'py:asyncio#get_running_loop().call_later': callsArgument(1),
  'py:atexit#register': callsArgument(0),
  'py:signal#signal': callsArgument(1),
  'py:itertools#chain': chain,
  'py:itertools#chain.from_iterable': chainIterable,
  'py:itertools#starmap': starMap,
  'py:itertools#takewhile': predicate(0, 1),
  'py:itertools#dropwhile': predicate(0, 1),
  'py:itertools#filterfalse': predicate(0, 1),
  'py:itertools#groupby': predicate(1, 0),
  'py:itertools#accumulate': predicate(1, 0),
  'py:itertools#islice': chain,
  'py:itertools#cycle': chain,
  'py:itertools#repeat': (call) => {
    const site = allocate(call, ContainerKind.generator);
    call.system.expand(argument(call, 0), call.system.element(site, call.system.anyKey));
    give(call, site);
  },
  'py:collections#OrderedDict': collection(ContainerKind.dictionary),
  'py:collections#defaultdict': defaultDictionary,
  'py:collections#deque': collection(ContainerKind.list),
  'py:queue#Queue': collection(ContainerKind.list),
};
